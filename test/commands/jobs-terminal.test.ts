/** `speechdeck jobs` as a person meets it: the compiled program in a terminal. */
import {afterAll, beforeAll, expect, test} from 'bun:test';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
let emulator: Emulator;
let client: BatchClient;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 0});
	client = new BatchClient({url: emulator.batchUrl, apiKey: 'k'});
});
afterAll(async () => {
	await emulator.close();
	program.remove();
});

async function finishedJob(): Promise<string> {
	const {id} = await client.submitJob(SAMPLE);
	await client.waitForCompletion(id);
	return id;
}

function start(args: readonly string[], columns = 80): TestTerminal {
	return TestTerminal.start([program.path, ...args], {
		columns,
		cwd: program.folder,
		env: {...program.environment, SPEECHMATICS_API_KEY: 'k', SPEECHMATICS_BATCH_URL: emulator.batchUrl},
	});
}

test('the table fits the terminal', async () => {
	const id = await finishedJob();
	for (const [columns, titles] of [
		[100, /^ID +STATUS +CREATED +LENGTH +NAME +LANGUAGE$/m],
		[40, /^ID +STATUS +NAME$/m],
	] as const) {
		await using terminal = start(['jobs', 'list'], columns);
		expect(await terminal.exited).toBe(0);
		const rows = terminal.screen().trim().split('\n');
		expect(rows[0]).toMatch(titles);
		// No row was broken in two.
		expect(rows[1]).toMatch(new RegExp(`^${id} +done .*sample\\.wav`));
		expect(rows).toHaveLength((await client.listJobs()).length + 1);
	}
});

test.each([
	['enter', 1, 'Nothing was deleted.'],
	['escape', 1, 'Nothing was deleted.'],
	['ctrl+c', 130, ''],
	['y', 0, 'deleted.'],
])('asked whether to delete, %s means exit code %d', async (key, code, said) => {
	const id = await finishedJob();
	await using terminal = start(['jobs', 'delete', id]);
	await terminal.waitFor(`Delete job ${id}`);
	terminal.press(key);
	if (key === 'y') terminal.press('enter');
	expect(await terminal.exited).toBe(code);
	expect(terminal.screen()).toContain(said);
	expect(terminal.leftovers()).toEqual([]);
	const kept = await client.getJob(id).then(
		() => true,
		() => false,
	);
	expect(kept).toBe(code !== 0);
});
