import {type Command, InvalidArgumentError, Option} from 'commander';
import {LIVE_FORMATS, liveFormatOf} from '../../realtime/live-outputs/live-formats.ts';
import type {LineContext} from './context.ts';
import {envFileOption} from './shared-options.ts';
import {addTranscriptionOptions, givenOptions} from './transcription-options.ts';
import {port} from './values.ts';

export function addRealtimeCommand(program: Command, {streams, end, withDemo}: LineContext): void {
	const command = program
		.command('realtime')
		.summary('caption live speech, or stream a recording')
		.description(
			'Caption live speech while it is spoken, until Ctrl-C; or stream a recording as if it were live.',
		)
		.option(
			'--source <source>',
			'mic, meeting (microphone and what the computer plays, as two channels), a file, a stream (http, rtsp, rtmp, srt), or - for stdin (WAV, or raw 16 kHz mono s16le)',
			'mic',
		)
		.option('--device <name>', 'which microphone (see: speechdeck devices)')
		.addOption(
			new Option('--pace <pace>', 'send a file at its own speed, or as fast as it goes')
				.choices(['1', 'max'])
				.default('1'),
		)
		.option('--output-dir <dir>', 'where the transcript goes (default: the data folder)')
		.option('--live <file>', 'srt, vtt or txt that grows while it is spoken; repeatable', liveFile)
		.option('--latest <file>', 'a file with the last two lines alone, for OBS')
		.option('--latest-partial', 'words that may still change in it too')
		.option('--overlay [port]', `a page with captions, on this machine only (port ${OVERLAY_PORT})`, port)
		.option('--no-record', 'keep no recording of live audio')
		.option('--json', 'events on stdout, one JSON object a line')
		.option('--demo', 'try it without an account: a service inside this program answers')
		.addHelpText('after', EXAMPLES);
	envFileOption(command);
	addTranscriptionOptions(command, 'realtime').action(async (flags) => {
		const {realtimeCommand} = await import('../realtime.ts');
		const overlay = flags.overlay === true ? OVERLAY_PORT : flags.overlay;
		end(await realtimeCommand(withDemo({...flags, overlay}), givenOptions(command), streams));
	});
}

/** Fixed, since whoever shows the page has its address written down. */
const OVERLAY_PORT = 7373;

function liveFile(path: string, before: readonly string[] = []): readonly string[] {
	if (liveFormatOf(path) === undefined) {
		throw new InvalidArgumentError(
			`It must end in ${LIVE_FORMATS.map((format) => `.${format}`).join(', ')}.`,
		);
	}
	return [...before, path];
}

const EXAMPLES = `
Examples:
  speechdeck realtime
  speechdeck realtime --language de --max-delay 1 --diarization speaker
  speechdeck realtime --live talk.srt --overlay
  speechdeck realtime --source meeting
  speechdeck realtime --source https://example.com/live.m3u8
  arecord -f S16_LE -r 16000 -c 1 | speechdeck realtime --source -
`;
