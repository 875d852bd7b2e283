/** What goes across both tabs: which is shown, what lies over it, what is told, and how it all ends. */
import {createStore} from 'zustand/vanilla';
import type {Services, StoredSession, Terminal} from '../services.ts';
import {suspendProcess} from '../terminal/handover.ts';
import {BatchController} from './batch-controller.ts';
import {leftBehind} from './left-behind.ts';
import {RealtimeController} from './realtime-controller.ts';

export type Tab = 'batch' | 'realtime';

export interface Notice {
	readonly text: string;
	readonly kind: 'info' | 'problem';
}

/** Says something to the user for a few seconds. */
export type Tell = (text: string, kind?: Notice['kind']) => void;

export interface AppState {
	readonly tab: Tab;
	readonly overlay: 'help' | 'quit' | 'recover' | undefined;
	/** First row of the help that is shown. */
	readonly helpTop: number;
	readonly notice: Notice | undefined;
	/** Sessions of earlier runs that broke off, not asked about yet. */
	readonly crashed: readonly StoredSession[];
	/** True while what runs is being ended. */
	readonly leaving: boolean;
}

/** Milliseconds a notice stays. */
const NOTICE_TIME = 4000;

export class AppController {
	readonly store = createStore<AppState>(() => ({
		tab: 'batch',
		overlay: undefined,
		helpTop: 0,
		notice: undefined,
		crashed: [],
		leaving: false,
	}));
	readonly services: Services;
	readonly batch: BatchController;
	readonly realtime: RealtimeController;
	#terminal: Terminal | undefined;
	#noticeTimer: ReturnType<typeof setTimeout> | undefined;
	/** What is told when the present notice has had its time. */
	#later: Notice[] = [];
	#handedOver = false;

	constructor(services: Services, now: () => number) {
		this.services = services;
		const options = {
			services,
			now,
			tell: this.tell,
			handOver: (work: () => Promise<void>) => this.#handOver(work),
		};
		this.batch = new BatchController(options);
		this.realtime = new RealtimeController(options);
	}

	/** Says what there is to say at the start, and goes on with what earlier runs left undone. */
	begin(): void {
		const left = this.batch.goOn();
		if (left > 0) this.tell(leftBehind(left));
		// What concerns the settings comes first; the rest has its turn.
		const {warnings} = this.services;
		this.#later = [
			...warnings.map((text): Notice => ({text, kind: 'problem'})),
			...(this.store.getState().notice === undefined ? [] : [this.store.getState().notice!]),
		];
		this.#next();
		void this.#askAboutCrashed();
	}

	/** @param yes recover it; otherwise it is asked about again at the next start */
	answerRecover(yes: boolean): void {
		const [session, ...others] = this.store.getState().crashed;
		if (session === undefined) {
			this.closeOverlay();
			return;
		}
		// One at a time; what is left is asked about at the next start.
		const crashed = yes ? [] : others;
		this.store.setState({crashed, overlay: crashed.length > 0 ? 'recover' : undefined});
		if (!yes) return;
		this.show('realtime');
		this.realtime.stored.recover(session);
	}

	async #askAboutCrashed(): Promise<void> {
		try {
			const crashed = (await this.services.sessions?.crashed()) ?? [];
			const {leaving, overlay} = this.store.getState();
			if (crashed.length === 0 || leaving || overlay !== undefined || this.realtime.view.isRunning) return;
			this.store.setState({crashed, overlay: 'recover'});
		} catch (error) {
			this.tell((error as Error).message, 'problem');
		}
	}

	/** Called by the app when the terminal is its own. */
	attach(terminal: Terminal): void {
		this.#terminal = terminal;
	}

	readonly tell: Tell = (text, kind = 'info') => {
		this.#show({text, kind});
	};

	#show(notice: Notice | undefined): void {
		clearTimeout(this.#noticeTimer);
		this.store.setState({notice});
		if (notice !== undefined) this.#noticeTimer = setTimeout(() => this.#next(), NOTICE_TIME);
	}

	#next(): void {
		this.#show(this.#later.shift());
	}

	show(tab: Tab): void {
		this.store.setState({tab});
	}

	switchTab(): void {
		this.show(this.store.getState().tab === 'batch' ? 'realtime' : 'batch');
	}

	openHelp(): void {
		this.store.setState({overlay: 'help', helpTop: 0});
	}

	/** @param last the highest first row there is */
	scrollHelp(place: (top: number) => number, last: number): void {
		this.store.setState(({helpTop}) => ({helpTop: Math.max(0, Math.min(last, place(helpTop)))}));
	}

	closeOverlay(): void {
		this.store.setState({overlay: undefined});
	}

	/** What would be cut off by leaving now, in words. */
	get running(): string[] {
		const recordings = this.batch.table.unfinished;
		return [
			...(recordings === 0 ? [] : [recordings === 1 ? 'a recording' : `${recordings} recordings`]),
			...(this.realtime.view.isRunning ? ['a live session'] : []),
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
		];
	}

	/** Leaves, or asks first where something is running. */
	quit(): void {
		if (this.running.length === 0) void this.leave();
		else this.store.setState({overlay: 'quit'});
	}

	/** Ends what runs in good order (a session still gets its last words), then leaves. Asked again, leaves at once. */
	async leave(): Promise<void> {
		if (this.store.getState().leaving) return this.#terminal?.exit();
		this.store.setState({leaving: true, overlay: undefined});
		await Promise.all([this.batch.end(), this.realtime.end()]);
		this.#terminal?.exit();
	}

	/** Ctrl-Z: back to the shell, and on from the same screen with `fg`. */
	suspend(): void {
		void this.#handOver(suspendProcess);
	}

	/** A file dropped or pasted into the window. */
	async dropped(text: string): Promise<void> {
		if (this.store.getState().tab === 'batch') await this.batch.addDropped(text);
		else await this.realtime.streamDropped(text);
	}

	async #handOver(work: () => Promise<void>): Promise<void> {
		if (this.#handedOver || this.#terminal === undefined) return;
		this.#handedOver = true;
		let problem: string | undefined;
		try {
			await this.#terminal.suspend(async () => {
				await work().catch((error: Error) => {
					problem = error.message;
				});
			});
		} finally {
			this.#handedOver = false;
		}
		if (problem !== undefined) this.tell(problem, 'problem');
	}
}
