/** Sessions of earlier runs: completed, or shown once more. On the screen each is a session like any other. */
import type {RealtimeEvent} from '../../realtime/events.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import {storedText} from '../presentation/stored-text.ts';
import {pickSession} from '../prompts/session-picker.ts';
import type {StoredSession} from '../services.ts';
import type {ControllerOptions} from './controller-options.ts';

export interface StoredRunsOptions extends ControllerOptions {
	readonly view: LiveView;
	readonly apply: (event: RealtimeEvent) => void;
	/** Makes it the one session there is. @param name stands where a source's would */
	readonly begin: (name: string, work: (stop: AbortSignal) => Promise<void>) => void;
}

export class StoredRuns {
	readonly #options: StoredRunsOptions;

	constructor(options: StoredRunsOptions) {
		this.#options = options;
	}

	/** Whether any could be shown here. */
	get canReplay(): boolean {
		return this.#options.services.sessions !== undefined;
	}

	/** Completes one that broke off. */
	recover(session: StoredSession): void {
		const {services, view, apply, tell} = this.#options;
		const {sessions} = services;
		if (view.isRunning || sessions === undefined) return;
		this.#run(`recovering ${storedText(session, new Date())}`, async (stop) => {
			const outputs = await sessions.recover(session.id, apply, stop);
			if (outputs.length === 0) tell('There was nothing to save');
		});
	}

	/** Asks which one, and how fast, and shows it. */
	async choose(): Promise<void> {
		const {services, view, apply, tell, handOver} = this.#options;
		const {sessions} = services;
		const stored = (await sessions?.list().catch((error: Error) => tell(error.message, 'problem'))) ?? [];
		if (sessions === undefined || stored.length === 0) {
			tell('No session is kept yet');
			return;
		}
		let chosen: {session: StoredSession; speed: number} | undefined;
		await handOver(async () => {
			chosen = await pickSession(stored, services.demo ? 'DEMO: ' : '');
		});
		if (chosen === undefined || view.isRunning) return;
		const {session, speed} = chosen;
		this.#run(`${storedText(session, new Date())}, ${speed}x`, (stop) =>
			sessions.replay(session.id, speed, apply, stop),
		);
	}

	#run(name: string, work: (stop: AbortSignal) => Promise<void>): void {
		const {view, apply, begin} = this.#options;
		begin(name, async (stop) => {
			apply({type: 'state', state: 'opening audio'});
			try {
				await work(stop);
			} catch (error) {
				if (!stop.aborted) throw error;
			} finally {
				if (view.isRunning) apply({type: 'state', state: 'ended'});
			}
		});
	}
}
