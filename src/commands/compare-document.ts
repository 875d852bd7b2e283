/** A comparison as one JSON document. The same keys stand in it whatever happened; what is not known is null. Pure. */
import type {Difference} from '../compare/changes.ts';
import type {Mode} from '../compare/compare-events.ts';
import type {Comparison} from '../compare/comparison.ts';
import {costOf, type Figures, figuresOf} from '../compare/figures.ts';
import {guideOf} from '../compare/guide.ts';
import type {About} from './compare-report.ts';

/** Times are seconds since the comparison began, or in the recording; rates are of 1; costs are in the user's currency. */
export function comparisonDocument(comparison: Comparison, {rates, reference, requests, simulated}: About) {
	const {findings, file, seconds = null} = comparison;
	const figures = figuresOf(comparison);
	const {firstPartial, firstFinal, latency} = figures.realtime;
	const sideOf = (mode: Mode) => {
		const {phase, reason, cause, text} = comparison[mode];
		return {
			status: phase,
			reason: reason ?? null,
			cause: cause ?? null,
			...commonFigures(figures[mode]),
			ratePerHour: rates[mode] ?? null,
			cost: orNull(costOf(comparison, rates, mode), 8),
			text,
		};
	};
	const {jobId = null, requestId = null} = comparison.batch;
	return {
		type: 'comparison',
		simulated: simulated || comparison.simulated,
		file,
		seconds,
		reference: reference ?? null,
		currency: rates.currency ?? null,
		batch: {...sideOf('batch'), asked: askedOf(requests.job.transcription_config), jobId, requestId},
		realtime: {
			...sideOf('realtime'),
			asked: askedOf(requests.start.transcriptionConfig),
			firstPartial: orNull(firstPartial),
			firstFinal: orNull(firstFinal),
			latency:
				latency === undefined
					? null
					: {p50: rounded(latency.p50), p95: rounded(latency.p95), count: latency.count},
		},
		differences: {
			realtimeAgainstBatch: differenceOf(findings?.realtimeAgainstBatch),
			batchAgainstReference: differenceOf(findings?.batchAgainstReference),
			realtimeAgainstReference: differenceOf(findings?.realtimeAgainstReference),
		},
		guide: guideOf(comparison, rates),
	};
}

/** Dictionaries and the identifiers of voices are nobody's business. */
function askedOf({language, model, diarization, max_delay}: Asked) {
	return {
		language,
		model: model ?? null,
		diarization: diarization ?? null,
		maxDelay: max_delay ?? null,
	};
}

interface Asked {
	readonly language: string;
	readonly model?: string | undefined;
	readonly diarization?: string | undefined;
	readonly max_delay?: unknown;
}

function commonFigures({firstWord, wholeText, realTimeFactor, speed, words}: Figures) {
	return {
		firstWord: orNull(firstWord),
		wholeText: orNull(wholeText),
		realTimeFactor: orNull(realTimeFactor, 4),
		speed: orNull(speed),
		words,
	};
}

/** `rate` is null where the reference has no word. */
function differenceOf(difference: Difference | undefined) {
	if (difference === undefined) return null;
	const {rate, changes} = difference;
	return {
		...rate,
		rate: rate.rate ?? null,
		changes: changes.map((change) => ({
			...change,
			start: rounded(change.start),
			end: rounded(change.end),
		})),
	};
}

function orNull(value: number | undefined, digits = 3): number | null {
	return value === undefined ? null : rounded(value, digits);
}

function rounded(value: number, digits = 3): number {
	return Number(value.toFixed(digits));
}
