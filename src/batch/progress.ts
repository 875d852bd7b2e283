/** How far recordings are, and how long they will still take. Nothing here is shown that is not known. */
import type {BatchRow} from './table.ts';

/** Time left for what is under way. */
export interface TimeLeft {
	readonly seconds: number;
	/** False: an estimate from too few samples, shown with a `~`. */
	readonly isSure: boolean;
}

/** Milliseconds over which the speed of uploads is measured. */
const WINDOW = 5000;

/** Bytes a second over the last few seconds, of all uploads together. */
export class TransferMeter {
	readonly #sent: Array<{readonly at: number; readonly bytes: number}> = [];
	#sum = 0;
	#since: number | undefined;

	/** @param now milliseconds from an arbitrary start */
	add(bytes: number, now: number): void {
		if (this.#sent.length === 0) this.#since = now;
		this.#sent.push({at: now, bytes});
		this.#sum += bytes;
		this.#forget(now);
	}

	perSecond(now: number): number {
		this.#forget(now);
		if (this.#sent.length === 0 || this.#since === undefined) return 0;
		const seconds = Math.min(WINDOW, Math.max(now - this.#since, 250)) / 1000;
		return this.#sum / seconds;
	}

	#forget(now: number): void {
		let old = 0;
		while (old < this.#sent.length && this.#sent[old]!.at < now - WINDOW)
			this.#sum -= this.#sent[old++]!.bytes;
		this.#sent.splice(0, old);
		if (this.#sent.length === 0) this.#since = undefined;
	}
}

/**
 * Time until an upload is over, or a job is finished.
 *
 * @returns `undefined` where nothing is known
 */
export function timeLeft(row: BatchRow, now: number): TimeLeft | undefined {
	if (row.state === 'uploading' && row.bytes !== undefined && row.uploadedSince !== undefined) {
		const seconds = (now - row.uploadedSince) / 1000;
		if (row.sentBytes === 0 || seconds < 1) return undefined;
		return {seconds: ((row.bytes - row.sentBytes) / row.sentBytes) * seconds, isSure: true};
	}
	if (row.state === 'transcribing' && row.expected !== undefined && row.submittedAt !== undefined) {
		const {seconds, isSure} = row.expected;
		const left = seconds - (now - row.submittedAt) / 1000;
		// It takes longer than it should: there is nothing true to be said any more.
		return left > 0 ? {seconds: left, isSure} : undefined;
	}
	return undefined;
}

/** From 0 to 1, how much of its present step is done. @returns `undefined` where nothing is known */
export function shareDone(row: BatchRow, now: number): number | undefined {
	if (row.state === 'uploading') return row.bytes ? Math.min(1, row.sentBytes / row.bytes) : undefined;
	const left = row.state === 'transcribing' ? timeLeft(row, now) : undefined;
	// A frame may be drawn by a moment before the last event.
	return left === undefined ? undefined : Math.max(0, 1 - left.seconds / row.expected!.seconds);
}
