/** The line below the table: what has become of all recordings, and what leaves this machine. */
import type {Limits} from '../../batch/scheduler.ts';
import type {BatchRow, BatchTable} from '../../batch/table.ts';
import {clockTime, counted, fileSize} from '../../platform/units.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {EMPTY, type Line, lineWidth, type Span, span, spread} from './line.ts';
import {stateStyle} from './row-cells.ts';

export interface StatusModel {
	readonly table: BatchTable;
	readonly limits: Limits;
	readonly paused: boolean;
	/** True while files and folders are looked through. */
	readonly looking: boolean;
	readonly selected: BatchRow | undefined;
	/** How many are marked. */
	readonly marked: number;
	/** What is shown is narrowed to. */
	readonly filter: string;
	/** Milliseconds by the clock of the table's times. */
	readonly now: number;
}

export function batchStatus(model: StatusModel, glyphs: Glyphs, columns: number): Line {
	const {table, selected, paused, looking, marked, filter} = model;
	const separator = span(`  ${glyphs.separator}`, 'muted');
	const modes: Line[] = [
		...(marked > 0 ? [[span(` ${marked} marked`, 'key')]] : []),
		...(filter === '' ? [] : [[span(` /${filter}`, 'accent')]]),
		...(looking ? [[span(' looking for recordings…', 'accent')]] : []),
		...(paused ? [[span(' paused', 'warn'), span(': nothing more is sent', 'muted')]] : []),
	];
	const parts = [...modes, ...(table.rows.length === 0 ? [] : [totals(table)])];
	const left = parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
	if (table.rows.length === 0) return left.length === 0 ? EMPTY : left;
	// Where a reason has no room in its row, it has some here.
	const reason =
		selected?.cause === 'interrupted' ? undefined : (selected?.trouble?.reason ?? selected?.reason);
	if (reason !== undefined && selected !== undefined)
		return [...left, separator, span(` ${reason}`, stateStyle(selected))];
	const right = rightSides(model).find((side) => lineWidth(left) + lineWidth(side) + 2 <= columns);
	return spread(left, right ?? [], columns);
}

function totals(table: BatchTable): Line {
	const parts: Span[] = [];
	const part = (count: number, word: string, style: StyleName) => {
		if (count === 0) return;
		parts.push(span(parts.length === 0 ? ' ' : ', ', 'muted'), span(`${count} ${word}`, style));
	};
	part(table.count('done'), 'done', 'ok');
	part(table.count('left'), 'at the service', 'accent');
	part(table.count('failed'), 'failed', 'error');
	part(table.count('cancelled'), 'cancelled', 'muted');
	part(table.count('converting', 'uploading', 'transcribing', 'saving'), 'running', 'accent');
	part(table.count('queued', 'checking'), 'waiting', 'muted');
	return parts;
}

/** From the fullest to the shortest; the first one there is room for is shown. */
function rightSides(model: StatusModel): Line[] {
	const {uploads, running} = model.limits;
	const limits: Line = [span(`max ${counted(uploads, 'upload')}, ${counted(running, 'job')} `, 'muted')];
	if (model.table.unfinished === 0) return [];
	if (model.table.count('uploading') === 0) return [limits];
	const {whole, short} = transfer(model);
	return [[...whole, span('  '), ...limits], whole, short];
}

function transfer({table, now}: StatusModel): {whole: Line; short: Line} {
	const {sent, left} = bytesOf(table);
	const rate = table.uploadRate(now);
	const speed = rate > 0 ? `${fileSize(rate)}/s` : '';
	const amount = `${fileSize(sent)} of ${fileSize(sent + left)} sent`;
	const time = rate > 0 && left > 0 ? `, ~${clockTime(Math.ceil(left / rate))}` : '';
	return {
		whole: [span(amount, 'accent'), span(`${speed === '' ? '' : ', '}${speed}${time} `, 'muted')],
		short: [span(`${speed} `, 'accent')],
	};
}

interface Bytes {
	readonly version: number;
	readonly sent: number;
	/** Of what waits or is being sent. */
	readonly left: number;
}

const known = new WeakMap<BatchTable, Bytes>();

/** Counted once for each version of the table. */
function bytesOf(table: BatchTable): Bytes {
	const before = known.get(table);
	if (before?.version === table.version) return before;
	let sent = 0;
	let left = 0;
	for (const {state, bytes = 0, sentBytes} of table.rows) {
		sent += sentBytes;
		if (state === 'queued' || state === 'checking' || state === 'converting' || state === 'uploading')
			left += Math.max(0, bytes - sentBytes);
	}
	const counted = {version: table.version, sent, left};
	known.set(table, counted);
	return counted;
}
