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
	const {now, scroll, sourceName} = useStore(realtime.store);
	const {view} = realtime;
	const {listeningSince} = view;
	const elapsed = listeningSince === undefined ? '…' : clockTime((now - listeningSince) / 1000);
	return {
		body: realtimeLines({view, scroll, sourceName, now}, glyphs, rows, columns),
		status: scroll === undefined ? statusLine(view, services.demo) : pausedLine(view, scroll),
		running: view.isRunning ? elapsed : '',
	};
}

function statusLine({problem, saved, state, simulated}: LiveView, demo: boolean): Line {
	if (problem !== undefined) return [span(` ${problem}`, 'error')];
	const [first] = saved;
	if (first !== undefined) {
		const place = first.slice(0, -extname(first).length);
		return [span(` Saved ${place} (${saved.map((path) => extname(path).slice(1)).join(', ')})`, 'ok')];
	}
	if (state === 'ended' && demo) return [span(' Not saved: this is the demo', 'muted')];
	return simulated ? [span(' SIMULATED', 'warn')] : EMPTY;
}
