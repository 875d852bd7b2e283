import type {AppController} from '../controllers/app-controller.ts';
import type {BindingGroup} from '../keys/bindings.ts';
import {historyBindings, historySearchBindings} from '../keys/history-bindings.ts';
import {viewerBindings} from '../keys/viewer-bindings.ts';
import {foundLines, foundPlace, listLines} from '../presentation/history-lines.ts';
import {emptyHistory, historyStatus} from '../presentation/history-status.ts';
import {topFor} from '../presentation/scrolling.ts';
import {viewerScreen} from '../presentation/viewer-lines.ts';
import type {Look} from '../theme/look.tsx';
import type {BodySize, Place, Screen, Target} from './screen.ts';

/** Rows above the list. */
const HEADING = 1;

/** Everything that was transcribed here, what is found in it, or what is read of it. */
export class HistoryPlace implements Place {
	readonly tab = 'history';
	readonly title = 'History';
	readonly stores;
	readonly #app: AppController;
	/** The first entry that was shown, and the first row of what was found. */
	#top = 0;
	#foundTop = 0;

	constructor(app: AppController) {
		this.#app = app;
		const {store, list, search, viewer} = app.history;
		this.stores = [
			...[store, list.store, search.store, search.field.store],
			...[viewer.store, viewer.search.store, viewer.chooser.store, viewer.sound.store],
		];
		app.store.subscribe(({tab, leaving}) => {
			if (tab !== this.tab || leaving) app.history.hide();
		});
	}

	running(): string {
		return '';
	}

	shown(): void {
		this.#app.history.show();
	}

	typing() {
		const {viewer, search} = this.#app.history;
		if (viewer.isOpen) return viewer.field;
		return search.store.getState().typing ? search.field : undefined;
	}

	bindings(size: BodySize): readonly BindingGroup[] {
		const {history} = this.#app;
		if (history.viewer.isOpen) return this.#viewerBindings(size);
		if (history.search.store.getState().typing) return [historySearchBindings(history)];
		return [historyBindings(history, size.rows - HEADING)];
	}

	screen(size: BodySize, look: Look): Screen {
		const {history, services} = this.#app;
		const {viewer, search, list} = history;
		if (viewer.isOpen) return viewerScreen(viewer, size, look);
		const status = historyStatus(history, size.columns);
		const isEmpty = search.isActive ? search.selected === undefined : list.store.getState().total === 0;
		if (isEmpty) return {body: emptyHistory(history, services.history !== undefined, size), status};
		return {...(search.isActive ? this.#found(size, look) : this.#list(size, look)), status};
	}

	#list(size: BodySize, {glyphs}: Look): Omit<Screen, 'status'> {
		const {list} = this.#app.history;
		const {cursor, total} = list.store.getState();
		const visible = size.rows - HEADING;
		const top = topFor(cursor, this.#top, visible, total);
		this.#top = top;
		return {
			body: listLines(list, top, glyphs, size),
			targets: Array.from({length: Math.min(total - top, visible)}, (_, index) =>
				this.#target(index, top + index === cursor, () => list.moveTo(() => top + index)),
			),
		};
	}

	#found(size: BodySize, {glyphs}: Look): Omit<Screen, 'status'> {
		const {search} = this.#app.history;
		const {cursor, rows} = search.store.getState();
		const visible = size.rows - HEADING;
		const places = rows.map((row, index) => foundPlace(row, index, size.rows));
		const top = topFor(places[cursor]!, this.#foundTop, visible, places.at(-1)! + 1);
		this.#foundTop = top;
		return {
			body: foundLines(search, top, glyphs, size),
			targets: places.flatMap((place, index) =>
				place < top || place >= top + visible
					? []
					: [this.#target(place - top, index === cursor, () => search.moveTo(index))],
			),
		};
	}

	/** A click chooses; another one on the same row opens it. */
	#target(row: number, isSelected: boolean, choose: () => void): Target {
		return {row: row + HEADING, run: () => (isSelected ? void this.#app.history.open() : choose())};
	}

	/** Esc leads back at once, as long as nothing was looked for in the text itself. */
	#viewerBindings(size: BodySize): readonly BindingGroup[] {
		const {history} = this.#app;
		const {viewer} = history;
		const groups = viewerBindings(viewer, size);
		if (!history.marksFound) return groups;
		const back = {
			keys: ['escape', 'backspace'],
			label: 'back',
			description: 'Back to what was found',
			run: () => viewer.close(),
		};
		return groups.map((group) => ({
			...group,
			bindings: group.bindings.map((one) => (one.keys.includes('escape') ? {...one, ...back} : one)),
		}));
	}
}
