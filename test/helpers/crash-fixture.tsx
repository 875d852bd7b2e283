/** The app with a fault in it: its screen fails when `s` asks for the sample's place. */
import {tmpdir} from 'node:os';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {transcriptsInMemory} from '../../src/batch/saved-transcripts.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {runTui} from '../../src/tui/run.tsx';
import type {Services} from '../../src/tui/services.ts';

const client = new BatchClient({apiKey: 'k', url: 'http://127.0.0.1:9'});
const failing = {
	demo: true,
	batchClient: client,
	batch: {
		engine: {
			client,
			ledger: new Ledger(':memory:'),
			transcripts: transcriptsInMemory(),
			limits: {uploads: 1, running: 1},
			rates: {submissions: 1, reads: 1},
			clock: systemClock,
			temporaryFolder: tmpdir(),
		},
		order: {
			account: '',
			config: {type: 'transcription', transcription_config: {language: 'en'}},
			output: {to: 'print', formats: ['txt']},
		},
		takeOver: () => [],
	},
	realtimeStart: {transcriptionConfig: {language: 'en'}},
	formats: ['txt'],
	warnings: [],
	get samplePath(): string {
		throw new Error('the fault of this test');
	},
} as unknown as Services;

const {code, problem} = await runTui(failing);
console.error(problem);
process.exit(code);
