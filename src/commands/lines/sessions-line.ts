import {type Command, InvalidArgumentError, Option} from 'commander';
import {PRESET_NAMES} from '../../captions/rules.ts';
import type {LineContext} from './context.ts';
import {envFileOption, formatOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';
import {count} from './values.ts';

export function addSessionsCommand(program: Command, context: LineContext): void {
	const sessions = program
		.command('sessions')
		.description('see, export, recover and replay live sessions that were kept')
		.addHelpText('after', SESSIONS_EXAMPLES);
	for (const add of SESSIONS_COMMANDS) add(sessions, context);
}

/** In the order of the help. */
const SESSIONS_COMMANDS = [addList, addShow, addExport, addRecover, addReplay, addDelete];

const ID = 'id of the session, the beginning of it, or "last"';

function addList(sessions: Command, {streams, end}: LineContext): void {
	sessions
		.command('list')
		.description('list sessions, the newest first')
		.option('--json', 'one JSON object a line')
		.addHelpText('after', LIST_EXAMPLES)
		.action(async (flags) => {
			const {sessionsListCommand} = await import('../sessions/list.ts');
			end(await sessionsListCommand(flags, streams));
		});
}

function addShow(sessions: Command, {streams, end}: LineContext): void {
	sessions
		.command('show')
		.description('tell all about a session: connections, gaps, marks, where it is kept')
		.argument('<id>', ID)
		.option('--json', 'as a JSON object')
		.addHelpText('after', SHOW_EXAMPLES)
		.action(async (id, flags) => {
			const {sessionsShowCommand} = await import('../sessions/show.ts');
			end(await sessionsShowCommand(id, flags, streams));
		});
}

function addExport(sessions: Command, {streams, end}: LineContext): void {
	sessions
		.command('export')
		.description('write the transcript of a session, also while it runs; no file is written over')
		.argument('<id>', ID)
		.addOption(formatOption(['txt']))
		.option('--timestamps', 'begin each turn of a txt with its time')
		.addOption(
			new Option('--preset <name>', 'the rules that captions keep to')
				.choices([...PRESET_NAMES])
				.default('default'),
		)
		.option('--max-columns <n>', 'columns a caption line may take (default: by the preset)', count)
		.option('--output-dir <dir>', 'where the files go (default: this folder)')
		.option('--output <->', 'print the transcript')
		.addHelpText('after', EXPORT_EXAMPLES)
		.action(async (id, flags) => {
			const {sessionsExportCommand} = await import('../sessions/export.ts');
			end(await sessionsExportCommand(id, flags, streams));
		});
}

function addRecover(sessions: Command, {streams, end}: LineContext): void {
	envFileOption(
		sessions
			.command('recover')
			.description('complete sessions that broke off')
			.argument('[id]', `${ID} (default: all that broke off)`)
			.option('--no-send', 'save what was final, and send nothing')
			.option('--json', 'events on stdout, one JSON object a line'),
	)
		.addOption(profileOption())
		.addHelpText('after', RECOVER_EXAMPLES)
		.action(async (id, flags) => {
			const {sessionsRecoverCommand} = await import('../sessions/recover.ts');
			end(await sessionsRecoverCommand(id, flags, streams));
		});
}

function addReplay(sessions: Command, {streams, end}: LineContext): void {
	sessions
		.command('replay')
		.description('show a session once more, as it was spoken')
		.argument('<id>', ID)
		.addOption(new Option('--speed <n>', 'how many times as fast, 1 to 20').argParser(speed).default(1))
		.option('--json', 'events on stdout, one JSON object a line')
		.addHelpText('after', REPLAY_EXAMPLES)
		.action(async (id, flags) => {
			const {sessionsReplayCommand} = await import('../sessions/replay.ts');
			end(await sessionsReplayCommand(id, flags, streams));
		});
}

function addDelete(sessions: Command, {streams, end}: LineContext): void {
	sessions
		.command('delete')
		.description('delete sessions: recording, journal, and transcripts in their folders')
		.argument('<id...>', 'ids of the sessions')
		.option('--yes', 'do not ask')
		.addHelpText('after', DELETE_EXAMPLES)
		.action(async (ids, flags) => {
			const {sessionsDeleteCommand} = await import('../sessions/delete.ts');
			end(await sessionsDeleteCommand(ids, flags, streams));
		});
}

function speed(text: string): number {
	const value = Number(text);
	if (!(value >= 1 && value <= 20)) throw new InvalidArgumentError('It must be from 1 to 20.');
	return value;
}

const SESSIONS_EXAMPLES = `
Each live session is kept in a folder of its own: every final word, on the disk
before it is shown; the recording of what was heard; and the transcript.

Examples:
  speechdeck sessions list
  speechdeck sessions recover
  speechdeck sessions export last --format srt
`;

const LIST_EXAMPLES = `
States: running; crashed, where the program was killed; failed, where it ended
with an error; finished.

In a terminal it is a table. In a pipe, the columns are separated by tabs:
id, state, started (UTC), seconds, language, source, note.

Examples:
  speechdeck sessions list
  speechdeck sessions list --json | jq -r .folder
`;

const SHOW_EXAMPLES = `
Examples:
  speechdeck sessions show last
  speechdeck sessions show 2026-01-31T09-05-00 --json
`;

const EXPORT_EXAMPLES = `
Examples:
  speechdeck sessions export last --format txt,srt --output-dir transcripts
  speechdeck sessions export 2026-01-31T09-05-00 --output - | less
`;

const RECOVER_EXAMPLES = `
What was recorded after the last final word is sent again, and the transcript
is written. A session that failed is recovered where its id is given.

Examples:
  speechdeck sessions recover
  speechdeck sessions recover 2026-01-31T09-05-00 --no-send
`;

const REPLAY_EXAMPLES = `
Example:
  speechdeck sessions replay last --speed 8
`;

const DELETE_EXAMPLES = `
What went into another folder with --output-dir stays.

Examples:
  speechdeck sessions delete 2026-01-31T09-05-00
  speechdeck sessions delete 2026-01-31T09-05-00 2026-02-01T10-00-00 --yes
`;
