/** What was measured, as rows of text: the report and the screen show the same. Pure. */
import type {Difference} from './changes.ts';
import type {Mode} from './compare-events.ts';
import type {Comparison} from './comparison.ts';
import {costOf, costText, figuresOf, type Rates} from './figures.ts';
import {secondsText} from './guide.ts';
import {rateText} from './word-error-rate.ts';

export interface FigureRow {
	readonly name: string;
	readonly batch: string;
	readonly realtime: string;
}

const NONE = '-';

/** In their order; what is not known is a dash. @param rates what an hour costs */
export function figureRows(comparison: Comparison, rates: Rates): FigureRow[] {
	const {batch, realtime} = figuresOf(comparison);
	const {findings} = comparison;
	const row = (name: string, one: string | undefined, other: string | undefined): FigureRow => ({
		name,
		batch: one ?? NONE,
		realtime: other ?? NONE,
	});
	const time = (seconds: number | undefined) => (seconds === undefined ? undefined : secondsText(seconds));
	const factor = (value: number | undefined) => value?.toFixed(2);
	const times = (value: number | undefined) => (value === undefined ? undefined : `${value.toFixed(1)} x`);
	const count = (mode: Mode) =>
		comparison[mode].transcript === undefined ? undefined : String(comparison[mode].words);
	const cost = (mode: Mode) => {
		const amount = costOf(comparison, rates, mode);
		if (amount !== undefined) return costText(amount, rates.currency);
		return rates[mode] === undefined ? 'rate not set' : undefined;
	};
	return [
		row('first word', time(batch.firstWord), time(realtime.firstWord)),
		row('first word that stays', time(batch.firstWord), time(realtime.firstFinal)),
		row('whole text', time(batch.wholeText), time(realtime.wholeText)),
		row('real-time factor', factor(batch.realTimeFactor), factor(realtime.realTimeFactor)),
		row('speed', times(batch.speed), times(realtime.speed)),
		row('said to final: half within', NONE, time(realtime.latency?.p50)),
		row('said to final: 95 % within', NONE, time(realtime.latency?.p95)),
		row('words', count('batch'), count('realtime')),
		...errorRows(findings?.batchAgainstReference, findings?.realtimeAgainstReference),
		row('cost', cost('batch'), cost('realtime')),
	];
}

function errorRows(batch: Difference | undefined, realtime: Difference | undefined): FigureRow[] {
	if (batch === undefined && realtime === undefined) return [];
	const row = (name: string, of: (difference: Difference) => string): FigureRow => ({
		name,
		batch: batch === undefined ? NONE : of(batch),
		realtime: realtime === undefined ? NONE : of(realtime),
	});
	return [
		row('word error rate', ({rate}) => rateText(rate.rate)),
		row('  replaced', ({rate}) => String(rate.substitutions)),
		row('  missed', ({rate}) => String(rate.deletions)),
		row('  too many', ({rate}) => String(rate.insertions)),
	];
}

/** How much differs, in one sentence. @param name which one, against what */
export function differenceText(name: string, {changes, rate}: Difference): string {
	const {substitutions, deletions, insertions, words} = rate;
	if (changes.length === 0) return `${name}: no word differs, of ${words}.`;
	const counts = `${substitutions} replaced, ${deletions} missed, ${insertions} too many`;
	return `${name}: word error rate ${rateText(rate.rate)} of ${words} words (${counts}).`;
}
