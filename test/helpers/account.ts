import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {SAMPLE} from './program.ts';

const VARIABLES = ['SPEECHMATICS_API_KEY', 'SPEECHMATICS_BATCH_URL', 'XDG_CONFIG_HOME'] as const;

/** Longer than any test. Milliseconds. */
const ENDLESS = 3_600_000;

/** An account at an emulator, which this process's commands talk to: it has a job of each kind. */
export class Account {
	/** What is written goes here. */
	readonly folder = mkdtempSync(join(tmpdir(), 'speechdeck-account-'));
	readonly client: BatchClient;
	done = '';
	rejected = '';
	running = '';
	readonly #before = VARIABLES.map((name) => process.env[name]);
	readonly #emulator: Emulator;
	readonly #pace: {milliseconds: number};

	private constructor(emulator: Emulator, pace: {milliseconds: number}) {
		this.#emulator = emulator;
		this.#pace = pace;
		this.client = new BatchClient({url: emulator.batchUrl, apiKey: 'k'});
		process.env.SPEECHMATICS_API_KEY = 'k';
		process.env.SPEECHMATICS_BATCH_URL = emulator.batchUrl;
		process.env.XDG_CONFIG_HOME = this.folder;
	}

	static async open(): Promise<Account> {
		const pace = {milliseconds: ENDLESS};
		const emulator = await startEmulator({processingTime: () => pace.milliseconds});
		const account = new Account(emulator, pace);
		account.done = await account.finished('desk/one');
		const remote = {url: 'https://example.com/none.wav?sig=secret', authHeaders: ['Authorization: secret']};
		const {id} = await account.client.submitJob(remote, {config: configWith('desk/two')});
		await account.client.waitForCompletion(id).catch(() => {});
		account.rejected = id;
		account.running = await account.submitted('desk/three');
		return account;
	}

	/** A job that never ends by itself. */
	async submitted(reference: string): Promise<string> {
		return (await this.client.submitJob(SAMPLE, {config: configWith(reference)})).id;
	}

	async finished(reference: string): Promise<string> {
		this.#pace.milliseconds = 0;
		const id = await this.submitted(reference);
		await this.client.waitForCompletion(id);
		this.#pace.milliseconds = ENDLESS;
		return id;
	}

	/** Runs `work` with another service than the emulator. */
	async at<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
		process.env.SPEECHMATICS_BATCH_URL = url;
		try {
			return await work();
		} finally {
			process.env.SPEECHMATICS_BATCH_URL = this.#emulator.batchUrl;
		}
	}

	async close(): Promise<void> {
		await this.#emulator.close();
		rmSync(this.folder, {recursive: true, force: true});
		for (const [index, name] of VARIABLES.entries()) {
			const value = this.#before[index];
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	}
}

function configWith(reference: string) {
	return {
		type: 'transcription' as const,
		transcription_config: {language: 'en', model: 'enhanced', diarization: 'speaker' as const},
		tracking: {reference, title: 'Morning'},
	};
}
