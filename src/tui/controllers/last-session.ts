/** What can be done with the session that ended last: its recording once more as a batch job. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inspectRecording} from '../../audio/recording-parts.ts';
import type {SessionStart} from '../../realtime/session.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import {openInPager} from '../terminal/handover.ts';
import type {ControllerOptions} from './controller-options.ts';

export interface EndedSession {
	/** Its folder; absent where nothing was kept. */
	readonly path: string | undefined;
	readonly start: SessionStart;
	readonly transcript: Transcript | undefined;
}

export class LastSession {
	readonly #options: ControllerOptions;
	#session: EndedSession | undefined;
	#isRunning = false;

	constructor(options: ControllerOptions) {
		this.#options = options;
	}

	/** Why there is nothing to send again; `undefined` where there is. */
	get whyNot(): string | undefined {
		if (this.#isRunning) return 'the second pass is on its way';
		if (this.#session?.transcript === undefined) return 'no session has ended yet';
		return this.#session.path === undefined ? 'the session was not kept' : undefined;
	}

	ended(session: EndedSession): void {
		this.#session = session;
	}

	/** Sends the recording with the best model, and shows what that changed. */
	async passAgain(): Promise<void> {
		const {services, tell, handOver} = this.#options;
		const {path, transcript: live, start} = this.#session ?? {};
		if (this.whyNot !== undefined || path === undefined || live === undefined || start === undefined) return;
		// From now on: while the recording is looked for, the key may be pressed again.
		this.#isRunning = true;
		try {
			const parts = await inspectRecording(path);
			if (parts.length === 0)
				return tell('The session has no recording: only live audio is recorded', 'problem');
			tell('Sending the recording for a second pass; what changed is shown when it is done');
			const {secondPass, secondPassLines} = await import('../../compare/second-pass.ts');
			const {secondPassConfig} = await import('../../compare/second-pass-config.ts');
			const pass = await secondPass({
				recordingPaths: parts.map((part) => part.path),
				live,
				engine: services.batch.engine,
				account: services.batch.order.account,
				config: secondPassConfig(start.transcriptionConfig, services.batch.order.config),
				outputDir: path,
				isPrivate: true,
				signal: new AbortController().signal,
			});
			await handOver(() => shown(secondPassLines(pass)));
		} catch (error) {
			tell((error as Error).message, 'problem');
		} finally {
			this.#isRunning = false;
		}
	}
}

async function shown(lines: readonly string[]): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'speechdeck-'));
	const path = join(folder, 'second-pass.txt');
	await writeFile(path, `${lines.join('\n')}\n`, {mode: 0o600});
	await openInPager(path);
	await rm(folder, {recursive: true, force: true});
}
