import {extname} from 'node:path';
import {clockTime} from '../../platform/units.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {AppController} from '../controllers/app-controller.ts';
import {realtimeBindings} from '../keys/realtime-bindings.ts';
import {EMPTY, type Line, span} from '../presentation/line.ts';
import {finalRows, pausedLine, realtimeLines} from '../presentation/realtime-lines.ts';
import {stageScreen} from '../presentation/stage-lines.ts';
import type {Look} from '../theme/look.tsx';
import type {BodySize, Place, Screen} from './screen.ts';

/** Live captions. */
export class RealtimePlace implements Place {
	readonly tab = 'realtime';
	readonly title = 'Realtime';
	readonly stores;
	readonly #app: AppController;

	constructor(app: AppController) {
		this.#app = app;
		this.stores = [app.realtime.store];
	}

	running(): string {
		const {view, store} = this.#app.realtime;
		if (!view.isRunning) return '';
		const {listeningSince} = view;
		return listeningSince === undefined ? '…' : clockTime((store.getState().now - listeningSince) / 1000);
	}

	bindings({rows, columns}: BodySize) {
		const {realtime, services} = this.#app;
		return [realtimeBindings(realtime, {rows: finalRows(rows), columns}, services.demo)];
	}

	/** The stage is for a room's screen: nothing but the captions. */
	whole(): boolean {
		return this.#app.realtime.store.getState().stage;
	}

	screen(size: BodySize, look: Look): Screen {
		const {view, config, store, talk} = this.#app.realtime;
		const {realtimeStart, demo} = this.#app.services;
		const {language} = realtimeStart.transcriptionConfig;
		if (this.whole()) return stageScreen({view, language, demo}, size, look);
		const {now, scroll, sourceName, labels} = store.getState();
		const model = {view, scroll, sourceName, config, now, labels, talk, spoken: look.screenReader};
		return {
			body: realtimeLines(model, look.glyphs, size.rows, size.columns),
			status: scroll === undefined ? statusLine(view, this.#app.services.demo) : pausedLine(view, scroll),
		};
	}

	dropped(text: string): Promise<void> {
		return this.#app.realtime.streamDropped(text);
	}
}

function statusLine({problem, saved, state, endReason, simulated}: LiveView, demo: boolean): Line {
	const [first] = saved;
	// A warning on the way matters no more when all is saved; why a session failed does.
	if (problem !== undefined && (first === undefined || endReason === 'failed')) {
		return [span(` ${problem}`, 'error'), ...(first === undefined ? [] : savedSpans(saved))];
	}
	if (first !== undefined) return savedSpans(saved);
	if (state === 'ended' && demo) return [span(' Not saved: this is the demo', 'muted')];
	return simulated ? [span(' SIMULATED', 'warn')] : EMPTY;
}

function savedSpans(saved: readonly string[]): Line {
	const [first = ''] = saved;
	const place = first.slice(0, -extname(first).length);
	return [span(` Saved ${place} (${saved.map((path) => extname(path).slice(1)).join(', ')})`, 'ok')];
}
