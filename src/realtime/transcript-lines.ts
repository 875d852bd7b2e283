import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	type Delimiter,
	speakerOf,
	TextJoiner,
	turnLabel,
} from '../speechmatics/transcript.ts';

/** One sentence of one speaker. */
export interface TranscriptLine {
	/** Seconds from the first sample of the audio. */
	readonly start: number;
	readonly speaker: string | undefined;
	readonly text: string;
}

/**
 * The final words of a session as lines: a line ends with its sentence, and where another speaker begins. A mark may
 * come long after its word, so only the next word ends a line. Append-only but for the last line: an append costs the
 * same at any length.
 */
export class TranscriptLines {
	readonly #joiner: TextJoiner;
	readonly #lines: TranscriptLine[] = [];
	#sentenceEnded = true;

	constructor(delimiter: Delimiter = ' ') {
		this.#joiner = new TextJoiner(delimiter);
	}

	/** All lines; the last one may still grow. */
	get lines(): readonly TranscriptLine[] {
		return this.#lines;
	}

	add(results: readonly RecognitionResult[]): void {
		for (const result of results) {
			const text = this.#joiner.add(result);
			if (text === '') continue;
			const last = this.#lines.at(-1);
			const speaker = turnLabel({speaker: speakerOf(result), channel: result.channel ?? undefined});
			const continues =
				last !== undefined &&
				(attachesToPrevious(result) || (!this.#sentenceEnded && speaker === last.speaker));
			if (continues) this.#lines[this.#lines.length - 1] = {...last, text: last.text + text};
			else this.#lines.push({start: result.start_time, speaker, text: text.trimStart()});
			this.#sentenceEnded = result.is_eos === true;
		}
	}
}
