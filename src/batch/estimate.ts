/** How long a job will take, learned from those before it. */

export interface Sample {
	readonly model: string | undefined;
	readonly language: string | undefined;
	readonly audioSeconds: number;
	readonly processingSeconds: number;
}

export interface Estimate {
	readonly seconds: number;
	/** False until there are three samples of the same model and language: shown with a `~`. */
	readonly isSure: boolean;
}

/** Jobs of the same model and language that make an estimate sure. */
const ENOUGH = 3;
/** What is further back is forgotten: services become faster. */
const KEPT = 50;

/**
 * Seconds of processing = a fixed part + a share of the audio's length. Both are medians, so that one job that waited in a
 * queue does not spoil the rest.
 */
export class Estimates {
	readonly #samples = new Map<string, Sample[]>();
	readonly #all: Sample[] = [];

	/** @param samples oldest first */
	constructor(samples: Iterable<Sample> = []) {
		for (const sample of samples) this.add(sample);
	}

	add(sample: Sample): void {
		keep(this.#all, sample);
		const key = keyOf(sample);
		const same = this.#samples.get(key) ?? [];
		this.#samples.set(key, same);
		keep(same, sample);
	}

	/** @returns `undefined` where nothing is known at all */
	expected(kind: Pick<Sample, 'model' | 'language'>, audioSeconds: number | undefined): Estimate | undefined {
		const same = this.#samples.get(keyOf(kind)) ?? [];
		const samples = same.length > 0 ? same : this.#all;
		if (samples.length === 0 || audioSeconds === undefined) return undefined;
		return {seconds: fitted(samples, audioSeconds), isSure: same.length >= ENOUGH};
	}

	/** Seconds of processing for a second of audio, as the median of what was measured; below 1 is faster than speech. */
	realTimeFactor(kind: Pick<Sample, 'model' | 'language'>): number | undefined {
		const same = this.#samples.get(keyOf(kind)) ?? [];
		if (same.length === 0) return undefined;
		return median(same.map(({audioSeconds, processingSeconds}) => processingSeconds / audioSeconds));
	}
}

/** Theil–Sen: the median of the slopes between all pairs, then the median of what is left. */
function fitted(samples: readonly Sample[], audioSeconds: number): number {
	const slopes: number[] = [];
	for (const [index, a] of samples.entries()) {
		for (const b of samples.slice(index + 1)) {
			if (Math.abs(a.audioSeconds - b.audioSeconds) < 1) continue;
			slopes.push((a.processingSeconds - b.processingSeconds) / (a.audioSeconds - b.audioSeconds));
		}
	}
	if (slopes.length === 0) {
		const factor = median(samples.map((sample) => sample.processingSeconds / sample.audioSeconds));
		const like = samples.every((sample) => Math.abs(sample.audioSeconds - audioSeconds) < 1);
		return like ? median(samples.map((sample) => sample.processingSeconds)) : factor * audioSeconds;
	}
	const slope = Math.max(0, median(slopes));
	const fixed = median(samples.map((sample) => sample.processingSeconds - slope * sample.audioSeconds));
	return Math.max(0, fixed) + slope * audioSeconds;
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function keep(samples: Sample[], sample: Sample): void {
	samples.push(sample);
	if (samples.length > KEPT) samples.shift();
}

const keyOf = ({model, language}: Pick<Sample, 'model' | 'language'>) => `${model} ${language}`;
