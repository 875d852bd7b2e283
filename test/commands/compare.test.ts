import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'bun:test';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {runProgram} from '../../src/commands/program.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {sampleBytes} from '../emulator/sample-sound.ts';
import {keptStreams} from '../helpers/run-command.ts';
import {wavBytes} from '../helpers/wav-bytes.ts';
import {Home} from '../settings/home.ts';

const RATE = 16_000;
/** "Good morning, everyone." */
const SECONDS = 2;

let home: Home;
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let recording: string;
let before: Record<string, string | undefined>;

beforeAll(async () => {
	home = new Home();
	emulator = await startEmulator({processingTime: () => 0});
	recording = home.at('talk.wav');
	const samples = new Int16Array((await sampleBytes()).buffer, 0, SECONDS * RATE);
	await Bun.write(recording, wavBytes(samples, RATE));
	const environment: Record<string, string> = {
		...home.environment,
		XDG_DATA_HOME: home.at('data'),
		XDG_STATE_HOME: home.at('state'),
		SPEECHMATICS_API_KEY: 'k',
		SPEECHMATICS_BATCH_URL: emulator.batchUrl,
		SPEECHMATICS_RT_URL: emulator.realtimeUrl,
	};
	before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
	Object.assign(process.env, environment);
});
afterAll(async () => {
	await emulator.close();
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	home[Symbol.dispose]();
});
beforeEach(() => emulator.setFaults([]));

async function run(...args: string[]) {
	const {streams, stdout, stderr} = keptStreams();
	const code = await runProgram(['compare', ...args], streams);
	return {code, stdout: stdout(), stderr: stderr()};
}

const reference = (text: string, name = 'said.txt') => home.write(home.at(name), text);

describe('the report', () => {
	test('is for people, with the words that differ and the cost at their rates', async () => {
		home.write(home.profilePath, '[compare]\nbatch_rate = 360\nrealtime_rate = 900\ncurrency = "EUR"\n');
		emulator.setFaults([{fault: 'mishear', by: 'realtime', word: 'morning', as: 'mourning'}]);
		const said = reference('good morning everyone');
		const output = home.at('out');
		const {code, stdout, stderr} = await run(
			...[recording, '--reference', said, '--realtime-rate', '1800', '--output-dir', output],
		);
		home.write(home.profilePath, '');
		expect(code).toBe(0);
		expect(stdout).toStartWith('[SIMULATED] The emulator answered');
		expect(stdout).toMatch(/^word error rate +0\.0 % +33\.3 %$/m);
		expect(stdout).toMatch(/^cost +0\.20 EUR +1\.00 EUR$/m);
		expect(stdout).toMatch(/^ {2}00:00:0\d {2}"mourning" -> "morning"$/m);
		expect(stdout).toMatch(/^captions while people speak +realtime +first word after \d\.\d s;/m);
		expect(stdout).toContain('Batch against the reference: no word differs, of 3.');
		for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
		expect(stderr).toMatch(/Job \S+ \(request \S+\) is under way\.\nBatch: whole text after/);
		expect(readdirSync(output).sort()).toEqual([
			...['talk.batch.json', 'talk.batch.txt', 'talk.comparison.txt'],
			...['talk.realtime.json', 'talk.realtime.txt'],
		]);
		expect(readFileSync(`${output}/talk.realtime.txt`, 'utf8')).toContain('Good mourning, everyone.');
		expect(readFileSync(`${output}/talk.comparison.txt`, 'utf8')).toBe(stdout);
		// No session, no job of the user's own list.
		expect(existsSync(home.at('data')) || existsSync(home.at('state'))).toBe(false);
	});

	test('is one document for programs, with the same keys whatever happened', async () => {
		const {code, stdout} = await run(recording, '--json', '--max-delay', '0.7');
		emulator.setFaults([{fault: 'status', status: 403, times: 9}]);
		const failed = await run(recording, '--json', '--reference', reference('Good morning everyone'));
		expect([code, failed.code]).toEqual([0, 4]);
		const [one, other] = [JSON.parse(stdout), JSON.parse(failed.stdout)];
		expect(one).toMatchObject({
			...{type: 'comparison', simulated: true, file: recording, seconds: 2, reference: null},
			batch: {status: 'done', words: 3, cost: null, ratePerHour: null, asked: {diarization: 'none'}},
			realtime: {status: 'done', words: 3, text: 'Good morning, everyone.', asked: {maxDelay: 0.7}},
			differences: {realtimeAgainstBatch: {rate: 0, changes: []}, batchAgainstReference: null},
		});
		expect(one.realtime.firstPartial).toBeLessThanOrEqual(one.realtime.firstFinal);
		expect(one.realtime.wholeText).toBeGreaterThan(SECONDS - 0.1);
		expect(other).toMatchObject({
			batch: {status: 'failed', cause: 'authentication', wholeText: null, firstWord: null},
			differences: {realtimeAgainstBatch: null, realtimeAgainstReference: {rate: 0}},
		});
		const keys = (value: Record<string, object>) =>
			[value, value.batch!, value.realtime!, value.differences!].map((part) => Object.keys(part));
		expect(keys(other)).toEqual(keys(one));
		expect(Object.keys(one)).toEqual([
			...['type', 'simulated', 'file', 'seconds', 'reference', 'currency'],
			...['batch', 'realtime', 'differences', 'guide'],
		]);
	}, 15_000);

	test('says which way failed and why, and how to set a rate', async () => {
		emulator.setFaults([{fault: 'error', type: 'invalid_model', reason: 'No such model'}]);
		const {code, stdout, stderr} = await run(recording, '--demo');
		expect(stderr).toContain('SIMULATED: this program answers itself');
		expect([code, stdout.includes('failed')]).toEqual([0, false]);
		expect(stdout).toMatch(/^cost +rate not set +rate not set$/m);
		expect(stdout).toContain('--batch-rate and --realtime-rate');

		const failed = await run(recording);
		expect(failed.code).toBe(1);
		expect(failed.stdout).toMatch(/^Realtime failed: .*No such model/m);
		expect(failed.stdout).toMatch(/^whole text +\d\.\d s +-$/m);
		expect(failed.stdout).toContain('There is nothing to compare.');
	}, 15_000);
});

describe('what cannot be compared is told before anything is sent', () => {
	test.each([
		['a recording that is not there', () => ['none.wav'], 'none.wav: there is no such file'],
		['no recording', () => [], "missing required argument 'recording'"],
		[
			'a reference that is not there',
			() => [recording, '--reference', home.at('none.txt')],
			'cannot be read: there is no such file.',
		],
		[
			'a reference without a word',
			() => [recording, '--reference', reference('... \n!', 'empty.txt')],
			'There is no word in the reference',
		],
		[
			'a reference that is no transcript',
			() => [recording, '--reference', reference('{}', 'odd.json')],
			'odd.json is no transcript in json.',
		],
		[
			'a reference without captions',
			() => [recording, '--reference', reference('words', 'odd.srt')],
			'it holds no SubRip or WebVTT captions',
		],
		['a rate that is no number', () => [recording, '--batch-rate', '-1'], 'It must be a number from 0'],
		['an option out of its range', () => [recording, '--max-delay', '9'], 'must be'],
	])('%s', async (_, args, message) => {
		const {batch, realtime} = emulator.statistics();
		const {code, stdout, stderr} = await run(...args());
		expect(code).toBe(2);
		expect(stdout).toBe('');
		expect(stderr).toContain(message);
		expect(emulator.statistics()).toEqual({batch, realtime});
	});
});

test('a reference may be captions or a transcript', async () => {
	const {readReference} = await import('../../src/commands/compare-reference.ts');
	const captions = '1\n00:00:01,000 --> 00:00:02,000\n<i>Good</i> morning,\neveryone.\n';
	expect(await readReference(reference(captions, 'a.srt'))).toBe('Good morning,\neveryone.');
	const results = ['Good', 'morning'].map((content, index) => ({
		...{type: 'word', start_time: index, end_time: index + 1, alternatives: [{content}]},
	}));
	const json = JSON.stringify({format: '2.9', metadata: {}, results});
	expect(await readReference(reference(json, 'a.json'))).toBe('Good morning');
	expect(await readReference(reference('\uFEFFGood morning', 'a.txt'))).toBe('Good morning');
});
