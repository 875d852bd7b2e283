import type {AppController} from '../controllers/app-controller.ts';
import {settingsBindings} from '../keys/settings-bindings.ts';
import {sheetTargets} from '../keys/sheet-bindings.ts';
import {centred, EMPTY, span} from '../presentation/line.ts';
import {sheetContent} from '../presentation/sheet-lines.ts';
import type {Look} from '../theme/look.tsx';
import type {BodySize, Place, Screen} from './screen.ts';

/** Rows below the list. */
const MEANING = 3;

/** What is set, and where it comes from. */
export class SettingsPlace implements Place {
	readonly tab = 'settings';
	readonly title = 'Settings';
	readonly stores;
	readonly #app: AppController;
	#top = 0;

	constructor(app: AppController) {
		this.#app = app;
		const {sheet} = app.settings;
		this.stores = [sheet.store, sheet.field.store];
	}

	running(): string {
		return '';
	}

	shown(): void {
		this.#app.settings.open();
	}

	typing() {
		const {sheet} = this.#app.settings;
		return sheet.store.getState().editing ? sheet.field : undefined;
	}

	bindings({rows}: BodySize) {
		return [settingsBindings(this.#app.settings, rows - MEANING)];
	}

	screen(size: BodySize, {glyphs}: Look): Screen {
		const {sheet} = this.#app.settings;
		if (sheet.rows.length === 0) {
			const body = centred([[span('There are no settings here', 'strong')]], size.rows, size.columns);
			return {body, status: EMPTY};
		}
		const {lines, top, options} = sheetContent(sheet, this.#top, glyphs, size);
		this.#top = top;
		return {
			body: lines,
			status: [span(' What is set here is kept in config.toml', 'muted')],
			targets: sheetTargets(sheet, options),
		};
	}
}
