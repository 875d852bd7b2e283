/** The columns of the history. They drop out as the window narrows, the least important first. */
import type {Entry} from '../../history/entry.ts';
import {localClock, localDay} from '../../platform/local-time.ts';
import {clockTime} from '../../platform/units.ts';
import {fit, widthOf} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, type Span, span} from './line.ts';

export interface HistoryLayout {
	/** Columns of the time, with its day as long as there is room for the year. */
	readonly when: number;
	readonly length: boolean;
	readonly name: number;
	readonly language: boolean;
	readonly speakers: boolean;
	readonly words: boolean;
}

/** Columns of the cursor, and of a sign and a word. */
const MARGIN = 2;
const KIND = 7;
const GAP = 2;
const WHOLE_DAY = 16;
const SHORT_DAY = 11;
const LENGTH = 7;
const LANGUAGE = 8;
const SPEAKERS = 8;
const WORDS = 7;
/** Window widths from which a column has room. */
const LENGTH_FROM = 50;
const YEAR_FROM = 70;
const LANGUAGE_FROM = 84;
const SPEAKERS_FROM = 96;
const WORDS_FROM = 108;

/** @param columns of the window */
export function historyLayout(columns: number): HistoryLayout {
	const when = columns >= YEAR_FROM ? WHOLE_DAY : SHORT_DAY;
	const length = columns >= LENGTH_FROM;
	const language = columns >= LANGUAGE_FROM;
	const speakers = columns >= SPEAKERS_FROM;
	const words = columns >= WORDS_FROM;
	const taken = [
		MARGIN + KIND + GAP + when + GAP,
		length ? LENGTH + GAP : 0,
		language ? GAP + LANGUAGE : 0,
		speakers ? GAP + SPEAKERS : 0,
		words ? GAP + WORDS : 0,
		1,
	];
	return {
		when,
		length,
		name: columns - taken.reduce((sum, width) => sum + width, 0),
		language,
		speakers,
		words,
	};
}

/** @param hasCounts what was found is counted where else the rest would be */
export function headingLine(layout: HistoryLayout, hasCounts: boolean): Line {
	const {length, language, speakers, words} = layout;
	const right = hasCounts
		? fit('Found', rightColumns(layout), 'right')
		: [
				language ? `  ${fit('Language', LANGUAGE)}` : '',
				speakers ? `  ${fit('Speakers', SPEAKERS, 'right')}` : '',
				words ? `  ${fit('Words', WORDS, 'right')}` : '',
			].join('');
	const left = [
		' '.repeat(MARGIN),
		fit('Kind', KIND + GAP),
		fit('Transcribed', layout.when + GAP),
		length ? `${fit('Length', LENGTH, 'right')}  ` : '',
		fit('Name', nameColumns(layout, hasCounts)),
	];
	return [span(left.join('') + right, 'muted')];
}

/** Where no column stands to the right of the name, a count takes a part of its room. */
const COUNT = 7;

const rightColumns = ({language, speakers, words}: HistoryLayout) =>
	Math.max(
		COUNT,
		(language ? GAP + LANGUAGE : 0) + (speakers ? GAP + SPEAKERS : 0) + (words ? GAP + WORDS : 0),
	);

/** Columns of the name. */
export function nameColumns(layout: HistoryLayout, hasCounts: boolean): number {
	return hasCounts && !layout.language ? layout.name - COUNT : layout.name;
}

export interface EntryLook {
	readonly isSelected: boolean;
	/** The name in exactly `nameColumns`; otherwise as it is. */
	readonly name?: Line | undefined;
	/** Instead of language, speakers and words: in how many places it was found. */
	readonly count?: number | undefined;
}

export function entryLine(entry: Entry, look: EntryLook, layout: HistoryLayout, glyphs: Glyphs): Line {
	const {isSelected, count} = look;
	const name = look.name ?? plainName(entry, nameColumns(layout, count !== undefined), isSelected);
	return [
		span(isSelected ? `${glyphs.cursor} ` : '  ', 'accent'),
		...kindSpans(entry, glyphs),
		span(`  ${whenText(entry.startedAt, layout.when)}  `, 'muted'),
		...(layout.length ? [span(`${fit(clockTime(entry.seconds), LENGTH, 'right')}  `, 'muted')] : []),
		...name,
		...(count === undefined
			? factSpans(entry, layout)
			: [span(fit(String(count), rightColumns(layout), 'right'), 'accent')]),
	];
}

function kindSpans({kind}: Entry, {mark, recording}: Glyphs): Span[] {
	return kind === 'live'
		? [span(`${recording} `, 'accent'), span(fit('live', KIND - 2), 'muted')]
		: [span(`${mark} `, 'muted'), span(fit('batch', KIND - 2), 'muted')];
}

const whenText = (moment: number, columns: number) =>
	`${localDay(moment)} ${localClock(moment)}`.slice(WHOLE_DAY - columns);

const STATES: Readonly<Record<Entry['state'], readonly [word: string, style: StyleName]>> = {
	finished: ['', 'plain'],
	running: ['running', 'accent'],
	crashed: ['broke off', 'warn'],
	failed: ['failed', 'warn'],
};

/** The name, and what is to be known of a session that has not ended as it should. */
function plainName({name, state}: Entry, columns: number, isSelected: boolean): Line {
	const style = isSelected ? 'strong' : 'plain';
	const [word, stateStyle] = STATES[state];
	if (word === '') return [span(fit(name, columns), style)];
	const room = columns - word.length - GAP;
	const shown = fit(name, room).trimEnd();
	return [span(shown, style), span(`  ${fit(word, columns - GAP - widthOf(shown))}`, stateStyle)];
}

function factSpans({language = '', speakers, words}: Entry, layout: HistoryLayout): Span[] {
	return [
		...(layout.language ? [span(`  ${fit(language, LANGUAGE)}`, 'muted')] : []),
		...(layout.speakers
			? [span(`  ${fit(speakers === 0 ? '' : String(speakers), SPEAKERS, 'right')}`, 'muted')]
			: []),
		...(layout.words ? [span(`  ${fit(String(words), WORDS, 'right')}`, 'muted')] : []),
	];
}
