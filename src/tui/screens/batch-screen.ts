import type {AppController} from '../controllers/app-controller.ts';
import {batchBindings} from '../keys/batch-bindings.ts';
import {filterBindings} from '../keys/batch-list-bindings.ts';
import {readingBindings, recordingBindings} from '../keys/reading-bindings.ts';
import {viewerBindings} from '../keys/viewer-bindings.ts';
import {batchLines, headingPlaces} from '../presentation/batch-lines.ts';
import {batchStatus} from '../presentation/batch-status.ts';
import {fieldSpans} from '../presentation/field-spans.ts';
import {EMPTY, span} from '../presentation/line.ts';
import {readingRows, readingText, readingTitle} from '../presentation/reading-lines.ts';
import {topFor} from '../presentation/scrolling.ts';
import {viewerScreen} from '../presentation/viewer-lines.ts';
import type {Look} from '../theme/look.tsx';
import type {BodySize, Place, Screen} from './screen.ts';

/** The table of jobs, or what is read of one of them. */
export class BatchPlace implements Place {
	readonly tab = 'batch';
	readonly title = 'Batch';
	readonly stores;
	readonly #app: AppController;
	/** The first row that was shown: the table moves no more than it must. */
	#top = 0;

	constructor(app: AppController) {
		this.#app = app;
		const {store, list, reader} = app.batch;
		this.stores = [store, list.store, list.field.store, reader.store, ...reader.viewer.stores];
	}

	running(): string {
		const {table, paused} = this.#app.batch;
		if (table.unfinished === 0) return '';
		const finished = table.count('done', 'left', 'failed', 'cancelled');
		return `${finished}/${table.rows.length}${paused ? ' paused' : ''}`;
	}

	bindings(size: BodySize) {
		const {batch, services} = this.#app;
		const {viewer} = batch.reader;
		if (viewer.isOpen) return viewerBindings(viewer, size, {more: recordingBindings(batch)});
		if (batch.reader.store.getState().reading !== undefined) return [readingBindings(batch, size)];
		if (batch.list.store.getState().typing) return [filterBindings(batch.list)];
		return [batchBindings(batch, size.rows - 1, services.demo)];
	}

	typing() {
		const {list, reader} = this.#app.batch;
		return reader.viewer.field ?? (list.store.getState().typing ? list.field : undefined);
	}

	screen(size: BodySize, look: Look): Screen {
		const {viewer, store} = this.#app.batch.reader;
		if (viewer.isOpen) return viewerScreen(viewer, size, look);
		return store.getState().reading === undefined ? this.#table(size, look) : this.#reading(size);
	}

	dropped(text: string): Promise<void> {
		return this.#app.batch.addDropped(text);
	}

	#table({rows, columns}: BodySize, {glyphs, animations}: Look): Screen {
		const {table, list, limits, paused, saves, store} = this.#app.batch;
		const {now, looking} = store.getState();
		const {sort, descending, marked, filter, typing} = list.store.getState();
		const {cursor, selected} = list;
		const visible = rows - 1;
		const top = topFor(cursor, this.#top, visible, list.rows.length);
		this.#top = top;
		const shown = {rows: list.rows, total: table.rows.length, cursor, top, marked, sort, descending};
		const facts = {table, limits, paused, looking, selected, marked: marked.size, filter, now};
		return {
			body: batchLines({...shown, now, saves, animations}, glyphs, rows, columns),
			status: typing
				? [span(' / ', 'key'), ...fieldSpans(list.field, columns - 4)]
				: batchStatus(facts, glyphs, columns),
			targets: [
				...headingPlaces(columns).map(({sort: key, ...place}) => ({
					...place,
					row: 0,
					run: () => list.sortBy(key),
				})),
				...list.rows.slice(top, top + visible).map((_, index) => ({
					row: index + 1,
					run: () => this.#click(top + index),
				})),
			],
		};
	}

	/** A click chooses; another one on the same row opens it. */
	#click(index: number): void {
		const {list, reader} = this.#app.batch;
		if (list.cursor === index) void reader.read();
		else list.moveTo(() => index);
	}

	#reading({rows, columns}: BodySize): Screen {
		const {reader, table, store} = this.#app.batch;
		const reading = reader.store.getState().reading!;
		const text = readingText(reading, table, store.getState().now, columns);
		const visible = readingRows(rows);
		const last = Math.max(0, text.length - visible);
		const top = Math.min(reading.top, last);
		const end = Math.min(text.length, top + visible);
		return {
			body: [readingTitle(reading, columns), EMPTY, ...text.slice(top, top + visible)],
			status: last === 0 ? EMPTY : [span(` ${top + 1}–${end} of ${text.length}`, 'muted')],
		};
	}
}
