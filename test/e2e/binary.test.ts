/** The compiled executable, alone in an empty folder, as a script would use it. */
import {afterAll, describe, expect, test} from 'bun:test';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import http from 'node:http';
import {join} from 'node:path';
import {version} from '../../package.json';
import {ndjson, Program, readRest, readUntil, SAMPLE} from '../helpers/program.ts';
import {answer, listening, scriptedServer} from '../helpers/scripted-server.ts';

const program = new Program();
afterAll(() => program.remove());
copyFileSync(SAMPLE, program.at('sample.wav'));

/** The sentences of the bundled sample that are looked for. */
const OPENING = "Good morning, everyone. Let's begin today's meeting.";

describe('the program', () => {
	test('tells its version and its help', async () => {
		expect(await program.run(['--version'])).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
		const help = await program.run(['--help']);
		expect(help.code).toBe(0);
		expect(help.stdout).toContain('SPEECHMATICS_API_KEY');
	});

	test('reads nothing of the folder it stands in', async () => {
		writeFileSync(program.at('.env'), 'SPEECHMATICS_API_KEY=from-dotenv\n');
		const {code, stderr} = await program.run(['batch', 'sample.wav']);
		expect(code).toBe(4);
		expect(stderr).toContain('There is no API key');
	});

	test('reads variables from a file when asked to', async () => {
		await using server = await scriptedServer(answer(401, '<html></html>'));
		writeFileSync(program.at('my.env'), `SPEECHMATICS_API_KEY=k\nSPEECHMATICS_BATCH_URL=${server.url}\n`);
		const {code} = await program.run(['batch', 'sample.wav', '--env-file', 'my.env']);
		expect(code).toBe(4);
		expect(server.requests[0]!.headers.authorization).toBe('Bearer k');
	});
});

describe('batch', () => {
	test('transcribes the sample into three formats, with both speakers', async () => {
		const args = [
			'batch',
			'sample.wav',
			'--demo',
			'--format',
			'txt,srt,json',
			'--output-dir',
			'out',
			'--json',
		];
		const {code, stdout} = await program.run(args);
		expect(code).toBe(0);
		const events = ndjson(stdout);
		expect(events[0]).toMatchObject({type: 'queued', name: 'sample.wav'});
		expect(events.at(-1)).toMatchObject({type: 'finished', done: 1, failed: 0, simulated: true});
		expect(readdirSync(program.at('out')).sort()).toEqual(['sample.json', 'sample.srt', 'sample.txt']);
		const text = readFileSync(program.at('out/sample.txt'), 'utf8');
		expect(text).toContain('[SIMULATED]');
		expect(text).toContain(`S1: ${OPENING}`);
		expect(text).toContain('S2: ');
	});

	test('does the good ones, names the bad ones and exits 1', async () => {
		mkdirSync(program.at('talks/deep'), {recursive: true});
		for (const name of ['talks/a.wav', 'talks/deep/b.wav', 'a.wav']) copyFileSync(SAMPLE, program.at(name));
		writeFileSync(program.at('zero.wav'), '');
		mkdirSync(program.at('hollow'));
		const args = [
			'batch',
			'talks',
			'a.wav',
			'missing.wav',
			'zero.wav',
			'hollow',
			'--demo',
			'--output-dir',
			'mixed',
		];
		const {code, stdout, stderr} = await program.run(args);
		expect(code).toBe(1);
		expect(readdirSync(program.at('mixed')).sort()).toEqual(['a.wav-2.txt', 'a.wav.txt', 'b.txt']);
		expect(stdout.trim().split('\n').sort()).toEqual(['mixed/a.wav-2.txt', 'mixed/a.wav.txt', 'mixed/b.txt']);
		expect(stderr).toContain('missing.wav: failed: there is no such file or folder');
		expect(stderr).toContain('zero.wav: failed: the file is empty');
		expect(stderr).toContain('hollow: failed: there is no audio in this folder');
		expect(stderr).toMatch(/3 done \(2 without a new job\), 3 failed\. Processing time 0m \ds/);
	});

	test('knows files by their content', async () => {
		const matroska = '1a45dfa39f4286810142f7810142f2810442f381084282847765626d';
		writeFileSync(program.at('clip.mp3'), Buffer.concat([Buffer.from(matroska, 'hex'), Buffer.alloc(100)]));
		const {code, stderr} = await program.run(['batch', 'clip.mp3', '--demo']);
		expect(code).toBe(1);
		expect(stderr).toContain('clip.mp3: failed: webm files are not read by the service');
	});

	const ffmpeg = Bun.which('ffmpeg');
	test.skipIf(!ffmpeg)(
		`reads other containers${ffmpeg ? '' : ' (skipped: there is no ffmpeg)'}`,
		async () => {
			const convert = Bun.spawnSync([
				ffmpeg!,
				'-loglevel',
				'error',
				'-y',
				'-i',
				SAMPLE,
				program.at('talk.mp3'),
			]);
			expect(convert.exitCode).toBe(0);
			const batch = await program.run(['batch', 'talk.mp3', '--demo']);
			expect(batch.stdout).toContain(OPENING);
			const realtime = ['realtime', '--source', 'talk.mp3', '--demo', '--pace', 'max'];
			expect((await program.run(realtime)).stdout).toContain(OPENING);
			const without = await program.run(realtime, {PATH: '/nonexistent'});
			expect(without).toMatchObject({code: 0, stdout: expect.stringContaining('placeholder')});
		},
		20_000,
	);

	test('prints a transcript, and the demo writes nothing beside the audio', async () => {
		const before = readdirSync(program.folder);
		const {code, stdout} = await program.run(['batch', 'sample.wav', '--demo', '--output', '-']);
		expect(code).toBe(0);
		expect(stdout).toStartWith(`[SIMULATED]\n\nS1: ${OPENING}\n`);
		expect((await program.run(['--demo', 'batch', 'sample.wav'])).stdout).toBe(stdout);
		expect(readdirSync(program.folder)).toEqual(before);
	});

	test('a name with escape sequences reaches neither the terminal nor a file name', async () => {
		copyFileSync(SAMPLE, program.at('evil\u001B[31m\u0007.wav'));
		const run = await program.run([
			'batch',
			'evil\u001B[31m\u0007.wav',
			'--demo',
			'--output-dir',
			'evil-out',
		]);
		expect(run.code).toBe(0);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the purpose.
		expect(run.stdout + run.stderr).not.toMatch(/[\u001B\u0007]/);
		expect(readdirSync(program.at('evil-out'))).toEqual(['evil_[31m_.txt']);
	});

	test.each([
		['a refused key with an HTML body', 401, 4, 'does not accept the API key'],
		['a key without the right', 403, 4, 'does not allow this to the API key'],
		['a server that fails', 500, 1, 'answered 500'],
	])('%s is one sentence', async (_name, status, expectedCode, sentence) => {
		await using server = await scriptedServer(answer(status, `<html><title>${status} Oops</title></html>`));
		const run = await program.run(['batch', 'sample.wav'], {
			SPEECHMATICS_API_KEY: 'sk-secret',
			SPEECHMATICS_BATCH_URL: server.url,
		});
		expect(run.code).toBe(expectedCode);
		const failures = run.stderr.split('\n').filter((line) => line.includes('failed:'));
		expect(failures).toEqual([expect.stringContaining(sentence)]);
		expect(run.stderr).not.toContain('sk-secret');
		expect(run.stderr).not.toMatch(/\n\s+at /);
	});

	test('no network is one sentence', async () => {
		const run = await program.run(['batch', 'sample.wav'], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: 'http://127.0.0.1:9/v2',
		});
		expect(run.code).toBe(1);
		expect(run.stderr).toContain(
			'sample.wav: failed: Could not reach 127.0.0.1:9: nothing answers at that address.',
		);
	});

	test('interrupted, it names the job that goes on and exits 130', async () => {
		const asked = Promise.withResolvers<void>();
		const server = http.createServer(async (request, response) => {
			for await (const _ of request);
			if (request.method === 'POST') {
				response.writeHead(201, {'content-type': 'application/json'});
				response.end('{"id":"job1234567"}');
			} else asked.resolve();
		});
		await using listener = await listening(server);
		const child = program.start(['batch', 'sample.wav'], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: listener.url,
		});
		await asked.promise;
		child.kill('SIGINT');
		expect(await child.exited).toBe(130);
		expect(await new Response(child.stderr).text()).toContain('speechdeck batch --resume');
	});

	test.each([
		[['batch']],
		[['batch', 'sample.wav', '--format', 'doc']],
		[['batch', 'sample.wav', '--concurrency', '0']],
		[['batch', 'sample.wav', '--demo', '--output', 'x']],
		[['batch', 'sample.wav', 'a.wav', '--demo', '--output', '-']],
		[['realtime', '--pace', '2']],
		[['frobnicate']],
		[['batch', 'sample.wav', '--env-file', 'none.env']],
	])('%j is a wrong command line', async (args) => {
		const {code, stdout, stderr} = await program.run(args);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});
});

describe('realtime', () => {
	const flat = ['realtime', '--demo', '--pace', 'max'];

	test('streams a file: partials, then finals, and every sample arrives', async () => {
		const {code, stdout} = await program.run([...flat, '--source', 'sample.wav', '--json']);
		expect(code).toBe(0);
		const events = ndjson(stdout);
		const types = events.map(({type}) => type);
		expect(types.indexOf('partial')).toBeLessThan(types.indexOf('final'));
		expect(types.indexOf('partial')).toBeGreaterThan(0);
		const samples = (statSync(SAMPLE).size - 44) / 2;
		expect(events.find(({type}) => type === 'ended')).toMatchObject({
			reason: 'source',
			sentSamples: samples,
			receivedSamples: samples,
		});
	});

	test('writes the transcript as the joined words say, and saves it where told', async () => {
		const {code, stdout} = await program.run([...flat, '--source', 'sample.wav', '--output-dir', 'live']);
		expect(code).toBe(0);
		expect(stdout).toStartWith(`[SIMULATED]\n${OPENING} `);
		expect(stdout).not.toMatch(/ [.,?!]/);
		expect(readdirSync(program.at('live')).sort()).toEqual(['sample.json', 'sample.srt', 'sample.txt']);
		expect(existsSync(program.at('.home/.local/share/speechdeck'))).toBe(false);
	});

	test('takes raw samples and WAV from a pipe', async () => {
		const wav = readFileSync(SAMPLE);
		const first = await program.run([...flat, '--source', '-'], {input: wav.subarray(44)});
		const second = await program.run([...flat, '--source', '-'], {input: wav});
		expect(first.stdout).toContain(OPENING);
		expect(second).toMatchObject({code: 0, stdout: first.stdout});
	});

	test('no network at the start is one sentence, at once', async () => {
		const run = await program.run(['realtime', '--source', 'sample.wav'], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_RT_URL: 'ws://127.0.0.1:9/v2',
		});
		expect(run.code).toBe(1);
		expect(run.stderr).toEndWith('Could not reach 127.0.0.1:9: nothing answers at that address.\n');
	});

	test('a file that is interrupted is cut short: its last words come, and the exit code is 130', async () => {
		const child = program.start([
			'realtime',
			'--demo',
			'--source',
			'sample.wav',
			'--max-delay',
			'1',
			'--output-dir',
			'cut',
		]);
		await readUntil(child.stdout, 'morning');
		child.kill('SIGTERM');
		expect(await child.exited).toBe(130);
		expect(readFileSync(program.at('cut/sample.txt'), 'utf8')).toContain('Good morning');
	});

	test.each([
		['none.wav', 'none.wav: there is no such file.'],
		['zero.wav', 'zero.wav: the file is empty.'],
	])('%s is one sentence', async (source, sentence) => {
		writeFileSync(program.at('zero.wav'), '');
		const {code, stderr} = await program.run([...flat, '--source', source]);
		expect(code).toBe(1);
		expect(stderr.trimEnd().split('\n').at(-1)).toBe(sentence);
	});

	test('a service that goes away and comes back loses no word', async () => {
		const emulator = program.start(['emulator']);
		const {realtimeUrl, port} = JSON.parse(await readUntil(emulator.stdout, '\n'));
		const child = program.start(['realtime', '--source', 'sample.wav', '--max-delay', '0.7'], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_RT_URL: realtimeUrl,
		});
		await readUntil(child.stdout, 'morning');
		emulator.kill('SIGKILL');
		await readUntil(child.stderr, 'Reconnecting');
		const again = program.start(['emulator', '--port', String(port)]);
		const [stderr, code] = await Promise.all([readRest(child.stderr), child.exited]);
		again.kill();
		expect(code).toBe(0);
		expect(stderr).toContain('Connected again.');
		const sessions = program.at('.home/.local/share/speechdeck/sessions');
		const session = readdirSync(sessions).sort().at(-1);
		const text = readFileSync(join(sessions, session!, 'transcript.txt'), 'utf8');
		expect(text).toContain("Good morning, everyone. Let's begin today's meeting.");
		expect(text).toContain("that's our plan for next week.");
	}, 40_000);
});
