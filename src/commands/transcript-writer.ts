/** Writes a transcript as it becomes final. */
import {printable} from '../platform/printable.ts';
import {TranscriptLines} from '../realtime/transcript-lines.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	type Delimiter,
	speakerOf,
	TextJoiner,
	turnLabel,
} from '../speechmatics/transcript.ts';

export interface TranscriptWriter {
	/** Final text that is not written yet, ready to be continued. */
	readonly unwritten: string;
	add(results: readonly RecognitionResult[]): void;
	end(): void;
}

/** On a terminal: whole sentences, each on a line of its own, so that a status line can stand below. */
export function lineWriter(write: (text: string) => void, delimiter: Delimiter = ' '): TranscriptWriter {
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
			writeUntil(transcript.settled);
		},
		end: () => writeUntil(transcript.lines.length),
	};
}

/** In a pipe: each final at once, a paragraph a speaker. */
export function streamWriter(write: (text: string) => void, delimiter: Delimiter = ' '): TranscriptWriter {
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
