/** `speechdeck jobs`, inside this process, against the emulator or a server that says what it is told to. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Confirm} from '../../src/commands/confirm.ts';
import {jobsDeleteCommand} from '../../src/commands/jobs/delete.ts';
import {Account} from '../helpers/account.ts';
import {ndjson} from '../helpers/program.ts';
import {keptStreams, runCommand} from '../helpers/run-command.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

let account: Account;
beforeAll(async () => {
	account = await Account.open();
});
afterAll(() => account.close());

describe('jobs show', () => {
	test('tells all of a job, and what to do about its errors', async () => {
		const {code, stdout} = await runCommand(['jobs', 'show', account.rejected]);
		expect(code).toBe(0);
		expect(stdout).toMatch(new RegExp(`^id +${account.rejected}$`, 'm'));
		expect(stdout).toMatch(/^status +rejected$/m);
		expect(stdout).toMatch(/^name +none\.wav$/m);
		expect(stdout).toMatch(/^title +Morning$/m);
		expect(stdout).toMatch(/^reference +desk\/two$/m);
		expect(stdout).toMatch(/^expires +\d{4}-.*\(in 6 d\)$/m);
		expect(stdout).toMatch(/^error +unable to fetch audio/m);
		expect(stdout).toMatch(/^remedy +check that the address/m);
		expect(stdout).toContain('"language": "en"');
		expect(stdout).not.toContain('secret');
		expect(stdout).not.toContain('null');
	});

	test('is an object with --json, without secrets', async () => {
		const {stdout} = await runCommand(['jobs', 'show', account.rejected, '--json']);
		expect(ndjson(stdout)).toEqual([
			expect.objectContaining({
				id: account.rejected,
				errors: [expect.objectContaining({message: expect.any(String), timestamp: expect.any(String)})],
				config: expect.objectContaining({tracking: {reference: 'desk/two', title: 'Morning'}}),
				url: expect.stringContaining('/v2'),
			}),
		]);
		expect(stdout).not.toContain('secret');
	});

	test('a job that does not exist is one sentence and exit code 1', async () => {
		const {code, stdout, stderr} = await runCommand(['jobs', 'show', 'n0suchjob\u001B[31m']);
		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expect(stderr).toMatch(/^n0suchjob\uFFFD\[31m: there is no such job for this key: .*\.\n$/);
	});
});

describe('jobs get', () => {
	test('writes each format under the name of the recording, and over nothing', async () => {
		const to = join(account.folder, 'out');
		const args = ['jobs', 'get', account.done, '--format', 'txt,srt', '--output-dir', to];
		const first = await runCommand(args);
		expect(first).toEqual({
			code: 0,
			stderr: '',
			stdout: `${join(to, 'sample.txt')}\n${join(to, 'sample.srt')}\n`,
		});
		writeFileSync(join(to, 'sample.txt'), 'mine');
		await runCommand(args);
		expect(readdirSync(to).sort()).toEqual(['sample-2.srt', 'sample-2.txt', 'sample.srt', 'sample.txt']);
		expect(readFileSync(join(to, 'sample.txt'), 'utf8')).toBe('mine');
		expect(readFileSync(join(to, 'sample-2.txt'), 'utf8')).toContain('S2: ');
	});

	test('names the files as told', async () => {
		const to = join(account.folder, 'named');
		const args = [
			'jobs',
			'get',
			account.done,
			'--name',
			'all/{job}.{ext}',
			'--format',
			'vtt',
			'--output-dir',
			to,
		];
		expect(await runCommand(args)).toMatchObject({
			code: 0,
			stdout: `${join(to, 'all', `${account.done}.vtt`)}\n`,
		});
	});

	test('does the others when some are not there, not ready or rejected', async () => {
		const to = join(account.folder, 'some');
		const {code, stdout, stderr} = await runCommand([
			'jobs',
			'get',
			'n0suchjob',
			account.running,
			account.rejected,
			account.done,
			'--output-dir',
			to,
		]);
		expect(code).toBe(1);
		expect(stdout).toBe(`${join(to, 'sample.txt')}\n`);
		const [unknown, early, wrong, ...more] = stderr.trim().split('\n');
		expect(unknown).toContain('n0suchjob: there is no such job');
		expect(early).toBe(`The transcript of job ${account.running} is not ready yet.`);
		expect(wrong).toMatch(
			new RegExp(`^Job ${account.rejected} was rejected: unable to fetch.* Remedy: check `),
		);
		expect(more).toEqual([]);
	});

	test('prints the one that is asked for', async () => {
		const {code, stdout} = await runCommand([
			'jobs',
			'get',
			account.done,
			'--output',
			'-',
			'--format',
			'srt',
		]);
		expect(code).toBe(0);
		expect(stdout).toStartWith('1\n00:00:');
	});

	test.each([
		['../../../etc/passwd.wav', 'passwd'],
		['C:\\talks\\day one.mp3', 'day one'],
		['', 'job1'],
		['..', '..'],
		['.hidden', '.hidden'],
	])('a recording called %j is written as %j', async (data_name, stem) => {
		const to = mkdtempSync(join(account.folder, 'name-'));
		const metadata = {type: 'transcription', transcription_config: {language: 'en'}};
		await using server = await scriptedServer(
			answer(200, {format: '2.9', job: {id: 'job1', data_name}, metadata, results: []}),
		);
		const {code} = await account.at(server.url, () =>
			runCommand(['jobs', 'get', 'job1', '--output-dir', to]),
		);
		expect({code, files: readdirSync(to)}).toEqual({code: 0, files: [`${stem}.txt`]});
	});

	test('a folder that cannot be is told before anything is fetched', async () => {
		const file = join(account.folder, 'a-file');
		writeFileSync(file, '');
		const inside = await runCommand(['jobs', 'get', account.done, '--output-dir', join(file, 'below')]);
		expect(inside).toMatchObject({
			code: 1,
			stderr: expect.stringContaining('The transcript cannot be saved: '),
		});
		expect((await runCommand(['jobs', 'get', account.done, '--output-dir', file])).code).toBe(2);
	});

	test.each([
		[['--output', 'x']],
		[['--output', '-', '--format', 'txt,srt']],
		[['--output', '-', 'another']],
	])('%j is a wrong command line', async (args) => {
		expect(await runCommand(['jobs', 'get', account.done, ...args])).toMatchObject({code: 2, stdout: ''});
	});
});

describe('jobs delete', () => {
	const deleteWith = async (answered: Awaited<ReturnType<Confirm>>, id: string) => {
		const {streams, stderr} = keptStreams();
		const asked: string[] = [];
		const code = await jobsDeleteCommand([id], {force: true}, streams, async (question) => {
			asked.push(question);
			return answered;
		});
		return {code, stderr: stderr(), asked};
	};
	const statusOf = (id: string) =>
		account.client.getJob(id).then(
			({status}) => status,
			() => 'gone',
		);

	test('asks first, and does as it is told', async () => {
		const id = await account.submitted('desk/delete');
		const asked = [`Delete job ${id}, and what the service keeps of it?`];
		expect(await deleteWith('no', id)).toEqual({code: 1, stderr: 'Nothing was deleted.\n', asked});
		expect(await deleteWith('interrupted', id)).toMatchObject({code: 130});
		expect(await statusOf(id)).toBe('running');
		expect(await deleteWith('yes', id)).toEqual({code: 0, stderr: `${id}: deleted.\n`, asked});
		expect(await statusOf(id)).toBe('gone');
	});

	test('without a terminal it wants --yes', async () => {
		const {code, stderr} = await runCommand(['jobs', 'delete', account.done]);
		expect({code, stderr}).toEqual({
			code: 2,
			stderr: 'Nobody can be asked here whether to delete: add --yes to do it all the same.\n',
		});
		expect(await statusOf(account.done)).toBe('done');
	});

	test('a running job needs --force, and the others go all the same', async () => {
		const finished = await account.finished('desk/finished');
		const run = await runCommand(['jobs', 'delete', '--yes', account.running, 'n0suchjob', finished]);
		expect(run.code).toBe(1);
		expect(run.stderr).toContain(
			`Job ${account.running} is still running: wait for its end, or end and delete it with --force.`,
		);
		expect(run.stderr).toContain('n0suchjob: there is no such job');
		expect(run.stderr).toContain(`${finished}: deleted.`);
		expect(await statusOf(account.running)).toBe('running');
		expect((await runCommand(['jobs', 'delete', '--yes', '--force', account.running])).code).toBe(0);
		expect(await statusOf(account.running)).toBe('gone');
	});
});

describe('jobs log', () => {
	test('prints the log, and nothing a terminal would obey', async () => {
		const {code, stdout} = await runCommand(['jobs', 'log', account.done]);
		expect({code, stdout}).toEqual({code: 0, stdout: `simulated log of job ${account.done}\nstatus done\n`});
		await using server = await scriptedServer(answer(200, 'one\r\ntwo\u001B[2J'));
		const evil = await account.at(server.url, () => runCommand(['jobs', 'log', 'job1']));
		expect(evil.stdout).toBe('one\ntwo\uFFFD[2J\n');
	});

	test('a log that is not kept is one sentence', async () => {
		await using server = await scriptedServer(
			answer(404, {code: 404, error: 'Log file not available', detail: 'Could not read log file'}),
		);
		const {code, stderr} = await account.at(server.url, () => runCommand(['jobs', 'log', 'job1']));
		expect(code).toBe(1);
		expect(stderr).toMatch(/^job1: .*Log file not available.*\n$/);
	});
});
