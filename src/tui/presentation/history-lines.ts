/** The history as lines: all entries, or what was found in them. Only rows in sight are made into lines. */
import type {Hit} from '../../history/search.ts';
import {type Piece, snippet} from '../../history/snippet.ts';
import {fit} from '../../platform/width.ts';
import type {HistoryList} from '../controllers/history-list.ts';
import type {FoundRow, HistorySearch} from '../controllers/history-search.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {SpanStyle} from '../theme/styles.ts';
import {entryLine, type HistoryLayout, headingLine, historyLayout, nameColumns} from './history-columns.ts';
import {clipLine, EMPTY, type Line, lineWidth, span} from './line.ts';
import {labelColumns, NOTES, timeText} from './speech-lines.ts';

/** Columns before the time of a passage; the cursor stands in the first, as everywhere. */
const INDENT = 4;

/** @param top the first entry to show */
export function listLines(
	list: HistoryList,
	top: number,
	glyphs: Glyphs,
	{rows, columns}: {readonly rows: number; readonly columns: number},
): Line[] {
	const {cursor, total} = list.store.getState();
	const layout = historyLayout(columns);
	const lines = [headingLine(layout, false)];
	for (let place = top; place < Math.min(total, top + rows - 1); place++) {
		const entry = list.entryAt(place);
		lines.push(
			entry === undefined ? EMPTY : entryLine(entry, {isSelected: place === cursor}, layout, glyphs),
		);
	}
	return lines.map((line) => clipLine(line, columns));
}

/** From so many rows on there is room for an empty one between two entries. */
const ROOMY = 16;

/** Where a row of what was found stands, counted in lines from the first one. @param rows of the body */
export function foundPlace({group}: FoundRow, index: number, rows: number): number {
	return rows < ROOMY ? index : index + group;
}

/** @param top the first line to show; see `foundPlace` */
export function foundLines(
	search: HistorySearch,
	top: number,
	glyphs: Glyphs,
	{rows, columns}: {readonly rows: number; readonly columns: number},
): Line[] {
	const {cursor, rows: found} = search.store.getState();
	const layout = historyLayout(columns);
	const lines: Line[] = [headingLine(layout, true)];
	for (const [index, row] of found.entries()) {
		const place = foundPlace(row, index, rows) - top;
		if (place < 0) continue;
		if (place >= rows - 1) break;
		const isSelected = index === cursor;
		while (lines.length <= place) lines.push(EMPTY);
		lines.push(
			row.hit === undefined
				? foundEntryLine(row, isSelected, layout, glyphs)
				: hitLine(row, row.hit, isSelected, glyphs, columns),
		);
	}
	return lines.map((line) => clipLine(line, columns));
}

function foundEntryLine(
	{found: {entry, count, hits}}: FoundRow,
	isSelected: boolean,
	layout: HistoryLayout,
	glyphs: Glyphs,
): Line {
	const columns = nameColumns(layout, true);
	const named = hits.find(({kind}) => kind === 'name') ?? {text: entry.name, marks: []};
	const pieces = markedPieces(snippet(named, columns), 'strong');
	const name = [...pieces, span(' '.repeat(Math.max(0, columns - lineWidth(pieces))))];
	return entryLine(entry, {isSelected, count, name}, layout, glyphs);
}

function hitLine({found}: FoundRow, hit: Hit, isSelected: boolean, glyphs: Glyphs, columns: number): Line {
	const before = [
		span(fit(isSelected ? glyphs.cursor : '', INDENT), 'accent'),
		span(timeText(hit.start), isSelected ? 'strong' : 'muted'),
		...labelSpans(hit, labelsOf(found.hits)),
	];
	return [...before, ...markedPieces(snippet(hit, columns - lineWidth(before) - 1), 'plain')];
}

/** Who says it, or the sign of a mark. */
function labelSpans({kind, speaker}: Hit, columns: number): Line {
	if (kind === 'mark') return [span(fit(NOTES.mark.sign, columns + 2), NOTES.mark.style)];
	if (columns === 0) return [];
	if (speaker === undefined) return [span(' '.repeat(columns + 2))];
	return [span(`${fit(speaker, columns)}  `, `speaker:${speaker}`)];
}

/** Columns that the speakers of an entry take, so that all passages begin in one column. */
function labelsOf(hits: readonly Hit[]): number {
	return hits.reduce(
		(most, {speaker}) => Math.max(most, speaker === undefined ? 0 : labelColumns(speaker)),
		0,
	);
}

function markedPieces(pieces: readonly Piece[], style: SpanStyle): Line {
	return pieces.map(({text, isMatch}) => span(text, isMatch ? 'found' : style));
}
