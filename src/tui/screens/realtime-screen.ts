import {extname} from 'node:path';
import {useStore} from 'zustand';
import {clockTime} from '../../platform/units.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {Screen} from '../app.tsx';
import type {AppController} from '../controllers/app-controller.ts';
import {EMPTY, type Line, span} from '../presentation/line.ts';
import {pausedLine, realtimeLines} from '../presentation/realtime-lines.ts';
import {useLook} from '../theme/look.tsx';

/** Live captions. */
export function useRealtimeScreen(
	{realtime, services}: AppController,
	rows: number,
	columns: number,
): Screen {
	const {glyphs} = useLook();
	const {now, scroll, sourceName, labels} = useStore(realtime.store);
	const {view, config} = realtime;
	const {listeningSince} = view;
	const elapsed = listeningSince === undefined ? '…' : clockTime((now - listeningSince) / 1000);
	return {
		body: realtimeLines({view, scroll, sourceName, config, now, labels}, glyphs, rows, columns),
		status: scroll === undefined ? statusLine(view, services.demo) : pausedLine(view, scroll),
		running: view.isRunning ? elapsed : '',
	};
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
