import {tmpdir} from 'node:os';
import type {BatchEvent} from '../../src/batch/events.ts';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {type OutputPlan, ordersOf} from '../../src/batch/orders.ts';
import {type BatchOptions, runBatch} from '../../src/batch/run.ts';
import {transcriptsInMemory} from '../../src/batch/saved-transcripts.ts';
import {findSources} from '../../src/batch/sources.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import type {JobConfig} from '../../src/speechmatics/config.ts';

export const JOB_CONFIG: JobConfig = {
	type: 'transcription',
	transcription_config: {language: 'en', model: 'enhanced', diarization: 'speaker'},
};

export interface RunOptions extends Partial<BatchOptions> {
	readonly url: string;
	readonly key?: string;
	readonly output?: OutputPlan;
	readonly config?: JobConfig;
	readonly uploads?: number;
}

/** A batch without a command line: fast, with a ledger of its own unless one is given. */
export async function run(
	paths: readonly string[],
	{url, key = 'right', output, config = JOB_CONFIG, uploads = 2, ...more}: RunOptions,
) {
	const events: BatchEvent[] = [];
	const {sources, unusable} = await findSources(paths);
	const finished = await runBatch({
		orders: ordersOf(sources, {
			account: new URL(url).host,
			config,
			output: output ?? {to: 'files', folder: undefined, formats: ['txt', 'srt', 'json']},
		}),
		unusable: unusable.map(({path, reason}) => ({file: path, reason})),
		client: new BatchClient({url, apiKey: key, retries: 0}),
		ledger: more.ledger ?? new Ledger(':memory:'),
		transcripts: transcriptsInMemory(),
		limits: {uploads, running: 100},
		rates: {submissions: 1000, reads: 1000},
		settleTime: 20,
		clock: systemClock,
		temporaryFolder: tmpdir(),
		emit: (event) => events.push(event),
		signal: new AbortController().signal,
		...more,
	});
	return {events, finished};
}
