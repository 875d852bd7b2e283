/** The whole window as lines: the tabs, the body, the status, and the keys. */
import type {AppController} from '../controllers/app-controller.ts';
import {activeBindings} from '../keys/active-bindings.ts';
import {runBinding} from '../keys/bindings.ts';
import type {BodySize, Target} from '../screens/screen.ts';
import type {Look} from '../theme/look.tsx';
import {footerHints, footerLine} from './footer-lines.ts';
import {type HeaderModel, headerOf, type TabPlace} from './header-lines.ts';
import {clipLine, EMPTY, filled, type Line, span} from './line.ts';

/** Tabs and rule above. */
const ABOVE = 2;
/** Status and keys below. */
const BELOW = 2;

/** What is left for a tab's own screen. @param window the whole of it */
export function bodySize(app: AppController, {rows, columns}: BodySize): BodySize {
	return isWhole(app) ? {rows, columns} : {rows: rows - ABOVE - BELOW, columns};
}

function isWhole({place, store}: AppController): boolean {
	const {dialog, leaving} = store.getState();
	return dialog === undefined && !leaving && place.whole?.() === true;
}

export interface WindowContent {
	readonly lines: readonly Line[];
	/** In the coordinates of the window. */
	readonly targets: readonly Target[];
}

/** @param window the whole of it */
export function windowOf(app: AppController, window: BodySize, look: Look): WindowContent {
	const {columns, rows} = window;
	const size = bodySize(app, window);
	const {dialog} = app.store.getState();
	const screen =
		dialog === undefined
			? app.place.screen(size, look)
			: {body: dialog.lines(size, look), status: dialog.status?.(size) ?? EMPTY, targets: dialog.targets?.()};
	if (isWhole(app)) return {lines: filled(screen.body, rows), targets: screen.targets ?? []};

	const groups = activeBindings(app, size);
	const header = headerOf(headerModel(app), look.glyphs, columns);
	const hints = footerHints(groups, columns);
	return {
		lines: [
			...header.lines,
			...filled(screen.body, size.rows).map((line) => clipLine(line, columns)),
			clipLine(statusOf(app) ?? screen.status, columns),
			clipLine(footerLine(hints), columns),
		],
		targets: [
			// What lies over a tab is answered first.
			...(dialog === undefined ? tabTargets(app, header.places) : []),
			...(screen.targets ?? []).map((target) => ({...target, row: target.row + ABOVE})),
			...hints.map(({from, to, binding}) => ({
				row: rows - 1,
				from,
				to,
				run: () => runBinding(binding, app.notices.tellNotNow),
			})),
		],
	};
}

function tabTargets(app: AppController, places: readonly TabPlace[]): Target[] {
	return places.map((place, index) => ({...place, row: 0, run: () => app.show(app.places[index]!.tab)}));
}

function headerModel({places, place, services}: AppController): HeaderModel {
	return {
		tabs: places.map((one) => ({title: one.title, running: one.running()})),
		active: places.indexOf(place),
		demo: services.demo,
	};
}

/** What is more urgent than the tab's own status. */
function statusOf({store, notices}: AppController): Line | undefined {
	if (store.getState().leaving) return [span(' Finishing what is running… Ctrl-C leaves at once', 'warn')];
	const {notice} = notices.store.getState();
	return notice && [span(` ${notice.text}`, notice.kind === 'problem' ? 'error' : 'accent')];
}
