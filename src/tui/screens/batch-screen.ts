import {useRef} from 'react';
import {useStore} from 'zustand';
import type {Screen} from '../app.tsx';
import type {AppController} from '../controllers/app-controller.ts';
import {batchLines, readingRows, topFor, totalsLine} from '../presentation/batch-lines.ts';
import {EMPTY, type Line, span, spread} from '../presentation/line.ts';
import {transcriptLines} from '../presentation/speech-lines.ts';
import {useLook} from '../theme/look.tsx';

/** The table of jobs, or the transcript that is being read. */
export function useBatchScreen({batch}: AppController, rows: number, columns: number): Screen {
	const {glyphs} = useLook();
	const {cursor, reading, now} = useStore(batch.store);
	const {table} = batch;
	const lastTop = useRef(0);
	const finished = table.count('done', 'failed', 'cancelled');
	const running = table.unfinished === 0 ? '' : `${finished}/${table.rows.length}`;
	if (reading !== undefined) {
		const text = transcriptLines(reading.lines, columns);
		const visible = readingRows(rows);
		const last = Math.max(0, text.length - visible);
		const top = Math.min(reading.top, last);
		const title: Line = [span(` ${reading.title}`, 'strong')];
		const mark: Line = reading.simulated ? [span('SIMULATED ', 'warn')] : [];
		const end = Math.min(text.length, top + visible);
		return {
			body: [spread(title, mark, columns), EMPTY, ...text.slice(top, top + visible)],
			status: last === 0 ? EMPTY : [span(` ${top + 1}–${end} of ${text.length}`, 'muted')],
			running,
		};
	}
	// Where a reason has no room in its row, it has some here.
	const reason = batch.selected?.reason;
	const totals = totalsLine(table);
	const visible = rows - 1;
	const top = topFor(cursor, lastTop.current, visible, table.rows.length);
	lastTop.current = top;
	return {
		body: batchLines({table, cursor, top, now, saves: batch.saves}, glyphs, rows, columns),
		status:
			reason === undefined
				? totals
				: [...totals, span(`  ${glyphs.separator} `, 'muted'), span(reason, 'error')],
		running,
	};
}
