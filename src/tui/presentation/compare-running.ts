/** One recording both ways while it lasts: how both stand, what is measured already, and the words as they come. */
import type {Mode} from '../../compare/compare-events.ts';
import {type BatchSide, type Comparison, elapsedOf, type RealtimeSide} from '../../compare/comparison.ts';
import {secondsText} from '../../compare/guide.ts';
import {clockTime} from '../../platform/units.ts';
import {fit, wrap} from '../../platform/width.ts';
import {delimiterOf, joinResults} from '../../speechmatics/transcript.ts';
import type {Look} from '../theme/look.tsx';
import type {StyleName} from '../theme/styles.ts';
import {flowLines} from './flow.ts';
import {clipLine, EMPTY, filled, type Line, span, spread} from './line.ts';
import {sideBySide} from './live-blocks.ts';
import {progressBar} from './progress-bar.ts';

export interface RunningModel {
	readonly comparison: Comparison;
	/** Seconds since the comparison began. */
	readonly elapsed: number;
	/** Milliseconds by any clock. */
	readonly now: number;
}

type Phase = BatchSide['phase'] | RealtimeSide['phase'];

const END_STYLES: Partial<Record<Phase, StyleName>> = {done: 'ok', failed: 'error', stopped: 'muted'};
/** Between the two sides. */
const BETWEEN = 3;
/** Columns of what a figure is called, where there is room. */
const NAME = 14;

/** Exactly so many rows. */
export function runningLines(
	model: RunningModel,
	look: Look,
	{rows, columns}: {readonly rows: number; readonly columns: number},
): Line[] {
	const {comparison} = model;
	const width = sideColumns(columns);
	const sides = (of: (mode: Mode, columns: number) => Line[]) =>
		beside(of('batch', width), of('realtime', width), look, columns);
	const states = sides((mode, room) => stateLines(mode, model, look, room));
	const figures = [EMPTY, ...sides((mode, room) => figureLines(comparison, mode, room)), EMPTY];
	// Words are worth more than figures where there is room for only one of them.
	const head = [...states, ...(rows - states.length - figures.length >= 3 ? figures : [EMPTY])];
	const left = Math.max(0, rows - head.length);
	const words = beside(
		filled(batchWords(comparison, left, width - 1), left),
		filled(realtimeWords(comparison.realtime, left, width - 1), left),
		look,
		columns,
	);
	return filled([...head, ...words], rows).map((line) => clipLine(line, columns));
}

const sideColumns = (columns: number) => Math.floor((columns - BETWEEN) / 2);

/** Two columns with a line between them. */
function beside(left: readonly Line[], right: readonly Line[], {glyphs}: Look, columns: number): Line[] {
	const rows = Math.max(left.length, right.length);
	const separated = filled(right, rows).map((line): Line => [span(`${glyphs.separator} `, 'muted'), ...line]);
	return sideBySide(filled(left, rows), separated, sideColumns(columns) + 1);
}

/** Name and state; how far it is; why it failed. */
function stateLines(mode: Mode, model: RunningModel, {glyphs, animations}: Look, columns: number): Line[] {
	const {comparison, elapsed, now} = model;
	const side = comparison[mode];
	const {phase, progress, reason} = side;
	const style = END_STYLES[phase];
	const glyph =
		phase === 'done' ? glyphs.checks.ok : phase === 'failed' ? glyphs.checks.error : glyphs.recording;
	const first = spread(
		[
			span(` ${glyph} `, style ?? 'accent'),
			span(mode === 'batch' ? 'Batch' : 'Realtime', 'strong'),
			span(`  ${phase}`, style ?? 'accent'),
		],
		[span(clockTime(elapsedOf(side, elapsed)), 'muted')],
		columns,
	);
	if (reason !== undefined) {
		return [first, ...wrap(reason, columns - 3).map((row): Line => [span(`   ${row}`, 'error')])];
	}
	const share = style === undefined ? progress : 1;
	return [
		first,
		[span('   '), ...progressBar({share, now, animations}, glyphs, columns - 3, style ?? 'accent')],
	];
}

/** What can be told before the end. */
function figureLines(comparison: Comparison, mode: Mode, columns: number): Line[] {
	const {firstWordAt, wholeTextAt, words} = comparison[mode];
	const time = (seconds: number | undefined) => (seconds === undefined ? '' : secondsText(seconds));
	const rows = [
		['first word', time(firstWordAt)],
		['whole text', time(wholeTextAt)],
		['words', words === 0 ? '' : String(words)],
	] as const;
	const name = Math.min(NAME, columns - 8);
	return rows.map(([what, value]) => [
		span(`   ${fit(what, name)}`, 'muted'),
		span(value === '' ? '-' : value, value === '' ? 'muted' : 'plain'),
	]);
}

/** Items of a transcript, or characters, that are looked at, at most twice: rows break at the same places meanwhile. */
const ITEMS = 200;
const CHARACTERS = 4000;

/** What batch has of the seconds that realtime has heard: both sides tell of the same moment. */
function batchWords({batch, realtime}: Comparison, rows: number, columns: number): Line[] {
	const {transcript} = batch;
	if (transcript === undefined) return [];
	const {results, metadata} = transcript;
	const isOver = realtime.endedAt !== undefined;
	let end = isOver ? results.length : firstAfter(results, realtime.heard);
	// A mark comes with the word it is written against.
	while (end > 0 && results[end]?.type === 'punctuation') end += 1;
	const start = stableStart(end, ITEMS);
	const text = joinResults(results.slice(start, end), delimiterOf(metadata.language_pack_info));
	return rowsOf(sentencesOf(text), columns).slice(-rows);
}

function realtimeWords({text, partial, delimiter}: RealtimeSide, rows: number, columns: number): Line[] {
	const sentences = sentencesOf(text.slice(stableStart(text.length, CHARACTERS)));
	const isOpen = sentences.length > 0 && !SENTENCE_END.test(sentences.at(-1)!);
	const [whole, open] = isOpen ? [sentences.slice(0, -1), sentences.at(-1)!] : [sentences, ''];
	const gap = typeof delimiter === 'string' ? delimiter : ' ';
	const words = (said: string, style: StyleName) =>
		said
			.split(' ')
			.filter((word) => word !== '')
			.map((word, index) => ({text: word, gap: index === 0 ? gap : ' ', style}));
	// What may still change goes on where what is final ends.
	const last = flowLines([...words(open, 'plain'), ...words(partial, 'muted')], columns);
	return [...rowsOf(whole, columns).slice(-rows), ...last.map((row): Line => [span(' '), ...row])].slice(
		-rows,
	);
}

/** A place that stays for a while as a text grows: else each word would move all rows. */
const stableStart = (length: number, step: number) => Math.max(0, Math.floor(length / step) - 1) * step;

const SENTENCE_END = /[.?!。！？]$/u;

function sentencesOf(text: string): string[] {
	return text
		.split(/(?<=[.?!](?=\s)|[。？！])/u)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}

/** A sentence begins a row, so that what is above it never breaks anew. */
function rowsOf(sentences: readonly string[], columns: number): Line[] {
	return sentences.flatMap((sentence) => wrap(sentence, columns)).map((row): Line => [span(` ${row}`)]);
}

function firstAfter(results: ReadonlyArray<{readonly start_time: number}>, seconds: number): number {
	let [low, high] = [0, results.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (results[middle]!.start_time < seconds) low = middle + 1;
		else high = middle;
	}
	return low;
}
