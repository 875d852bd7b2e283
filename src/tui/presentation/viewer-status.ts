/** Where the reader is, in the line below the text. */
import {clockTime, counted} from '../../platform/units.ts';
import type {TranscriptViewer} from '../controllers/transcript-viewer.ts';
import {fieldSpans} from './field-spans.ts';
import {clipLine, type Line, lineWidth, type Span, span, spread} from './line.ts';

/** Between two facts. */
const GAP = '   ';
/** Columns for what is typed at least. */
const LEAST_FIELD = 12;

export function viewerStatus(viewer: TranscriptViewer, columns: number): Line {
	const {isTyping, threshold} = viewer.store.getState();
	if (isTyping) return searchLine(viewer, columns);
	const facts = [placeFact(viewer), hitFact(viewer), soundFact(viewer), confidenceFact(viewer)];
	const known = facts.filter((fact) => fact !== undefined);
	const {unsureCount} = viewer;
	const marked =
		threshold > 0 && unsureCount > 0
			? [span(`${counted(unsureCount, 'word')} below ${threshold} `, 'muted')]
			: [];
	return spread(joined(known, columns), marked, columns);
}

/** As many of the facts as there is room for, the first ones first. */
function joined(facts: readonly Line[], columns: number): Line {
	let line: Line = [];
	for (const fact of facts) {
		const longer = [...line, span(line.length === 0 ? ' ' : GAP), ...fact];
		if (line.length > 0 && lineWidth(longer) > columns) break;
		line = longer;
	}
	return clipLine(line, columns);
}

function searchLine(viewer: TranscriptViewer, columns: number): Line {
	const {hit, query} = viewer.store.getState();
	const {count} = viewer.found;
	const result = count === 0 ? 'nothing found' : `${(hit ?? 0) + 1} of ${count}`;
	const right = query === '' ? '' : ` ${result} `;
	const room = columns - 3 - right.length;
	const fits = room >= LEAST_FIELD;
	const field = fieldSpans(viewer.search, fits ? room : columns - 3);
	return [span(' / ', 'key'), ...field, ...(fits ? [span(right, count === 0 ? 'warn' : 'muted')] : [])];
}

function placeFact(viewer: TranscriptViewer): Line {
	const {cursor, document} = viewer.store.getState();
	const {text} = viewer;
	const {start} = text.word(cursor);
	const total = document?.seconds ?? document?.transcript.job?.duration ?? undefined;
	const share = text.wordCount < 2 ? 100 : Math.floor((cursor / (text.wordCount - 1)) * 100);
	const percent = span(`${Number.isNaN(start) ? '' : GAP}${share} %`, 'muted');
	if (Number.isNaN(start)) return [percent];
	const of: Span[] = typeof total === 'number' ? [span(` of ${clockTime(total)}`, 'muted')] : [];
	return [span(clockTime(start)), ...of, percent];
}

function hitFact(viewer: TranscriptViewer): Line | undefined {
	const {query, hit} = viewer.store.getState();
	if (query === '') return undefined;
	const {count} = viewer.found;
	const where = count === 0 ? 'not found' : hit === undefined ? `${count} found` : `${hit + 1} of ${count}`;
	return [span(`"${query}" ${where}`, count === 0 ? 'warn' : 'accent')];
}

function soundFact({sound}: TranscriptViewer): Line | undefined {
	return sound.store.getState().isPlaying ? [span('playing', 'ok')] : undefined;
}

function confidenceFact(viewer: TranscriptViewer): Line | undefined {
	const {cursor, threshold} = viewer.store.getState();
	const {confidence} = viewer.text.word(cursor);
	if (Number.isNaN(confidence)) return undefined;
	return [
		span('confidence ', 'muted'),
		span(confidence.toFixed(2), viewer.text.isUnsure(cursor, threshold) ? 'unsure' : 'muted'),
	];
}
