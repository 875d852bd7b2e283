/** Tells a session's events to people (the transcript on stdout, the rest on stderr) or to programs (NDJSON). */
import {SIMULATED_MARK} from '../captions/render.ts';
import {printable} from '../platform/printable.ts';
import {clockTime, pauseText} from '../platform/units.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import {delimiterOf} from '../speechmatics/transcript.ts';
import {ended} from './failure.ts';
import {StatusLine} from './status-line.ts';
import {ndjsonLine, type Streams} from './streams.ts';
import {lineWriter, streamWriter} from './transcript-writer.ts';

interface ReportOptions {
	readonly json: boolean;
	readonly simulated: boolean;
	readonly source: string;
	/** In the demo: what the emulator has received. */
	readonly receivedSamples: (() => number) | undefined;
}

export function realtimeReporter({out, err}: Streams, options: ReportOptions) {
	const {json, simulated, source} = options;
	const status = new StatusLine(err);
	const write = (text: string) => {
		status.clear();
		out.write(text);
	};
	const makeWriter = out.isTerminal ? lineWriter : streamWriter;
	let transcript = makeWriter(write);

	let isBack = false;

	const tellState = ({state, reason, attempt, retryInSeconds}: Extract<RealtimeEvent, {type: 'state'}>) => {
		switch (state) {
			case 'starting microphone':
				status.above('starting microphone…');
				break;
			case 'connecting':
				if (reason === undefined) status.draw('connecting…');
				else status.above(`${ended(reason)} Trying again in ${pauseText(retryInSeconds ?? 0)}.`);
				break;
			case 'reconnecting':
				// The first try is a matter of moments.
				if (reason !== undefined && attempt === 1)
					status.above(`${ended(reason)} Reconnecting; nothing is lost.`);
				else if (reason !== undefined)
					status.draw(`reconnecting, try ${attempt} in ${pauseText(retryInSeconds ?? 0)}…`);
				break;
			case 'listening':
				if (isBack) status.above('Connected again.');
				isBack = false;
				break;
			case 'recording only':
				status.above(
					`${ended(reason ?? 'The service is gone')} The recording goes on: "speechdeck sessions recover" makes words of it later.`,
				);
				break;
			case 'finishing':
				status.draw('finishing…');
				break;
			case 'ended':
				status.clear();
				break;
			default:
		}
	};

	const tellMicrophone = ({
		is,
		device,
		seconds = 0,
		reason,
	}: Extract<RealtimeEvent, {type: 'microphone'}>) => {
		if (is === 'lost') status.above(ended(`The microphone is lost: ${reason}`));
		if (is === 'back') status.above(ended(`The microphone is back: ${device}`));
		if (is === 'silent') {
			status.above(
				`Nothing but silence for ${pauseText(seconds)}: is the microphone muted, or not permitted?`,
			);
		}
	};

	const tell = (event: RealtimeEvent) => {
		switch (event.type) {
			case 'state':
				tellState(event);
				break;
			case 'started':
				isBack = event.connection > 1;
				if (isBack) break;
				transcript = makeWriter(write, delimiterOf(event.languagePack));
				status.above(
					source === 'mic'
						? 'Connected! Start speaking (Ctrl-C to stop)'
						: `Connected. Streaming ${source === '-' ? 'stdin' : printable(source)} (Ctrl-C to stop)`,
				);
				if (event.simulated && !json) out.line(SIMULATED_MARK);
				break;
			case 'partial':
				status.draw(`${transcript.unwritten}${event.text}`, {keep: 'end'});
				break;
			case 'final':
				if (!json) transcript.add(event.results);
				status.draw(transcript.unwritten, {keep: 'end'});
				break;
			case 'gap':
				status.above(
					ended(
						`${pauseText(event.seconds)} of audio are missing at ${clockTime(event.from)}: ${event.reason}`,
					),
				);
				break;
			case 'microphone':
				tellMicrophone(event);
				break;
			case 'recording':
				status.above(`Recording to ${printable(event.path)}`);
				break;
			case 'warning':
				status.above(ended(`Warning: ${event.reason}`));
				break;
			case 'error':
				status.above(ended(event.reason));
				break;
			case 'ended':
				if (!json) transcript.end();
				break;
			case 'saved':
				for (const path of event.outputs) err.line(`Saved ${printable(path)}`);
				break;
			default:
		}
	};

	return {
		note: (text: string) => status.above(text),
		report(event: RealtimeEvent) {
			// Ten a second, and of no use to a reader of lines.
			if (event.type === 'level') return;
			if (json) out.line(ndjsonLine({...event, ...extras(event, options), ...(simulated && {simulated})}));
			tell(event);
		},
	};
}

function extras(event: RealtimeEvent, {receivedSamples}: ReportOptions): object {
	return event.type === 'ended' && receivedSamples !== undefined ? {receivedSamples: receivedSamples()} : {};
}
