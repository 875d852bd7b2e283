/**
 * `bun scripts/soak.ts [seconds]` (or SOAK_SECONDS; 300 when left out): captures from a sound server of its own, and
 * disturbs it. The last line is a sentence; the exit code is 1 where a sample was lost or the session ended, 0 where
 * all is well or nothing can be captured here.
 */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {faultsOf, SOAK_MODULES, soak} from '../test/helpers/capture-soak.ts';
import {noNullSink, startNullSink} from '../test/helpers/null-sink.ts';
import {say} from './say.ts';

const seconds = Number(process.argv[2] ?? process.env.SOAK_SECONDS ?? 300);
if (!(seconds > 0)) {
	say('How many seconds? Say for example: bun scripts/soak.ts 300');
	process.exit(2);
}
if (noNullSink) {
	say(`The soak is skipped: ${noNullSink}.`);
	process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const sink = await startNullSink(SOAK_MODULES);
try {
	Object.assign(process.env, sink.environment, {XDG_STATE_HOME: folder});
	const report = await soak(sink, seconds, say);
	const faults = faultsOf(report);
	for (const fault of faults) say(`FAULT: ${fault}`);
	const {clockSeconds, sampleSeconds, compared, breaks, disturbances} = report;
	const difference = Math.round((sampleSeconds - clockSeconds) * 1000);
	say(
		`${compared} samples in ${clockSeconds.toFixed(2)} s by the clock (${difference} ms apart), ${breaks} breaks; ` +
			`back after ${disturbances.filter(({heardAgain}) => heardAgain).length} of ${disturbances.length} disturbances`,
	);
	process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
	await sink.stop();
	rmSync(folder, {recursive: true, force: true});
}
