/** What was said, as lines: when, who, and the words, wrapped below each other. */
import {clockTime} from '../../platform/units.ts';
import {fit, widthOf, wrap} from '../../platform/width.ts';
import type {NoteKind, TranscriptLine} from '../../realtime/transcript-lines.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, type Span, span} from './line.ts';

/** Columns of a time before 10 hours; a later one takes what it needs. */
const TIME = 7;
/** A label longer than this is cut. */
const LONGEST_LABEL = 12;

/** What is said by a sign is also said by a word. */
export const NOTES: Readonly<Record<NoteKind, {sign: string; style: StyleName}>> = {
	gap: {sign: '— ', style: 'warn'},
	mark: {sign: '→ ', style: 'key'},
	event: {sign: '', style: 'muted'},
};

/** A line as it is shown, with who speaks as the service says where that is known: a name keeps its colour. */
export type ShownLine = TranscriptLine & {readonly label?: string | undefined};

/**
 * One sentence, or a note. The speaker stands where it begins to speak, not again with each sentence.
 *
 * @param labels columns that speakers take at least, so that what they say begins in one column
 */
export function speechLines(
	line: ShownLine,
	previousSpeaker: string | undefined,
	columns: number,
	labels = 0,
): Line[] {
	const {start, speaker, label = speaker, text, kind} = line;
	const before: Span[] = [span(timeText(start), 'muted')];
	if (speaker !== undefined) {
		const width = labelColumns(speaker, labels);
		const shown = speaker === previousSpeaker ? ' '.repeat(width) : fit(speaker, width);
		before.push(span(`${shown}  `, `speaker:${label}`));
	}
	const note = kind && NOTES[kind];
	if (note !== undefined && note.sign !== '') before.push(span(note.sign, note.style));
	const indent = before.reduce((sum, part) => sum + widthOf(part.text), 0);
	return wrap(text, columns - indent - 1).map((row, index) => [
		...(index === 0 ? before : [span(' '.repeat(indent))]),
		span(row, note?.style),
	]);
}

/** The column in which the words of a line begin. @param labels as for `speechLines` */
export function indentOf({start, speaker}: ShownLine, labels = 0): number {
	return timeText(start).length + (speaker === undefined ? 0 : labelColumns(speaker, labels) + 2);
}

/** A time in its column, with what parts it from what follows. */
export const timeText = (seconds: number) => `${clockTime(seconds).padStart(TIME)}  `;

/** Columns that the label of a speaker takes. */
export function labelColumns(speaker: string, least = 0): number {
	return Math.min(LONGEST_LABEL, Math.max(least, widthOf(speaker)));
}
