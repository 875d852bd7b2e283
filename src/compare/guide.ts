/**
 * Which way for which work, told with the numbers of one comparison. Pure. What each can and cannot do is from the
 * vendor's docs: "Realtime output" (max_delay), "Speech intelligence" (batch only), "Batch limits".
 */
import type {Comparison} from './comparison.ts';
import {costOf, costText, figuresOf, type Rates} from './figures.ts';
import {rateText} from './word-error-rate.ts';

export interface GuideRow {
	/** Such as `captions while people speak`. */
	readonly work: string;
	readonly mode: 'batch' | 'realtime' | 'either' | 'both';
	/** One line, with what was measured where it was. */
	readonly why: string;
}

/** @param rates what an hour costs; without both the row about cost is left out */
export function guideOf(comparison: Comparison, rates: Rates): GuideRow[] {
	return [
		captions(comparison),
		conversation(comparison),
		archive(comparison),
		accuracy(comparison),
		{
			work: 'summary, chapters, topics',
			mode: 'batch',
			why: 'only batch makes them, and sentiment',
		},
		liveThenExact(comparison),
		...lowestCost(comparison, rates),
	];
}

/** Such as `0.4 s`. */
export function secondsText(seconds: number): string {
	return `${seconds.toFixed(seconds < 99.95 ? 1 : 0)} s`;
}

function captions(comparison: Comparison): GuideRow {
	const {realtime} = figuresOf(comparison);
	const live =
		realtime.firstWord === undefined ? [] : [`first word after ${secondsText(realtime.firstWord)}`];
	return {
		work: 'captions while people speak',
		mode: 'realtime',
		why: [...live, 'batch can only begin when all is said'].join('; '),
	};
}

function conversation(comparison: Comparison): GuideRow {
	const {latency} = figuresOf(comparison).realtime;
	const measured =
		latency === undefined ? [] : [`words final ${secondsText(latency.p50)} after they are said`];
	return {
		work: 'voice agents, dictation',
		mode: 'realtime',
		why: [...measured, '--max-delay 0.7 to 1.5 is quick'].join('; '),
	};
}

function archive(comparison: Comparison): GuideRow {
	const {batch, realtime} = figuresOf(comparison);
	const measured =
		batch.wholeText === undefined
			? []
			: [
					`whole text after ${secondsText(batch.wholeText)}${
						realtime.wholeText === undefined ? '' : `, realtime ${secondsText(realtime.wholeText)}`
					}`,
				];
	return {
		work: 'archives, long or many files',
		mode: 'batch',
		why: [...measured, 'a stream takes as long as its audio'].join('; '),
	};
}

function accuracy({findings}: Comparison): GuideRow {
	const work = 'minutes, quotes, subtitles';
	const batch = findings?.batchAgainstReference?.rate.rate;
	const realtime = findings?.realtimeAgainstReference?.rate.rate;
	if (batch !== undefined && realtime !== undefined) {
		const mode = batch === realtime ? 'either' : batch < realtime ? 'batch' : 'realtime';
		const why = `error rate here: batch ${rateText(batch)}, realtime ${rateText(realtime)}`;
		return {work, mode, why: mode === 'batch' ? why : `${why}; measure more of your speech`};
	}
	const differ = findings?.realtimeAgainstBatch?.rate.rate;
	const measured = differ === undefined ? [] : [`realtime differs in ${rateText(differ)} of the words here`];
	return {
		work,
		mode: 'batch',
		why: ['it hears what follows before it decides', ...measured].join('; '),
	};
}

function liveThenExact({findings}: Comparison): GuideRow {
	const changes = findings?.realtimeAgainstBatch?.changes.length;
	const measured = changes === undefined ? '' : ` (${changes} ${changes === 1 ? 'place' : 'places'} here)`;
	return {
		work: 'live now, exact later',
		mode: 'both',
		why: `"speechdeck second-pass" mends what was live${measured}`,
	};
}

function lowestCost(comparison: Comparison, rates: Rates): GuideRow[] {
	const batch = costOf(comparison, rates, 'batch');
	const realtime = costOf(comparison, rates, 'realtime');
	if (batch === undefined || realtime === undefined) return [];
	const [one, other] = [costText(batch, rates.currency), costText(realtime, rates.currency)];
	return [
		{
			work: 'the lowest bill',
			mode: batch === realtime ? 'either' : batch < realtime ? 'batch' : 'realtime',
			why: `batch ${one}, realtime ${other} for this recording`,
		},
	];
}
