/** Another process with a ledger: `path now command`. Says what came of it, and lives until its input ends. */
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {order, workAt} from './ledger-orders.ts';

const [path, command, ...files] = process.argv.slice(2) as [
	string,
	'want' | 'submitting' | 'dead',
	...string[],
];
const ledger = new Ledger(path);
if (command === 'submitting') {
	const results = files.map((file) => ledger.jobs.submitting(workAt(file)));
	console.log(JSON.stringify(results));
} else {
	console.log(
		JSON.stringify(
			ledger.recordings.want(files.map((file) => order(file))).map((wanted) => wanted !== undefined),
		),
	);
}
if (command === 'dead') process.kill(process.pid, 'SIGKILL');
await Bun.stdin.text();
ledger.close();
