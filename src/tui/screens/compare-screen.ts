import type {AppController} from '../controllers/app-controller.ts';
import {compareBindings} from '../keys/compare-bindings.ts';
import {type CompareModel, reportLines, runningLines} from '../presentation/compare-lines.ts';
import {centred, EMPTY, type Line, span} from '../presentation/line.ts';
import type {Look} from '../theme/look.tsx';
import type {BodySize, Place, Screen} from './screen.ts';

/** One recording both ways. */
export class ComparePlace implements Place {
	readonly tab = 'compare';
	readonly title = 'Compare';
	readonly stores;
	readonly #app: AppController;
	/** Of the report that was shown last. */
	#rows = 0;

	constructor(app: AppController) {
		this.#app = app;
		this.stores = [app.compare.store];
	}

	running(): string {
		const {running, elapsed} = this.#app.compare.store.getState();
		return running ? `${Math.floor(elapsed)} s` : '';
	}

	bindings({rows}: BodySize) {
		const {compare, services} = this.#app;
		return [compareBindings(compare, {rows: this.#rows, visible: rows}, services.demo)];
	}

	screen(size: BodySize, look: Look): Screen {
		const {compare} = this.#app;
		const {comparison, elapsed, running, path, reference, top} = compare.store.getState();
		if (path === undefined) return {body: emptyLines(size), status: EMPTY};
		const now = elapsed * 1000;
		const model: CompareModel = {comparison, elapsed, running, rates: compare.rates, reference, now};
		if (running) {
			this.#rows = 0;
			return {body: runningLines(model, look, size), status: statusLine(model)};
		}
		const report = reportLines(model, look, size.columns);
		this.#rows = report.length;
		const first = Math.max(0, Math.min(top, report.length - size.rows));
		const end = Math.min(report.length, first + size.rows);
		return {
			body: report.slice(first, end),
			status: report.length > size.rows ? [span(` ${first + 1}–${end} of ${report.length}`, 'muted')] : EMPTY,
		};
	}

	dropped(text: string): Promise<void> {
		return this.#app.compare.compareDropped(text);
	}
}

function statusLine({comparison}: CompareModel): Line {
	const {batch, realtime} = comparison;
	if (realtime.phase === 'streaming') return [span(' Realtime hears it at its own speed', 'muted')];
	return batch.phase === 'processing' ? [span(' The job is at the service', 'muted')] : EMPTY;
}

function emptyLines({rows, columns}: BodySize): Line[] {
	return centred(
		[
			[span('One recording, both ways at the same moment', 'strong')],
			EMPTY,
			[span('How soon, how exact, how much: batch beside realtime.', 'muted')],
			EMPTY,
			[span('Press '), span('a', 'key'), span(' to pick a recording, or drop one here;')],
			[span('t', 'key'), span(' names a text that both are judged by.')],
		],
		rows,
		columns,
	);
}
