import type {AppController} from '../controllers/app-controller.ts';
import {batchBindings} from '../keys/batch-bindings.ts';
import {filterBindings} from '../keys/batch-list-bindings.ts';
import {paneBindings, readingBindings, recordingBindings} from '../keys/reading-bindings.ts';
import {viewerBindings} from '../keys/viewer-bindings.ts';
import {batchLines, headingPlaces} from '../presentation/batch-lines.ts';
import {batchStatus} from '../presentation/batch-status.ts';
import {besideOf, detailsScreen, withPane} from '../presentation/details-screen.ts';
import {fieldSpans} from '../presentation/field-spans.ts';
import {span} from '../presentation/line.ts';
import {writingLine} from '../presentation/re-export-lines.ts';
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
		const {store, list, reader, reExport} = app.batch;
		this.stores = [
			store,
			list.store,
			list.field.store,
			reader.store,
			reader.details.store,
			reExport.store,
			...reader.viewer.stores,
		];
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
		const {reading} = batch.reader.store.getState();
		const isBeside = besideOf(size.columns) !== undefined;
		if (reading !== undefined && !isBeside) return [readingBindings(batch, size)];
		if (batch.list.store.getState().typing) return [filterBindings(batch.list)];
		const table = batchBindings(batch, size.rows - 1, services.demo);
		return reading === undefined ? [table] : [paneBindings(batch, size), table];
	}

	typing() {
		const {list, reader} = this.#app.batch;
		return reader.viewer.field ?? (list.store.getState().typing ? list.field : undefined);
	}

	screen(size: BodySize, look: Look): Screen {
		const {viewer, store} = this.#app.batch.reader;
		if (viewer.isOpen) return viewerScreen(viewer, size, look);
		const {reading} = store.getState();
		if (reading === undefined) return this.#table(size, look);
		const beside = besideOf(size.columns);
		if (beside === undefined) return detailsScreen(reading, size, look.glyphs);
		const table = this.#table(size, look, beside.table);
		return {...table, body: withPane(table.body, reading, size, look.glyphs)};
	}

	dropped(text: string): Promise<void> {
		return this.#app.batch.addDropped(text);
	}

	/** @param width columns of the table, where something stands beside it */
	#table({rows, columns}: BodySize, {glyphs, animations}: Look, width = columns): Screen {
		const {table, list, limits, paused, saves, store, reExport} = this.#app.batch;
		const {now, looking} = store.getState();
		const {sort, descending, marked, filter, typing} = list.store.getState();
		const {cursor, selected} = list;
		const visible = rows - 1;
		const top = topFor(cursor, this.#top, visible, list.rows.length);
		this.#top = top;
		const shown = {rows: list.rows, total: table.rows.length, cursor, top, marked, sort, descending};
		const facts = {table, limits, paused, looking, selected, marked: marked.size, filter, now};
		return {
			body: batchLines({...shown, now, saves, animations}, glyphs, rows, width),
			status: typing
				? [span(' / ', 'key'), ...fieldSpans(list.field, columns - 4)]
				: (writingLine(reExport.store.getState(), glyphs) ?? batchStatus(facts, glyphs, columns)),
			targets: [
				...headingPlaces(width).map(({sort: key, ...place}) => ({
					...place,
					row: 0,
					run: () => list.sortBy(key),
				})),
				...list.rows.slice(top, top + visible).map((_, index) => ({
					row: index + 1,
					from: 0,
					to: width,
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
}
