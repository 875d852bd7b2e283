/** What a comparison measured, and what it costs. Pure. */
import {atShare} from '../realtime/latency.ts';
import type {Mode} from './compare-events.ts';
import type {Comparison} from './comparison.ts';

/** Seconds since the comparison began; `undefined` where it never came to it. */
export interface Figures {
	readonly firstWord: number | undefined;
	readonly wholeText: number | undefined;
	/** Time to the whole text for each second of audio, and the other way round. */
	readonly realTimeFactor: number | undefined;
	readonly speed: number | undefined;
	readonly words: number;
}

export interface RealtimeFigures extends Figures {
	/** The first word that could still change, and the first one that could not. */
	readonly firstPartial: number | undefined;
	readonly firstFinal: number | undefined;
	/** Seconds from the end of a word until it was final: of half of the finals, and of 95 in 100, no more. */
	readonly latency: {readonly p50: number; readonly p95: number; readonly count: number} | undefined;
}

export function figuresOf(comparison: Comparison): {
	readonly batch: Figures;
	readonly realtime: RealtimeFigures;
} {
	const {firstPartialAt, firstFinalAt, latencies} = comparison.realtime;
	const sorted = latencies.toSorted((one, other) => one - other);
	const latency =
		sorted.length === 0
			? undefined
			: {p50: atShare(sorted, 0.5), p95: atShare(sorted, 0.95), count: sorted.length};
	return {
		batch: commonFigures(comparison, 'batch'),
		realtime: {
			...commonFigures(comparison, 'realtime'),
			firstPartial: firstPartialAt,
			firstFinal: firstFinalAt,
			latency,
		},
	};
}

function commonFigures({seconds, ...sides}: Comparison, mode: Mode): Figures {
	const {firstWordAt, wholeTextAt, words} = sides[mode];
	const isMeasured = wholeTextAt !== undefined && wholeTextAt > 0 && seconds !== undefined && seconds > 0;
	return {
		firstWord: firstWordAt,
		wholeText: wholeTextAt,
		realTimeFactor: isMeasured ? wholeTextAt / seconds : undefined,
		speed: isMeasured ? seconds / wholeTextAt : undefined,
		words,
	};
}

/** What an hour of audio costs, as the user says; nothing is known of prices here. */
export interface Rates {
	readonly batch?: number | undefined;
	readonly realtime?: number | undefined;
	/** Such as `EUR`; it is only written behind the amount. */
	readonly currency?: string | undefined;
}

/** @returns `undefined` without a rate or a length */
export function costOf({seconds}: Pick<Comparison, 'seconds'>, rates: Rates, mode: Mode): number | undefined {
	const rate = rates[mode];
	return rate === undefined || seconds === undefined ? undefined : (seconds / 3600) * rate;
}

/** Such as `1.25 EUR`; of small amounts two digits that tell something: `0.0012`. */
export function costText(amount: number, currency: string | undefined): string {
	// Rounding may bring it up by a digit.
	const shown = amount >= 1 ? amount : Number(amount.toPrecision(2));
	const digits = shown >= 1 || shown === 0 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(shown)));
	return `${shown.toFixed(Math.max(2, digits))}${currency === undefined ? '' : ` ${currency}`}`;
}
