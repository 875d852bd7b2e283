/** Lets through what a second hearing of a recording adds to the words that were final before. Pure. */
import type {RecognitionResult} from '../speechmatics/results.ts';
import {type Delimiter, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {RealtimeEvent, TranscriptPiece} from './events.ts';

export interface KnownWords {
	/** End of the last word that was final, seconds on the timeline. */
	readonly until: number;
	/** Whether a mark was final behind it. */
	readonly endsWithMark: boolean;
}

/** Seconds by which a word that is heard again may end elsewhere. */
const JITTER = 0.05;

export class Continuation {
	readonly #known: KnownWords;
	/** Whether marks belong to what is let through: they go with the word they are written against. */
	#takesMarks: boolean;
	#delimiter: Delimiter = ' ';

	constructor(known: KnownWords) {
		this.#known = known;
		this.#takesMarks = !known.endsWithMark;
	}

	/** @returns `undefined` for what was known before */
	add(event: RealtimeEvent): RealtimeEvent | undefined {
		const {until} = this.#known;
		switch (event.type) {
			case 'started':
				this.#delimiter = delimiterOf(event.languagePack);
				return event;
			case 'final': {
				const taken = this.#select(event.results);
				this.#takesMarks = taken.takesMarks;
				return this.#with(event, taken.results);
			}
			case 'partial':
				return this.#with(event, this.#select(event.results).results);
			case 'translation': {
				const segments = event.segments.filter(({start, end}) => (start + end) / 2 >= until);
				return segments.length > 0 ? {...event, segments} : undefined;
			}
			case 'audio-event':
			case 'utterance-end':
				return event.time > until ? event : undefined;
			case 'gap':
				return event.from + event.seconds > until ? event : undefined;
			default:
				return event;
		}
	}

	#select(results: readonly RecognitionResult[]) {
		const {until, endsWithMark} = this.#known;
		let takesMarks = this.#takesMarks;
		const taken = results.filter((result) => {
			if (result.type === 'punctuation') return takesMarks && result.end_time >= until - JITTER;
			const isNew = (result.start_time + result.end_time) / 2 >= until;
			// The mark behind the last known word may not have been final yet.
			takesMarks = isNew || !endsWithMark;
			return isNew;
		});
		return {results: taken, takesMarks};
	}

	#with<Piece extends TranscriptPiece>(
		piece: Piece,
		results: readonly RecognitionResult[],
	): Piece | undefined {
		if (results.length === piece.results.length) return piece;
		return results.length === 0
			? undefined
			: {...piece, results, text: joinResults(results, this.#delimiter)};
	}
}
