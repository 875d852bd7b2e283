/** Tells a session's events to people (the transcript on stdout, the rest on stderr) or to programs (NDJSON). */
import {SIMULATED_MARK} from '../captions/render.ts';
import {printable} from '../platform/printable.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {speakerOf, TextJoiner, turnLabel} from '../speechmatics/transcript.ts';
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
	const transcript = new TranscriptWriter((text) => {
		status.clear();
		out.write(text);
	}, out.isTerminal);

	const tell = (event: RealtimeEvent) => {
		switch (event.type) {
			case 'state':
				if (event.state === 'starting microphone') status.above('starting microphone…');
				if (event.state === 'connecting') status.draw('connecting…');
				if (event.state === 'finishing') status.draw('finishing…');
				if (event.state === 'ended') status.clear();
				break;
			case 'started':
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
				break;
		}
	};

	return {
		note: (text: string) => status.above(text),
		report(event: RealtimeEvent) {
			if (json) out.line(ndjsonLine({...event, ...extras(event, options), ...(simulated && {simulated})}));
			tell(event);
		},
	};
}

function extras(event: RealtimeEvent, {receivedSamples}: ReportOptions): object {
	return event.type === 'ended' && receivedSamples !== undefined ? {receivedSamples: receivedSamples()} : {};
}

/**
 * Writes finals as they come, spelled as the joined words say. A mark may come after its word was written, so a line
 * is ended only when the next word begins another: in a pipe with the speaker, on a terminal with the sentence.
 */
class TranscriptWriter {
	readonly #write: (text: string) => void;
	readonly #byLine: boolean;
	readonly #joiner = new TextJoiner();
	#line = '';
	#speaker: string | undefined;
	#sentenceEnded = false;
	#written = false;

	/** @param byLine hold a line back until it is whole, so that a status line can stand below it */
	constructor(write: (text: string) => void, byLine: boolean) {
		this.#write = write;
		this.#byLine = byLine;
	}

	/** Final text of the line that is not written yet, ready to be continued. */
	get unwritten(): string {
		return this.#byLine && this.#line !== '' ? `${this.#line} ` : '';
	}

	add(results: readonly RecognitionResult[]): void {
		for (const result of results) {
			const text = printable(this.#joiner.add(result));
			if (text === '') continue;
			const speaker = turnLabel({speaker: speakerOf(result), channel: result.channel ?? undefined});
			const begins = result.type !== 'punctuation' && this.#begins(speaker);
			if (begins) this.#endLine();
			this.#put(begins || !this.#written ? this.#label(speaker) + text.trimStart() : text);
			if (result.type !== 'punctuation') this.#speaker = speaker;
			this.#sentenceEnded = result.is_eos === true;
			this.#written = true;
		}
	}

	end(): void {
		if (this.#written) this.#endLine();
	}

	#begins(speaker: string | undefined): boolean {
		return this.#written && (speaker !== this.#speaker || (this.#byLine && this.#sentenceEnded));
	}

	#label(speaker: string | undefined): string {
		return speaker === undefined || speaker === this.#speaker ? '' : `${speaker}: `;
	}

	#put(text: string): void {
		if (this.#byLine) this.#line += text;
		else this.#write(text);
	}

	#endLine(): void {
		this.#write(`${this.#line}\n`);
		this.#line = '';
	}
}
