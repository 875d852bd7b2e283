/** The viewer's screen: what is read, its sections, and the rows in sight. */
import {transcriptLanguage} from '../../captions/language.ts';
import {clockTime} from '../../platform/units.ts';
import {clip, widthOf} from '../../platform/width.ts';
import type {TranscriptViewer} from '../controllers/transcript-viewer.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import type {BodySize, Screen, Target} from '../screens/screen.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {Look} from '../theme/look.tsx';
import {formatScreen} from './format-lines.ts';
import {clipLine, EMPTY, type Line, lineWidth, span, spread} from './line.ts';
import type {Position} from './scrolling.ts';
import {NOTES} from './speech-lines.ts';
import type {ViewerLayout} from './viewer-layout.ts';
import {type Marking, markedSpans} from './viewer-row.ts';
import {viewerStatus} from './viewer-status.ts';
import {rowsInSight} from './viewer-window.ts';

/** From so many rows on there is room for an empty one below the head. */
const ROOMY = 12;
/** The share of the line that a long name may have at least. */
const LEAST_NAME = 0.6;
/** Columns left of the time, for the cursor's sign. */
const MARGIN = 2;

/** Rows of text that a body of so many rows has room for. */
export function viewerRows(viewer: TranscriptViewer, rows: number): number {
	return Math.max(1, rows - headRows(viewer, rows));
}

/** Only while a document is open. */
export function viewerScreen(viewer: TranscriptViewer, size: BodySize, {glyphs}: Look): Screen {
	const {rows, columns} = size;
	const {document} = viewer.store.getState();
	const title = titleLine(document!, columns);
	const air = rows >= ROOMY ? [EMPTY] : [];
	if (viewer.chooser.store.getState().isOpen) {
		return formatScreen(viewer.chooser, [title, ...air], document!.place?.folder ?? '', glyphs, size);
	}
	const bar = viewer.sections.length > 1 ? sectionBar(viewer, columns) : undefined;
	const head = [title, ...(bar === undefined ? [] : [bar.line]), ...air];
	const text = textRows(viewer, {rows: viewerRows(viewer, rows), columns}, glyphs);
	return {
		body: [...head, ...text.lines],
		status: viewerStatus(viewer, columns),
		targets: [
			...(bar?.targets ?? []),
			...text.targets.map((target) => ({...target, row: target.row + head.length})),
		],
	};
}

function headRows({sections}: TranscriptViewer, rows: number): number {
	return 1 + (sections.length > 1 ? 1 : 0) + (rows >= ROOMY ? 1 : 0);
}

/** The mark of what was simulated has its room before anything else. */
function titleLine({title, transcript, simulated, seconds}: ViewedDocument, columns: number): Line {
	const config = transcript.metadata.transcription_config;
	const length = seconds ?? transcript.job?.duration;
	const model = config?.model ?? config?.operating_point;
	const facts = [
		typeof length === 'number' ? clockTime(length) : undefined,
		transcriptLanguage(transcript),
		typeof model === 'string' ? model : undefined,
	].filter((fact) => fact !== undefined);
	const mark = simulated ? [span(' SIMULATED ', 'warn')] : [];
	const room = columns - lineWidth(mark) - 1;
	const name = clip(
		` ${title}`,
		Math.max(Math.floor(room * LEAST_NAME), room - widthOf(`  ${facts.join('  ')}`)),
	);
	let left = [span(name, 'strong')];
	for (const fact of facts) {
		const longer = [...left, span(`  ${fact}`, 'muted')];
		if (lineWidth(longer) > room) break;
		left = longer;
	}
	return spread(left, mark, columns);
}

interface SectionBar {
	readonly line: Line;
	readonly targets: readonly Target[];
}

/** The sections' names, such that the one that is shown is always in sight. */
function sectionBar(viewer: TranscriptViewer, columns: number): SectionBar {
	const {section} = viewer.store.getState();
	const widths = viewer.sections.map(({title}) => widthOf(title) + 3);
	let first = 0;
	const widthTo = () => widths.slice(first, section + 1).reduce((sum, width) => sum + width, 1);
	while (first < section && widthTo() > columns) first += 1;
	const line: Line[] = [];
	const targets: Target[] = [];
	let from = 1;
	for (const [index, {title}] of viewer.sections.entries()) {
		if (index < first || from >= columns) continue;
		line.push([span(` ${title} `, index === section ? 'tab' : 'muted'), span(' ')]);
		targets.push({row: 1, from, to: from + widths[index]! - 1, run: () => viewer.showSection(index)});
		from += widths[index]!;
	}
	return {line: clipLine([span(' '), ...line.flat()], columns), targets};
}

function textRows(viewer: TranscriptViewer, {rows, columns}: BodySize, glyphs: Glyphs) {
	const {cursor} = viewer.store.getState();
	const layout = viewer.layout(columns);
	const place = layout.positionOf(cursor);
	const positions = rowsInSight(layout, place, rows);
	const markings = new Map<number, Marking[]>();
	const lines = positions.map((position) => {
		const {block, row} = position;
		const known = markings.get(block) ?? markingsOf(viewer, block);
		markings.set(block, known);
		return textRow(layout, position, known, block === place.block && row === place.row, glyphs);
	});
	const targets = positions.map(
		(position, row): Target => ({row, run: () => click(viewer, layout, position)}),
	);
	return {lines, targets};
}

/** A click goes to the start of a row; another one there plays from it, or shows it in the transcript. */
function click(viewer: TranscriptViewer, layout: ViewerLayout, position: Position): void {
	const word = layout.wordNear(position, 0);
	if (viewer.store.getState().cursor !== word) viewer.moveTo(word);
	else if (!viewer.section.isTranscript) viewer.showInTranscript();
	else if (viewer.whyNoSound === undefined) viewer.play('sentence');
}

function textRow(
	layout: ViewerLayout,
	{block, row}: Position,
	markings: readonly Marking[],
	isCursor: boolean,
	glyphs: Glyphs,
): Line {
	const {head, indent, ranges} = layout.wrapped(block);
	const {text, kind, style = kind === undefined ? 'plain' : NOTES[kind].style} = layout.text.lines[block]!;
	const margin = span(isCursor ? glyphs.cursor.padEnd(MARGIN) : ' '.repeat(MARGIN), 'accent');
	const before = row === 0 ? clipLine(head, indent) : [span(' '.repeat(indent))];
	return [margin, ...before, ...markedSpans(text, ranges[row]!, style, markings)];
}

/** What is marked in a line; what comes later lies above. */
function markingsOf(viewer: TranscriptViewer, line: number): Marking[] {
	const {cursor, threshold} = viewer.store.getState();
	const {text} = viewer;
	const [first, end] = text.wordsOf(line);
	const markings: Marking[] = [];
	for (let word = first; word < end; word++) {
		if (text.isUnsure(word, threshold)) markings.push({...text.word(word), style: 'unsure'});
	}
	for (const [from, to] of viewer.found.rangesIn(line)) markings.push({from, to, style: 'found'});
	if (cursor >= first && cursor < end) markings.push({...text.word(cursor), style: 'place'});
	return markings;
}
