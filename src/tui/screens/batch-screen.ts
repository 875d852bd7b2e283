import {useRef} from 'react';
import {useStore} from 'zustand';
import type {Screen} from '../app.tsx';
import type {AppController} from '../controllers/app-controller.ts';
import {batchLines, topFor} from '../presentation/batch-lines.ts';
import {batchStatus} from '../presentation/batch-status.ts';
import {EMPTY, span} from '../presentation/line.ts';
import {questionLines} from '../presentation/question-lines.ts';
import {readingRows, readingText, readingTitle} from '../presentation/reading-lines.ts';
import {useLook} from '../theme/look.tsx';

const NEW_JOB = ['The service transcribes it anew, and that costs again.', 'r would try again without.'];

/** The table of jobs, or what is read, or a question. */
export function useBatchScreen({batch}: AppController, rows: number, columns: number): Screen {
	const {glyphs} = useLook();
	const {cursor, now, looking, askingNewJob} = useStore(batch.store);
	const {reading} = useStore(batch.reader.store);
	const {table, limits, paused, selected} = batch;
	const lastTop = useRef(0);
	const finished = table.count('done', 'left', 'failed', 'cancelled');
	const running = table.unfinished === 0 ? '' : `${finished}/${table.rows.length}${paused ? ' paused' : ''}`;
	if (reading !== undefined) {
		const text = readingText(reading, table, now, columns);
		const visible = readingRows(rows);
		const last = Math.max(0, text.length - visible);
		const top = Math.min(reading.top, last);
		const end = Math.min(text.length, top + visible);
		return {
			body: [readingTitle(reading, columns), EMPTY, ...text.slice(top, top + visible)],
			status: last === 0 ? EMPTY : [span(` ${top + 1}–${end} of ${text.length}`, 'muted')],
			running,
		};
	}
	const status = batchStatus({table, limits, paused, looking, selected, now}, glyphs, columns);
	if (askingNewJob !== undefined) {
		const what = `A new job for ${askingNewJob.name}`;
		return {body: questionLines(what, 'Make it?', NEW_JOB, rows, columns), status, running};
	}
	const visible = rows - 1;
	const top = topFor(cursor, lastTop.current, visible, table.rows.length);
	lastTop.current = top;
	return {
		body: batchLines({table, cursor, top, now, saves: batch.saves}, glyphs, rows, columns),
		status,
		running,
	};
}
