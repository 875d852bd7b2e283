import {afterAll, describe, expect, test} from 'bun:test';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {LedgerError} from '../../src/batch/ledger/database.ts';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {ACCOUNT, order, workAt} from '../helpers/ledger-orders.ts';

const PROCESS = join(import.meta.dir, '../helpers/ledger-process.ts');
const root = mkdtempSync(join(tmpdir(), 'speechdeck-ledger-'));
afterAll(() => rmSync(root, {recursive: true}));

let files = 0;
const newPath = () => join(root, `${files++}.sqlite`);

/** Another process at the same ledger, with what came of its command. */
async function processAt(path: string, command: 'want' | 'submitting' | 'dead', ...names: string[]) {
	const child = Bun.spawn([process.execPath, PROCESS, path, command, ...names], {
		stdin: 'pipe',
		stdout: 'pipe',
		stderr: 'inherit',
	});
	const reader = child.stdout.getReader();
	const {value} = await reader.read();
	if (command === 'dead') await child.exited;
	return {
		result: JSON.parse(new TextDecoder().decode(value)) as boolean[],
		async end() {
			child.stdin.end();
			await child.exited;
		},
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await child.exited;
		},
	};
}

describe('a ledger', () => {
	test('made by a newer program is refused in a sentence, and left as it is', () => {
		const path = newPath();
		new Ledger(path).close();
		const database = new DatabaseSync(path);
		database.exec('pragma user_version = 99');
		database.close();
		expect(() => new Ledger(path)).toThrow(LedgerError);
		expect(() => new Ledger(path)).toThrow(/newer speechdeck/);
	});

	test('that cannot be opened says so in a sentence', () => {
		expect(() => new Ledger(join(root, 'none', 'ledger.sqlite'))).toThrow(
			/^The ledger .*ledger\.sqlite cannot be opened: /,
		);
		expect(existsSync(join(root, 'none'))).toBe(false);
	});

	test('notes all of a list or, where one cannot be noted, none', () => {
		using ledger = new Ledger(newPath());
		const bad = order('b.wav', {kind: 'no such kind' as 'file'});
		expect(() => ledger.recordings.want([order('a.wav'), bad])).toThrow();
		expect(ledger.recordings.countLeft(ACCOUNT)).toBe(0);
		expect(ledger.recordings.want([order('a.wav')])).toHaveLength(1);
	});

	test('takes ten thousand recordings at once, and gives them back, in no time', () => {
		using ledger = new Ledger(newPath());
		const orders = Array.from({length: 10_000}, (_, index) => order(`${index}.wav`));
		const started = performance.now();
		expect(ledger.recordings.want(orders)).toHaveLength(10_000);
		const wanted = performance.now() - started;
		expect(ledger.recordings.want(orders)).toHaveLength(10_000);
		expect(ledger.recordings.takeOver(ACCOUNT, {submitted: false})).toHaveLength(10_000);
		expect(wanted).toBeLessThan(1500);
		expect(performance.now() - started).toBeLessThan(5000);
	});

	test('knows a recording as done only with the outputs that are asked for', () => {
		using ledger = new Ledger(newPath());
		const [wanted] = ledger.recordings.want([order('a.wav')]);
		expect(wanted).toMatchObject({wasDone: false});
		ledger.recordings.settle(wanted!.id, 'done');
		expect(ledger.recordings.want([order('a.wav')])[0]).toMatchObject({id: wanted!.id, wasDone: true});
		ledger.recordings.settle(wanted!.id, 'done');
		const delivery = {...order('a.wav').delivery, formats: ['srt' as const]};
		expect(ledger.recordings.want([order('a.wav', {delivery})])[0]).toMatchObject({wasDone: false});
	});

	test('keeps a job that was tried before, although a later try was refused', () => {
		using ledger = new Ledger(newPath());
		const reference = 'speechdeck-a';
		ledger.jobs.submitting(workAt('a'));
		ledger.jobs.notSubmitted(ACCOUNT, reference);
		expect(ledger.jobs.withReference(ACCOUNT, reference)).toBeUndefined();
		ledger.jobs.submitting(workAt('a'));
		ledger.jobs.submitting(workAt('a'));
		ledger.jobs.notSubmitted(ACCOUNT, reference);
		expect(ledger.jobs.withReference(ACCOUNT, reference)?.state).toBe('submitting');
	});

	test('takes over what another try may mend, and nothing else', () => {
		using ledger = new Ledger(newPath());
		const names = ['waiting', 'done', 'left', 'interrupted', 'input', 'output', 'service', 'rejected'];
		const ids = Object.fromEntries(
			ledger.recordings
				.want(names.map((name) => order(name)))
				.map((wanted, index) => [names[index]!, wanted!.id]),
		);
		ledger.recordings.settle(ids.done!, 'done');
		ledger.recordings.settle(ids.left!, 'submitted');
		for (const cause of ['interrupted', 'input', 'output', 'service'] as const) {
			ledger.recordings.settle(ids[cause]!, 'failed', {reason: cause, cause});
		}
		ledger.jobs.submitting(workAt('rejected'));
		ledger.recordings.assign(ids.rejected!, 'speechdeck-rejected');
		ledger.jobs.ended(ACCOUNT, 'speechdeck-rejected', 'rejected');
		ledger.recordings.settle(ids.rejected!, 'failed', {reason: 'no speech', cause: 'service'});
		const taken = (submitted: boolean) =>
			ledger.recordings.takeOver(ACCOUNT, {submitted}).map(({name}) => name);
		expect(taken(false)).toEqual(['waiting', 'interrupted', 'output', 'service']);
		expect(taken(true)).toEqual(['waiting', 'left', 'interrupted', 'output', 'service']);
		expect(ledger.recordings.takeOver('another account', {submitted: true})).toEqual([]);
	});
});

describe('two processes with one ledger', () => {
	test('never take the same recording, until the other one ends', async () => {
		const path = newPath();
		await using other = await processAt(path, 'want', 'a.wav');
		using ledger = new Ledger(path);
		expect(
			ledger.recordings.want([order('a.wav'), order('b.wav')]).map((wanted) => wanted !== undefined),
		).toEqual([false, true]);
		expect(ledger.recordings.takeOver(ACCOUNT, {submitted: true}).map(({name}) => name)).toEqual(['b.wav']);
		expect(ledger.recordings.countLeft(ACCOUNT)).toBe(1);
		await other.end();
		expect(ledger.recordings.takeOver(ACCOUNT, {submitted: true}).map(({name}) => name)).toEqual([
			'a.wav',
			'b.wav',
		]);
	});

	test('of which one was killed: the other takes over at once', async () => {
		const path = newPath();
		await using _dead = await processAt(path, 'dead', 'a.wav');
		using ledger = new Ledger(path);
		expect(ledger.recordings.takeOver(ACCOUNT, {submitted: false}).map(({name}) => name)).toEqual(['a.wav']);
	});

	test('never ask for the same job', async () => {
		const path = newPath();
		const names = Array.from({length: 40}, (_, index) => `${index}`);
		using ledger = new Ledger(path);
		const asked = processAt(path, 'submitting', ...names);
		const here: boolean[] = [];
		for (const name of names.toReversed()) {
			here.unshift(ledger.jobs.submitting(workAt(name)));
			await new Promise((resolve) => setImmediate(resolve));
		}
		await using other = await asked;
		for (const [index, result] of other.result.entries()) expect(result).toBe(!here[index]);
		const taken = names[here.indexOf(false)];
		if (taken !== undefined) expect(ledger.jobs.claim(ACCOUNT, `speechdeck-${taken}`)).toBe(false);
	});

	test('a process of before the machine was started is not taken for one with the same number', () => {
		const path = newPath();
		using ledger = new Ledger(path);
		ledger.recordings.want([order('a.wav')]);
		const database = new DatabaseSync(path);
		// A process that is there, and is another one than that which wrote this.
		database.exec(`update runs set pid = ${process.ppid}, seen_at = ${Date.now()}`);
		using next = new Ledger(path);
		expect(next.recordings.takeOver(ACCOUNT, {submitted: false})).toEqual([]);
		database.exec(`update runs set pid = ${process.ppid}, seen_at = 1000`);
		expect(next.recordings.takeOver(ACCOUNT, {submitted: false})).toHaveLength(1);
		database.close();
	});

	test('on two machines: one that has not been seen for a minute is gone', () => {
		const path = newPath();
		let now = 1_000_000;
		using ledger = new Ledger(path, () => now);
		ledger.recordings.want([order('a.wav')]);
		const database = new DatabaseSync(path);
		database.exec(`update runs set host = 'another-machine'`);
		database.close();
		using here = new Ledger(path, () => now);
		expect(here.recordings.takeOver(ACCOUNT, {submitted: false})).toEqual([]);
		now += 61_000;
		expect(here.recordings.takeOver(ACCOUNT, {submitted: false})).toHaveLength(1);
	});
});
