/** Whatever is pressed, clicked and dropped, in whatever window: a whole screen, and a way back. */
import {describe, expect, setDefaultTimeout, test} from 'bun:test';
import {widthOf} from '../../src/platform/width.ts';
import {AppController} from '../../src/tui/controllers/app-controller.ts';
import {activeBindings} from '../../src/tui/keys/active-bindings.ts';
import {press} from '../../src/tui/keys/press.ts';
import {footerHints} from '../../src/tui/presentation/footer-lines.ts';
import {bodySize, windowOf} from '../../src/tui/presentation/window.ts';
import type {BodySize} from '../../src/tui/screens/screen.ts';
import type {Services} from '../../src/tui/services.ts';
import {inAscii} from '../../src/tui/theme/ascii.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {type MonkeyWorld, monkeyWorld, STRANGE} from '../helpers/monkey-world.ts';
import {text, WINDOWS} from '../helpers/presentation.ts';
import {seeded} from '../helpers/seeded.ts';

/** More of both is for a run by hand. */
const SEEDS = (process.env.MONKEY_SEEDS ?? '1,5,11,23,26').split(',').map(Number);
const STEPS = Number(process.env.MONKEY_STEPS ?? 400);
/** Presses of Esc after which a tab must be seen as it is when it is entered. */
const MOST_ESCAPES = 8;

const LOOKS = [lookOf({LANG: 'C.UTF-8'}, 'linux'), lookOf({LANG: 'C'}, 'linux')] as const;
const EXTRA_KEYS = [
	...['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'enter', 'escape', 'space', 'tab'],
	...['backspace', 'delete', 'ctrl+a', 'ctrl+u', 'ctrl+w', 'ctrl+k', 'alt+x', 'f'],
	...STRANGE.flatMap((one) => [...one]),
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is the point.
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/;
const FROM_DATA = new Set(STRANGE.join(''));

setDefaultTimeout(120_000);

class Monkey {
	readonly done: string[] = [];
	readonly #world: MonkeyWorld;
	readonly #random: () => number;
	app: AppController;
	window: BodySize = {columns: 80, rows: 24};
	hasLeft = false;

	constructor(world: MonkeyWorld, seed: number) {
		this.#world = world;
		this.#random = seeded(seed);
		this.app = this.#start();
	}

	#start(): AppController {
		this.hasLeft = false;
		const app = new AppController(this.#world.services, () => performance.now(), {toggle: () => {}});
		app.attach({
			// What would ask the terminal is not run: it is as if nothing was answered.
			suspend: async () => {},
			exit: () => {
				this.hasLeft = true;
			},
		});
		keepAwayFromOthers(app, this.#world.services);
		app.begin();
		return app;
	}

	/** Something at random. */
	async step(): Promise<void> {
		const kind = this.#random();
		if (this.app.store.getState().leaving) {
			this.done.push('(leaving)');
			await until(() => this.hasLeft);
			this.app = this.#start();
		} else if (kind < 0.05) {
			const [columns, rows] = this.#one(WINDOWS);
			this.done.push(`${columns}x${rows}`);
			this.window = {columns, rows};
		} else if (kind < 0.15) {
			const targets = this.#targets();
			if (targets.length === 0) return;
			const index = Math.floor(this.#random() * targets.length);
			this.done.push(`click ${index}`);
			targets[index]!.run();
		} else if (kind < 0.18) {
			const dropped = this.#one(this.#world.droppable);
			this.done.push(`drop ${dropped.slice(0, 40)}`);
			await this.app.dropped(dropped);
		} else if (kind < 0.2) {
			this.done.push('notice');
			this.app.notices.tell(`Something ${this.#one(STRANGE)}`, this.#one(['info', 'problem'] as const));
		} else this.#press(this.#one(kind < 0.75 ? this.#keys() : EXTRA_KEYS));
		// What was begun goes on a little.
		if (this.#random() < 0.3) await new Promise((resolve) => setTimeout(resolve, this.#random() * 4));
	}

	/** Opens what can be opened everywhere, and closes it again. */
	checkOverlays(): void {
		const {dialog, leaving} = this.app.store.getState();
		if (leaving || dialog !== undefined || this.app.place.typing?.() !== undefined) return;
		for (const [key, title] of [
			['?', 'Help'],
			['ctrl+p', 'Commands'],
		] as const) {
			this.#press(key);
			const shown = this.app.store.getState().dialog?.bindings(bodySize(this.app, this.window));
			expect(shown?.map((group) => group.title)).toEqual([title]);
			this.look();
			this.#press('escape');
			if (this.app.store.getState().dialog !== undefined) this.#press('escape');
			expect(this.app.store.getState().dialog).toBeUndefined();
		}
	}

	/** Out of everything by Esc, then to the end. */
	checkWayOut(): void {
		for (let presses = 0; presses < MOST_ESCAPES && !this.isAtMain; presses++) this.#press('escape');
		expect(this.isAtMain).toBe(true);
		if (this.app.store.getState().leaving) return;
		this.#press('q');
		const {dialog, leaving} = this.app.store.getState();
		if (!leaving) {
			expect(dialog?.bindings(this.window)[0]?.title).toBe('Quit?');
			this.look();
			this.#press('escape');
			if (this.app.store.getState().dialog !== undefined) this.#press('escape');
			expect(this.app.store.getState().dialog).toBeUndefined();
		}
	}

	/** Whether the tab is seen as it is when it is entered. */
	get isAtMain(): boolean {
		const {app} = this;
		const {dialog, leaving} = app.store.getState();
		if (leaving) return true;
		if (dialog !== undefined || app.place.typing?.() !== undefined || app.place.whole?.() === true)
			return false;
		if (app.notices.store.getState().notice?.kind === 'problem') return false;
		const {reader} = app.batch;
		switch (app.place.tab) {
			case 'batch':
				return !reader.viewer.isOpen && reader.store.getState().reading === undefined;
			case 'history':
				return !app.history.viewer.isOpen && !app.history.search.isActive;
			default:
				return true;
		}
	}

	/** What is seen must be whole. */
	look(): void {
		const {columns, rows} = this.window;
		for (const look of LOOKS) {
			const {lines} = windowOf(this.app, this.window, look);
			expect(lines).toHaveLength(rows);
			for (const line of lines) {
				const shown = text(line);
				if (UNSAFE.test(shown)) throw new Error(`A control character: ${JSON.stringify(shown)}`);
				if (widthOf(shown) > columns) throw new Error(`${widthOf(shown)} of ${columns} columns: ${shown}`);
				if (!look.glyphs.ascii) continue;
				const other = [...inAscii(shown)].find((sign) => sign > '~' && !FROM_DATA.has(sign));
				if (other !== undefined) throw new Error(`No ASCII: ${JSON.stringify(other)} in ${shown}`);
			}
		}
		const groups = activeBindings(this.app, bodySize(this.app, this.window));
		for (const {binding} of footerHints(groups, columns)) expect(binding.disabled?.()).toBeUndefined();
	}

	async end(): Promise<void> {
		if (!this.app.store.getState().leaving) void this.app.leave();
		await until(() => this.hasLeft);
	}

	#press(key: string): void {
		this.done.push(key);
		press(this.app, key, this.window);
	}

	#keys(): string[] {
		const groups = activeBindings(this.app, bodySize(this.app, this.window));
		const keys = groups.flatMap(({bindings}) => bindings.flatMap((binding) => binding.keys));
		// To leave is easily done; more is seen by those who stay.
		const staying = keys.filter((key) => key !== 'q' && key !== 'ctrl+c');
		return this.#random() < 0.02 ? keys : staying.length > 0 ? staying : EXTRA_KEYS;
	}

	#targets() {
		return windowOf(this.app, this.window, LOOKS[0]).targets;
	}

	#one<Item>(items: readonly Item[]): Item {
		return items[Math.floor(this.#random() * items.length)]!;
	}
}

/** No microphone is opened, and no list of them is asked for. */
function keepAwayFromOthers({realtime}: AppController, {samplePath}: Services): void {
	Object.defineProperty(realtime.source, 'choice', {value: {from: 'file', path: samplePath}});
	realtime.source.chooseDevice = async () => {};
}

async function until(what: () => boolean): Promise<void> {
	const end = performance.now() + 20_000;
	while (!what()) {
		if (performance.now() > end) throw new Error('It did not come to that');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

describe('whatever is pressed, clicked and dropped', () => {
	test.each(SEEDS)('the screen stays whole, and there is a way back; seed %d', async (seed) => {
		await using world = await monkeyWorld();
		const monkey = new Monkey(world, seed);
		try {
			for (let step = 1; step <= STEPS; step++) {
				await monkey.step();
				monkey.look();
				if (step % 25 === 0) monkey.checkOverlays();
				if (step % 50 === 0) monkey.checkWayOut();
			}
			await monkey.end();
		} catch (error) {
			const keys = JSON.stringify(monkey.done.slice(-60));
			throw new Error(`Seed ${seed}, ${monkey.done.length} done, the last ${keys}`, {cause: error});
		}
	});
});
