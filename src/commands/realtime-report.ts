/** Tells a session's events to people (the transcript on stdout, the rest on stderr) or to programs (NDJSON). */
import {SIMULATED_MARK} from '../captions/render.ts';
import {printable} from '../platform/printable.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import {TranscriptLines} from '../realtime/transcript-lines.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	type Delimiter,
	delimiterOf,
	speakerOf,
	TextJoiner,
	turnLabel,
} from '../speechmatics/transcript.ts';
import {ended} from './failure.ts';
import {StatusLine} from './status-line.ts';
import {ndjsonLine, type Streams} from './streams.ts';

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

	const tell = (event: RealtimeEvent) => {
		switch (event.type) {
			case 'state':
				if (event.state === 'starting microphone') status.above('starting microphone…');
				if (event.state === 'connecting') status.draw('connecting…');
				if (event.state === 'finishing') status.draw('finishing…');
				if (event.state === 'ended') status.clear();
				break;
			case 'started':
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
			case 'info':
			case 'level':
				break;
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

interface TranscriptWriter {
	/** Final text that is not written yet, ready to be continued. */
	readonly unwritten: string;
	add(results: readonly RecognitionResult[]): void;
	end(): void;
}

/** On a terminal: whole sentences, each on a line of its own, so that a status line can stand below. */
function lineWriter(write: (text: string) => void, delimiter: Delimiter = ' '): TranscriptWriter {
	const transcript = new TranscriptLines(delimiter);
	let written = 0;
	const writeUntil = (end: number) => {
		for (; written < end; written++) {
			const {speaker} = transcript.lines[written]!;
			const label = speaker === transcript.lines[written - 1]?.speaker ? undefined : speaker;
			write(`${labelled(label, transcript.lines[written]!.text)}\n`);
		}
	};
	return {
		get unwritten() {
			const last = transcript.lines[written];
			return last === undefined ? '' : `${last.text} `;
		},
		add(results) {
			transcript.add(results);
			// The last line may still get its full stop.
			writeUntil(transcript.lines.length - 1);
		},
		end: () => writeUntil(transcript.lines.length),
	};
}

/** In a pipe: each final at once, a paragraph a speaker. */
function streamWriter(write: (text: string) => void, delimiter: Delimiter = ' '): TranscriptWriter {
	const joiner = new TextJoiner(delimiter);
	let written = false;
	let speaker: string | undefined;
	return {
		unwritten: '',
		add(results) {
			for (const result of results) {
				const text = joiner.add(result);
				const now = turnLabel({speaker: speakerOf(result), channel: result.channel ?? undefined});
				const turn = !written || (now !== speaker && !attachesToPrevious(result));
				if (text === '') continue;
				if (turn && written) write('\n');
				write(turn ? labelled(now, text.trimStart()) : printable(text));
				if (turn) speaker = now;
				written = true;
			}
		},
		end() {
			if (written) write('\n');
		},
	};
}

const labelled = (speaker: string | undefined, text: string) =>
	printable(speaker === undefined ? text : `${speaker}: ${text}`);
