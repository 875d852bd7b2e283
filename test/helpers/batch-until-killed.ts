/**
 * A batch that kills itself: `url state-folder recordings-folder points`. A point is each call of the ledger, before and
 * after it, and each event. With 0 points it lives to its end.
 */
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {ordersOf} from '../../src/batch/orders.ts';
import {runBatch} from '../../src/batch/run.ts';
import {transcriptsIn} from '../../src/batch/saved-transcripts.ts';
import {findSources} from '../../src/batch/sources.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {JOB_CONFIG} from './batch-run.ts';
import {watchedLedger} from './watched-ledger.ts';

const [url, state, folder, points] = process.argv.slice(2) as [string, string, string, string];
let left = Number(points);

function point(): void {
	left -= 1;
	if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const ledger = watchedLedger(new Ledger(join(state, 'ledger.sqlite')), (_method, call) => {
	point();
	const result = call();
	point();
	return result;
});

const account = new URL(url).host;
const resumed = ledger.recordings.takeOver(account, {submitted: false});
const {sources, unusable} = await findSources([folder]);
const finished = await runBatch({
	orders: ordersOf(sources, {
		account,
		config: JOB_CONFIG,
		output: {to: 'files', folder: join(state, 'out'), formats: ['txt', 'json']},
	}),
	resumed,
	unusable: unusable.map(({path, reason}) => ({file: path, reason})),
	client: new BatchClient({url, apiKey: 'any', retries: 0}),
	ledger,
	transcripts: transcriptsIn(join(state, 'transcripts')),
	limits: {uploads: 4, running: 20},
	rates: {submissions: 1000, reads: 1000},
	settleTime: 20,
	clock: systemClock,
	temporaryFolder: tmpdir(),
	emit: point,
	signal: new AbortController().signal,
});
console.log(JSON.stringify(finished));
process.exit(finished.failed === 0 ? 0 : 1);
