/** `speechdeck jobs list`, inside this process, against the emulator or a server that says what it is told to. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import http from 'node:http';
import {Account} from '../helpers/account.ts';
import {ndjson} from '../helpers/program.ts';
import {runCommand} from '../helpers/run-command.ts';
import {answer, listening, scriptedServer} from '../helpers/scripted-server.ts';

const HOUR = 3_600_000;

let account: Account;
beforeAll(async () => {
	account = await Account.open();
});
afterAll(() => account.close());

const ids = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line) => line.split(/[\t ]/)[0]);

describe('jobs list', () => {
	test('is a table in a terminal, with the reason of what was rejected', async () => {
		const {code, stdout, stderr} = await runCommand(['jobs', 'list'], {terminal: true, columns: 120});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(ids(stdout)).toEqual(['ID', account.running, account.rejected, account.done]);
		expect(stdout).toMatch(new RegExp(`${account.rejected} +rejected .*unable to fetch audio`));
		expect(stdout).toMatch(new RegExp(`${account.done} +done .*sample\\.wav +en enhanced +desk/one`));
	});

	test('is lines with tabs in a pipe', async () => {
		const {stdout} = await runCommand(['jobs', 'list']);
		expect(ids(stdout)).toEqual([account.running, account.rejected, account.done]);
		const cells = stdout.split('\n')[2]!.split('\t');
		expect(cells).toHaveLength(8);
		expect(cells[2]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
	});

	test('is an object a line with --json', async () => {
		const {stdout} = await runCommand(['jobs', 'list', '--json'], {terminal: true});
		expect(ndjson(stdout).at(-1)).toMatchObject({
			id: account.done,
			status: 'done',
			model: 'enhanced',
			reference: 'desk/one',
		});
		expect(ndjson(stdout)[1]).toMatchObject({status: 'rejected', errors: [expect.stringContaining('fetch')]});
	});

	test.each([
		[['--status', 'done'], () => [account.done]],
		[['--status', 'running,rejected'], () => [account.running, account.rejected]],
		[['--reference', 'desk/t'], () => [account.running, account.rejected]],
		[['--limit', '1'], () => [account.running]],
		[['--since', '1h'], () => [account.running, account.rejected, account.done]],
	])('%j leaves out the others', async (args, wanted) => {
		const {code, stdout} = await runCommand(['jobs', 'list', ...args]);
		expect({code, ids: ids(stdout)}).toEqual({code: 0, ids: wanted()});
	});

	test('says so when there is none, and when there may be more', async () => {
		const none = await runCommand(['jobs', 'list', '--reference', 'nowhere'], {terminal: true});
		expect(none).toEqual({code: 0, stdout: '', stderr: 'There is no such job.\n'});
		expect((await runCommand(['jobs', 'list', '--limit', '2'])).stderr).toBe(
			'At most 2 are listed: --limit N or --all lists more.\n',
		);
	});

	test('shows deleted ones when asked to', async () => {
		const gone = await account.submitted('desk/gone');
		await account.client.deleteJob(gone, {force: true});
		expect(ids((await runCommand(['jobs', 'list'])).stdout)).not.toContain(gone);
		expect(ids((await runCommand(['jobs', 'list', '--deleted'])).stdout)).toContain(gone);
		expect(ids((await runCommand(['jobs', 'list', '--status', 'deleted'])).stdout)).toEqual([gone]);
	});

	test('goes through page after page, and no further than --since', async () => {
		const page = (from: number) =>
			answer(200, {
				jobs: Array.from({length: 100}, (_, index) => ({
					id: `job${from + index}`,
					status: 'done',
					created_at: new Date(Date.now() - (from + index) * HOUR).toISOString(),
				})),
			});
		await using all = await scriptedServer(page(0), page(100), answer(200, {jobs: []}));
		const everything = await account.at(all.url, () => runCommand(['jobs', 'list', '--all']));
		expect(ids(everything.stdout)).toHaveLength(200);
		await using recent = await scriptedServer(page(0), page(100));
		const some = await account.at(recent.url, () => runCommand(['jobs', 'list', '--all', '--since', '30h']));
		expect(ids(some.stdout)).toHaveLength(30);
		expect(recent.requests).toHaveLength(1);
	});

	test('flags what expires within a day', async () => {
		const made = new Date(Date.now() - (7 * 24 - 5.5) * HOUR).toISOString();
		await using server = await scriptedServer(
			answer(200, {jobs: [{id: 'old1', status: 'done', created_at: made, data_name: 'old.wav'}]}),
		);
		const {stdout} = await account.at(server.url, () => runCommand(['jobs', 'list'], {terminal: true}));
		expect(stdout).toMatch(/old1 .*old\.wav .*expires in 5 h/);
	});

	test.each([
		[['--status', 'finished']],
		[['--since', 'yesterday']],
		[['--limit', '0']],
		[['--limit', '5', '--all']],
		[['extra']],
	])('%j is a wrong command line', async (args) => {
		const {code, stdout, stderr} = await runCommand(['jobs', 'list', ...args]);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});

	test('a refused key is one sentence and exit code 4', async () => {
		await using server = await scriptedServer(answer(401, '<html></html>'));
		const run = await account.at(server.url, () => runCommand(['jobs', 'list']));
		expect(run).toMatchObject({
			code: 4,
			stdout: '',
			stderr: expect.stringMatching(/^.*does not accept the API key.*\n$/),
		});
	});

	test('Ctrl-C ends it at once with exit code 130', async () => {
		const asked = Promise.withResolvers<void>();
		await using silent = await listening(http.createServer(() => asked.resolve()));
		const run = account.at(silent.url, () => runCommand(['jobs', 'list']));
		await asked.promise;
		process.emit('SIGINT');
		expect(await run).toEqual({code: 130, stdout: '', stderr: 'Interrupted.\n'});
		expect(process.listenerCount('SIGINT')).toBe(0);
	});
});

test('the demo says that it is one', async () => {
	const {code, stderr} = await runCommand(['jobs', 'list', '--demo']);
	expect(code).toBe(0);
	expect(stderr).toContain('SIMULATED');
});
