/** What the compare tab shows whatever goes on there: its title, its empty state, its status. */
import {basename} from 'node:path';
import type {Comparison} from '../../compare/comparison.ts';
import {clockTime} from '../../platform/units.ts';
import {clip, wrap} from '../../platform/width.ts';
import type {TextPair} from './compare-texts.ts';
import {centred, clipLine, EMPTY, type Line, lineWidth, span, spread} from './line.ts';

/** The recording, what it is judged by, and whether the emulator answered. It stays in sight. */
export function titleLine(
	{file, seconds, simulated}: Pick<Comparison, 'file' | 'seconds' | 'simulated'>,
	reference: string | undefined,
	columns: number,
): Line {
	const mark: Line = simulated ? [span('SIMULATED ', 'warn')] : [];
	const facts = [
		...(seconds === undefined ? [] : [clockTime(seconds)]),
		...(reference === undefined ? [] : [`judged by ${basename(reference)}`]),
	].join('  ');
	const room = columns - lineWidth(mark) - 2;
	const name = clip(basename(file), room);
	const rest = clip(facts === '' ? '' : `  ${facts}`, Math.max(0, room - lineWidth([span(name)])));
	return spread([span(` ${name}`, 'strong'), span(rest, 'muted')], mark, columns);
}

/** All texts that can be read beside each other. Batch is on the left wherever it is one of them. */
export function textPairs({findings}: Comparison): TextPair[] {
	const {realtimeAgainstBatch, batchAgainstReference, realtimeAgainstReference} = findings ?? {};
	return [
		...(realtimeAgainstBatch
			? [{left: 'Batch', right: 'Realtime', difference: realtimeAgainstBatch, flipped: true}]
			: []),
		...(batchAgainstReference
			? [{left: 'Batch', right: 'What was said', difference: batchAgainstReference, flipped: false}]
			: []),
		...(realtimeAgainstReference
			? [{left: 'Realtime', right: 'What was said', difference: realtimeAgainstReference, flipped: false}]
			: []),
	];
}

/** While nothing has been compared. */
export function emptyLines(
	{demo, reference}: {readonly demo: boolean; readonly reference: string | undefined},
	{rows, columns}: {readonly rows: number; readonly columns: number},
): Line[] {
	const text = (sentence: string, style: 'strong' | 'muted'): Line[] =>
		wrap(sentence, columns - 2).map((row) => [span(row, style)]);
	const keys: Line[] = [
		[span('a', 'key'), span('  pick a recording, or drop one here')],
		...(demo ? [[span('s', 'key'), span('  take the bundled sample')]] : []),
		[span('t', 'key'), span('  name a text of what was said')],
	];
	const widest = Math.max(...keys.map(lineWidth));
	// One below the other, wherever the middle is.
	const aligned = keys.map((line): Line => [...line, span(' '.repeat(widest - lineWidth(line)))]);
	const full = [
		...text('One recording, both ways at the same moment', 'strong'),
		EMPTY,
		...text('How soon, how exact, how much: batch beside realtime.', 'muted'),
		EMPTY,
		...aligned,
		...(reference === undefined ? [] : [EMPTY, ...text(`Judged by ${basename(reference)}`, 'muted')]),
	];
	const short = [...text('One recording, both ways at once', 'strong'), EMPTY, ...aligned];
	return centred(full.length <= rows ? full : short, rows, columns);
}

/** While it runs. */
export function runningStatus({batch, realtime, seconds}: Comparison, columns: number): Line {
	const heard = clockTime(realtime.heard);
	const of = seconds === undefined ? '' : ` of ${clockTime(seconds)}`;
	const text =
		realtime.phase === 'streaming'
			? ` Realtime has heard ${heard}${of}`
			: batch.endedAt === undefined && realtime.endedAt !== undefined
				? ' Waiting for the job at the service'
				: '';
	return text === '' ? EMPTY : clipLine([span(text, 'muted')], columns);
}

/** Where the reader is. @param from the first row shown, from 0; `to` the one after the last */
export function documentStatus({
	from,
	to,
	rowCount,
	place,
	places,
}: {
	readonly from: number;
	readonly to: number;
	readonly rowCount: number;
	readonly place: number | undefined;
	readonly places: number;
}): Line {
	const where = rowCount > to - from ? `${from + 1}–${to} of ${rowCount}` : '';
	const what = places === 0 ? '' : place === undefined ? '' : `place ${place + 1} of ${places}`;
	const text = [what, where].filter((part) => part !== '').join('  ');
	return text === '' ? EMPTY : [span(` ${text}`, 'muted')];
}
