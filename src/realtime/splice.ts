/**
 * Words of several connections on one timeline. Each connection begins its times at 0 and may hear audio that another one
 * has heard too: every word is taken once, by where its middle lies.
 */
import type {RecognitionResult} from '../speechmatics/results.ts';

/** Where the times of a connection stand on the timeline. Audio that could not be sent makes another part. */
export class TimeMap {
	readonly #parts: Array<{readonly sent: number; readonly time: number}> = [];

	/** What is sent from now on was spoken at `time`. @param sent seconds this connection was sent before */
	begin(sent: number, time: number): void {
		this.#parts.push({sent, time});
	}

	/** @param seconds by the connection's own count */
	toTimeline(seconds: number): number {
		const part = this.#parts.findLast(({sent}) => sent <= seconds + 1e-6) ?? this.#parts[0];
		return part === undefined ? seconds : rounded(part.time + (seconds - part.sent));
	}
}

/** The service's own times are multiples of 10 ms; sums of them shall stay readable. */
const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** Seconds by which a mark that is heard again may stand elsewhere. */
const JITTER = 0.05;

/** Which words of a connection count. */
export class Splice {
	readonly #map: TimeMap;
	/** Seconds on the timeline: from here on, and before there. */
	#from: number;
	#until = Number.POSITIVE_INFINITY;
	/** Whether the last word was taken: marks go with the word they are written against. */
	#tookLast: boolean;
	/** Where the mark stands that belongs to the last word taken from an earlier connection, if none was taken yet. */
	#markAt: number | undefined;

	/**
	 * @param from words before it were taken from an earlier connection
	 * @param markAt end of the last word that was taken there, where no mark was taken behind it
	 */
	constructor(
		map: TimeMap,
		from: number,
		{isFirst = false, markAt}: {isFirst?: boolean; markAt?: number | undefined} = {},
	) {
		this.#map = map;
		this.#from = from;
		this.#tookLast = isFirst;
		this.#markAt = markAt;
	}

	/** Words before it were taken from an earlier connection. */
	beginAt(time: number): void {
		this.#from = time;
	}

	/** Words from here on come from the next connection. */
	endAt(time: number): void {
		this.#until = time;
	}

	/** Whether what is spoken at a moment is this connection's. @param time seconds on the timeline */
	holds(time: number): boolean {
		return time >= this.#from && time < this.#until;
	}

	/**
	 * Takes the words of a final.
	 *
	 * @returns with times on the timeline
	 */
	take(results: readonly RecognitionResult[]): RecognitionResult[] {
		const taken = this.#select(results, this.#tookLast);
		this.#tookLast = taken.tookLast;
		if (taken.results.length > 0) this.#markAt = undefined;
		return taken.results;
	}

	/** The words of a partial that would be taken. */
	look(results: readonly RecognitionResult[]): RecognitionResult[] {
		return this.#select(results, this.#tookLast).results;
	}

	#select(results: readonly RecognitionResult[], tookBefore: boolean) {
		let tookLast = tookBefore;
		let markAt = this.#markAt;
		const taken: RecognitionResult[] = [];
		for (const result of results) {
			const placed = {
				...result,
				start_time: this.#map.toTimeline(result.start_time),
				end_time: this.#map.toTimeline(result.end_time),
			};
			if (result.type !== 'punctuation') {
				const middle = (placed.start_time + placed.end_time) / 2;
				tookLast = this.holds(middle);
				if (tookLast) markAt = undefined;
			}
			const isMissingMark =
				result.type === 'punctuation' &&
				markAt !== undefined &&
				Math.abs(placed.start_time - markAt) <= JITTER;
			if (tookLast || isMissingMark) taken.push(placed);
			if (isMissingMark) markAt = undefined;
		}
		return {results: taken, tookLast};
	}
}
