/** The batch tab without its screen: what tests of its controllers start with. */
import {appendFileSync, copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {transcriptsIn} from '../../src/batch/saved-transcripts.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {BatchController} from '../../src/tui/controllers/batch-controller.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import type {Dialog} from '../../src/tui/screens/screen.ts';
import type {Services} from '../../src/tui/services.ts';

const WINDOW = {rows: 20, columns: 80};
const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');

interface TabOptions {
	/** Where the service is. */
	readonly url: string;
	readonly demo?: boolean;
	/** False: what is transcribed is only looked at. */
	readonly saves?: boolean;
}

/** One start of the app. @param folder what it keeps outlives it there */
export function batchTab(folder: string, {url, demo = false, saves = true}: TabOptions) {
	mkdirSync(folder, {recursive: true});
	const ledger = new Ledger(join(folder, 'ledger.sqlite'));
	const client = new BatchClient({apiKey: 'k', url, retries: 0});
	const told: string[] = [];
	const services: Services = {
		demo,
		batchClient: client,
		batch: {
			engine: {
				client,
				ledger,
				transcripts: transcriptsIn(join(folder, 'transcripts')),
				limits: {uploads: 2, running: 10},
				rates: {submissions: 1000, reads: 1000},
				clock: systemClock,
				temporaryFolder: folder,
			},
			order: {
				account: 'account',
				config: {type: 'transcription', transcription_config: {language: 'en'}},
				output: saves
					? {to: 'files', formats: ['txt'], folder: join(folder, 'out')}
					: {to: 'print', formats: ['txt']},
			},
			takeOver: () => ledger.recordings.takeOver('account', {submitted: false}),
		},
		newRealtimeClient: () => {
			throw new Error('not here');
		},
		realtimeStart: {transcription_config: {language: 'en'}} as never,
		formats: ['txt'],
		outputDir: undefined,
		samplePath: SAMPLE,
		warnings: [],
	};
	let dialog: Dialog | undefined;
	const batch = new BatchController({
		services,
		now: () => performance.now(),
		tell: (text) => told.push(text),
		open: (opened) => {
			dialog = opened;
		},
		handOver: (work) => work(),
	});
	return {
		batch,
		services,
		told,
		/** What lies over the tab. */
		get dialog(): Dialog | undefined {
			return dialog;
		},
		answer(key: string): void {
			dispatch(key, dialog!.bindings(WINDOW), (reason) => told.push(reason));
		},
		recording(file: string): string {
			const path = join(folder, file);
			copyFileSync(SAMPLE, path);
			// Each its own recording: equal ones would share a job.
			appendFileSync(path, path);
			return path;
		},
		async [Symbol.asyncDispose]() {
			await batch.end();
			client.close();
			ledger.close();
		},
	};
}

/** Waits for something that comes to be soon. */
export async function until(what: () => boolean): Promise<void> {
	const end = performance.now() + 10_000;
	while (!what()) {
		if (performance.now() > end) throw new Error('It did not come to that');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
