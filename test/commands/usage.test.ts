import {afterAll, beforeAll, expect, test} from 'bun:test';
import {ndjson} from '../helpers/program.ts';
import {runCommand} from '../helpers/run-command.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const USAGE = {
	since: '2026-01-01T00:00:00Z',
	until: '2026-01-31T23:59:59Z',
	summary: [{mode: 'batch', type: 'transcription', count: 13, duration_hrs: 4.504}],
	details: [
		{mode: 'batch', type: 'transcription', language: 'en', model: 'standard', count: 3, duration_hrs: 0.004},
		{
			mode: 'batch',
			type: 'transcription',
			language: 'de',
			operating_point: 'enhanced',
			count: 10,
			duration_hrs: 4.5,
		},
	],
};
const NOT_TODAY = 'From 2026-01-01 to 2026-01-31, in days of UTC. Today is not in it.\n';

let server: Awaited<ReturnType<typeof scriptedServer>>;
const before = {url: process.env.SPEECHMATICS_BATCH_URL, key: process.env.SPEECHMATICS_API_KEY};
beforeAll(async () => {
	server = await scriptedServer(answer(200, USAGE));
	process.env.SPEECHMATICS_BATCH_URL = server.url;
	process.env.SPEECHMATICS_API_KEY = 'k';
});
afterAll(async () => {
	await server[Symbol.asyncDispose]();
	if (before.url === undefined) delete process.env.SPEECHMATICS_BATCH_URL;
	else process.env.SPEECHMATICS_BATCH_URL = before.url;
	if (before.key === undefined) delete process.env.SPEECHMATICS_API_KEY;
	else process.env.SPEECHMATICS_API_KEY = before.key;
});

test('is a table with a total, most hours first, and says that today is not in it', async () => {
	const {code, stdout, stderr} = await runCommand(['usage'], {terminal: true});
	expect({code, stderr}).toEqual({code: 0, stderr: NOT_TODAY});
	expect(stdout.split('\n').map((line) => line.split(/ +/))).toEqual([
		['TYPE', 'MODE', 'LANGUAGE', 'MODEL', 'JOBS', 'HOURS'],
		['transcription', 'batch', 'de', 'enhanced', '10', '4.50'],
		['transcription', 'batch', 'en', 'standard', '3', '<0.01'],
		['total', '13', '4.50'],
		[''],
	]);
	for (const columns of [10, 20, 30, 40]) {
		const narrow = await runCommand(['usage'], {terminal: true, columns});
		for (const line of narrow.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
	}
});

test('is lines with tabs in a pipe, with exact hours and no total', async () => {
	const {stdout, stderr} = await runCommand(['usage']);
	expect(stdout).toBe(
		'transcription\tbatch\tde\tenhanced\t10\t4.5\ntranscription\tbatch\ten\tstandard\t3\t0.004\n',
	);
	expect(stderr).toBe(NOT_TODAY);
});

test('asks for the days it was given, and passes the answer on with --json', async () => {
	const {stdout} = await runCommand(['usage', '--since', '2026-01-01', '--until', '2026-01-31', '--json']);
	expect(server.requests.at(-1)!.url).toContain('since=2026-01-01&until=2026-01-31');
	expect(ndjson(stdout)).toMatchObject([{since: USAGE.since, details: [{count: 3}, {model: 'enhanced'}]}]);
});

test('nothing used is said in words, in the demo too', async () => {
	const {code, stdout, stderr} = await runCommand(['usage', '--demo'], {terminal: true});
	expect({code, stdout}).toEqual({code: 0, stdout: 'Nothing was used in this time.\n'});
	expect(stderr).toContain('SIMULATED');
});

test.each(['2026-02-30', 'yesterday', '5h'])('--since %s is a wrong command line', async (day) => {
	const {code, stdout, stderr} = await runCommand(['usage', '--since', day]);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr.trim().split('\n')).toHaveLength(1);
});
