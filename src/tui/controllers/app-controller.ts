/** What goes across the tabs: which is shown, what lies over it, and how it all ends. */
import {createStore} from 'zustand/vanilla';
import {messageOf} from '../../platform/message-of.ts';
import {quitDialog} from '../dialogs/quit.ts';
import {recoverDialog} from '../dialogs/recover.ts';
import {BatchPlace} from '../screens/batch-screen.ts';
import {ComparePlace} from '../screens/compare-screen.ts';
import {HistoryPlace} from '../screens/history-screen.ts';
import {RealtimePlace} from '../screens/realtime-screen.ts';
import type {Dialog, Place, Watched} from '../screens/screen.ts';
import {SettingsPlace} from '../screens/settings-screen.ts';
import type {Services, StoredSession, Terminal} from '../services.ts';
import {suspendProcess} from '../terminal/handover.ts';
import {BatchController} from './batch-controller.ts';
import {CompareController} from './compare-controller.ts';
import type {ControllerOptions} from './controller-options.ts';
import {HistoryController} from './history-controller.ts';
import {leftBehind} from './left-behind.ts';
import {type Notice, Notices} from './notices.ts';
import {RealtimeController} from './realtime-controller.ts';
import {SettingsController} from './settings-controller.ts';

export type Tab = 'batch' | 'realtime' | 'compare' | 'history' | 'settings';

export interface AppState {
	readonly tab: Tab;
	readonly dialog: Dialog | undefined;
	/** True while what runs is being ended. */
	readonly leaving: boolean;
}

/** Whether the terminal tells the mouse to this program, or keeps it for itself: to select text. */
export interface MouseSwitch {
	toggle(): void;
}

export class AppController {
	readonly store = createStore<AppState>(() => ({tab: 'batch', dialog: undefined, leaving: false}));
	readonly services: Services;
	readonly notices = new Notices();
	readonly mouse: MouseSwitch | undefined;
	readonly batch: BatchController;
	readonly realtime: RealtimeController;
	readonly compare: CompareController;
	readonly history: HistoryController;
	readonly settings: SettingsController;
	/** In the order of their keys. */
	readonly places: readonly Place[];
	#terminal: Terminal | undefined;
	#handedOver = false;

	constructor(services: Services, now: () => number, mouse?: MouseSwitch) {
		this.services = services;
		this.mouse = mouse;
		const options: ControllerOptions = {
			services,
			now,
			tell: this.notices.tell,
			open: (dialog) => this.open(dialog),
			handOver: (work) => this.#handOver(work),
		};
		this.batch = new BatchController(options);
		this.realtime = new RealtimeController(options);
		this.compare = new CompareController(options);
		this.history = new HistoryController(options);
		this.settings = new SettingsController(options);
		this.places = [
			new BatchPlace(this),
			new RealtimePlace(this),
			new ComparePlace(this),
			new HistoryPlace(this),
			new SettingsPlace(this),
		];
	}

	/** The tab that is shown. */
	get place(): Place {
		const {tab} = this.store.getState();
		return this.places.find((place) => place.tab === tab)!;
	}

	/** Whose changes are worth a new frame; what a dialog watches comes beside it. */
	get watched(): readonly Watched[] {
		return [this.store, this.notices.store, ...this.places.flatMap(({stores}) => stores)];
	}

	/** Says what there is to say at the start, and goes on with what earlier runs left undone. */
	begin(): void {
		const left = this.batch.goOn();
		// What concerns the settings comes first; the rest has its turn.
		this.notices.queue([
			...this.services.warnings.map((text): Notice => ({text, kind: 'problem'})),
			...(left > 0 ? [{text: leftBehind(left), kind: 'info'} as const] : []),
			...(this.notices.store.getState().notice === undefined ? [] : [this.notices.store.getState().notice!]),
		]);
		void this.#askAboutCrashed();
	}

	recover(session: StoredSession): void {
		this.closeDialog();
		this.show('realtime');
		this.realtime.stored.recover(session);
	}

	async #askAboutCrashed(): Promise<void> {
		try {
			const crashed = (await this.services.sessions?.crashed()) ?? [];
			const {leaving, dialog} = this.store.getState();
			if (leaving || dialog !== undefined || this.realtime.view.isRunning) return;
			this.open(recoverDialog(this, crashed));
		} catch (error) {
			this.notices.tell(messageOf(error), 'problem');
		}
	}

	/** Whether something else has the terminal. */
	get isHandedOver(): boolean {
		return this.#handedOver;
	}

	/** Called by the app when the terminal is its own. */
	attach(terminal: Terminal): void {
		this.#terminal = terminal;
	}

	show(tab: Tab): void {
		if (tab === this.store.getState().tab) return;
		this.store.setState({tab});
		this.place.shown?.();
	}

	/** To the next tab, or the one before; around the ends. */
	switchTab(by: 1 | -1): void {
		const at = this.places.indexOf(this.place);
		this.show(this.places.at((at + by) % this.places.length)!.tab);
	}

	open(dialog: Dialog | undefined): void {
		this.store.setState({dialog});
	}

	closeDialog(): void {
		this.open(undefined);
	}

	/** What would be cut off by leaving now, in words. */
	get running(): string[] {
		const recordings = this.batch.table.unfinished;
		return [
			...(recordings === 0 ? [] : [recordings === 1 ? 'a recording' : `${recordings} recordings`]),
			...(this.realtime.view.isRunning ? ['a live session'] : []),
			...(this.compare.running ? ['a comparison'] : []),
		];
	}

	/** What becomes of it, in sentences. */
	get consequences(): string[] {
		return [
			...(this.batch.table.unfinished === 0
				? []
				: this.services.demo
					? ['The demo forgets what it has not finished.']
					: [
							'Jobs at the service go on without this program.',
							'The next start goes on with them; nothing is paid twice.',
						]),
			...(this.realtime.view.isRunning ? ['The session gets its last words first.'] : []),
			...(this.compare.running ? ['The comparison ends with what it has.'] : []),
		];
	}

	/** Leaves, or asks first where something is running. */
	quit(): void {
		if (this.running.length === 0) void this.leave();
		else this.open(quitDialog(this));
	}

	/** Ends what runs in good order (a session still gets its last words), then leaves. Asked again, leaves at once. */
	async leave(): Promise<void> {
		if (this.store.getState().leaving) return this.#terminal?.exit();
		this.store.setState({leaving: true, dialog: undefined});
		await Promise.all([this.batch.end(), this.realtime.end(), this.compare.end()]);
		this.#terminal?.exit();
	}

	/** Ctrl-Z: back to the shell, and on from the same screen with `fg`. */
	suspend(): void {
		void this.#handOver(suspendProcess);
	}

	/** Files or text dropped or pasted into the window. */
	async dropped(text: string): Promise<void> {
		const {dialog, leaving} = this.store.getState();
		const {place, notices} = this;
		if (leaving) return;
		const field = (dialog ?? place).typing?.();
		if (field !== undefined) {
			if (!field.insert(text)) notices.tell('That is too long to be typed here', 'problem');
			return;
		}
		// What would come of it is hidden by what lies over the tab.
		if (dialog !== undefined) notices.tell('Not now: close this first, then drop it again');
		else if (place.dropped === undefined) notices.tell('Files go into Batch, Realtime or Compare');
		else await place.dropped(text);
	}

	async #handOver(work: () => Promise<void>): Promise<void> {
		if (this.#handedOver || this.#terminal === undefined) return;
		this.#handedOver = true;
		// Who else has the keyboard is told that a key was let go.
		this.realtime.heard.talk.lapse();
		let problem: string | undefined;
		try {
			await this.#terminal.suspend(async () => {
				await work().catch((error: unknown) => {
					problem = messageOf(error);
				});
			});
		} finally {
			this.#handedOver = false;
		}
		if (problem !== undefined) this.notices.tell(problem, 'problem');
	}
}
