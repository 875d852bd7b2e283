import type {RecognitionResult} from '../speechmatics/results.ts';
import type {Delimiter} from '../speechmatics/transcript.ts';
import {NO_PARTIAL, type ShownPartial, StablePartial} from './partial.ts';
import type {LiveLine, TranscriptLines} from './transcript-lines.ts';

/** What one channel says and is not final yet. */
export interface ShownTail extends ShownPartial {
	/** The line it goes on with, where it begins none. */
	readonly line: LiveLine | undefined;
	/** What then stands between. */
	readonly space: string;
	/** Who speaks, as shown. */
	readonly speaker: string | undefined;
}

/** The partials of a session, a channel each. */
export class PartialText {
	readonly #channels = new Map<string | undefined, StablePartial>();
	#delimiter: Delimiter = ' ';

	joinWith(delimiter: Delimiter): void {
		this.#delimiter = delimiter;
	}

	get text(): string {
		return [...this.#channels.values()]
			.map(({shown}) => shown.stable + shown.unstable)
			.filter((text) => text !== '')
			.join(' / ');
	}

	update(event: {readonly results: readonly RecognitionResult[]; readonly text: string}): void {
		this.#channel(event.results[0]?.channel ?? undefined).update(event, this.#delimiter);
	}

	takeFinal(results: readonly RecognitionResult[]): void {
		this.#channels.get(results[0]?.channel ?? undefined)?.takeFinal(results);
	}

	clear(): void {
		this.#channels.clear();
	}

	tails(lines: TranscriptLines): ShownTail[] {
		return [...this.#channels.values()].flatMap(({shown, first}) => {
			if (shown.stable === NO_PARTIAL.stable && shown.unstable === NO_PARTIAL.unstable) return [];
			const before = first === undefined ? undefined : lines.continuationOf(first);
			const speaker = first === undefined ? undefined : lines.speakerOf(first);
			return [{...shown, line: before?.line, space: before?.space ?? '', speaker}];
		});
	}

	#channel(name: string | undefined): StablePartial {
		const known = this.#channels.get(name);
		if (known !== undefined) return known;
		const channel = new StablePartial();
		this.#channels.set(name, channel);
		return channel;
	}
}
