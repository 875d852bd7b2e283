/** The five minutes are scripts/soak.ts; these are the same in short. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {faultsOf, SOAK_MODULES, type SoakReport, soak} from '../helpers/capture-soak.ts';
import {type NullSink, noNullSink, startNullSink} from '../helpers/null-sink.ts';

if (noNullSink) console.warn(`The capture soak is skipped: ${noNullSink}.`);

describe.skipIf(Boolean(noNullSink))(`a soak${noNullSink ? ` (skipped: ${noNullSink})` : ''}`, () => {
	const folder = mkdtempSync(join(tmpdir(), 'soak-'));
	const before = {...process.env};
	let sink: NullSink;

	beforeAll(async () => {
		sink = await startNullSink(SOAK_MODULES);
		Object.assign(process.env, sink.environment, {XDG_STATE_HOME: folder});
	});
	afterAll(async () => {
		for (const name of [...Object.keys(sink.environment), 'XDG_STATE_HOME']) delete process.env[name];
		Object.assign(process.env, before);
		await sink.stop();
		rmSync(folder, {recursive: true, force: true});
	});

	test('loses no sample, and outlasts a source that is suspended or removed and a sound server that is killed', async () => {
		const report = await soak(sink, 4);
		expect(faultsOf(report)).toEqual([]);
		expect(report.compared).toBeGreaterThan(16_000 * 3);
		expect(report.disturbances.map(({name}) => name)).toEqual([
			'suspended',
			'removed',
			'the sound server killed',
		]);
		const told = report.statuses.map(({type}) => type);
		expect(told).toEqual(['opened', 'lost', 'back', 'lost', 'back', 'lost', 'back']);
	}, 90_000);
});

test('a soak finds what is wrong', () => {
	const good: SoakReport = {
		clockSeconds: 300,
		sampleSeconds: 300.1,
		breaks: 0,
		compared: 4_801_600,
		statuses: [],
		disturbances: [{name: 'suspended', heardAgain: true}],
		endedEarly: false,
		samplesInAll: 5,
		capturedSamples: 5,
	};
	expect(faultsOf(good)).toEqual([]);
	expect(
		faultsOf({...good, breaks: 1, sampleSeconds: 299, endedEarly: true, capturedSamples: 6}),
	).toHaveLength(4);
	expect(faultsOf({...good, disturbances: [{name: 'removed', heardAgain: false}]})).toEqual([
		'after "removed" the signal did not come back whole',
	]);
});
