import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Writable} from 'node:stream';
import {Command, CommanderError} from 'commander';
import {sentence} from '../../src/commands/failure.ts';
import {addCaptionsCommand} from '../../src/commands/lines/captions-line.ts';
import {OutputStream} from '../../src/commands/streams.ts';
import {ndjson} from '../helpers/program.ts';
import {speech} from './speech.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-captions-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

function collector() {
	let text = '';
	const stream = new Writable({
		write(chunk, _encoding, done) {
			text += chunk;
			done();
		},
	});
	return {stream: new OutputStream(stream), text: () => text};
}

async function captions(...args: string[]) {
	const out = collector();
	const err = collector();
	let code = 0;
	const end = (exitCode: number) => {
		code = exitCode;
	};
	const program = new Command('speechdeck').exitOverride().configureOutput({
		writeOut: (text) => out.stream.write(text),
		writeErr: (text) => err.stream.write(text),
	});
	addCaptionsCommand(program, {streams: {out: out.stream, err: err.stream}, end, withDemo: (flags) => flags});
	try {
		await program.parseAsync(['captions', ...args], {from: 'user'});
	} catch (error) {
		code = 2;
		if (!(error instanceof CommanderError)) err.stream.line(sentence(error));
	}
	return {code, stdout: out.text(), stderr: err.text()};
}

const GOOD = '1\n00:00:01,000 --> 00:00:03,000\nAll is well.\n';
const BAD = `${GOOD}\n2\n00:00:02,500 --> 00:00:05,500\n${'word '.repeat(9)}\n`;
const TALK = JSON.stringify({
	format: '2.9',
	metadata: {transcription_config: {language: 'en'}},
	results: speech('The new version is out, and fourteen customers have it now.'),
	translations: {de: [{start_time: 0, end_time: 3, content: 'Die neue Version ist da.'}]},
});

describe('captions lint', () => {
	test('is silent but for a count, and ends well, where no rule is broken', async () => {
		const path = file('good.srt', GOOD);
		expect(await captions('lint', path)).toEqual({
			code: 0,
			stdout: '',
			stderr: `${path}: 1 cue, 0 errors, 0 warnings.\n`,
		});
	});

	test('tells each problem on a line of its own, and ends with 1', async () => {
		const path = file('bad.srt', BAD);
		const {code, stdout, stderr} = await captions('lint', path);
		expect(code).toBe(1);
		expect(stdout.split('\n')).toEqual([
			`${path}:2 00:00:02.500 error: it begins 0.5 s before the cue before it ends`,
			`${path}:2 00:00:02.500 error: line 1 takes 45 columns, 42 at most`,
			'',
		]);
		expect(stderr).toBe(`${path}: 2 cues, 2 errors, 0 warnings.\n`);
	});

	test('tells them as JSON', async () => {
		const path = file('bad2.srt', BAD);
		const {stdout} = await captions('lint', '--json', '--max-columns', '44', path);
		expect(ndjson(stdout)[1]).toEqual({
			file: path,
			cue: 2,
			time: 2.5,
			rule: 'columns',
			severity: 'error',
			measured: 45,
			allowed: 44,
			message: 'line 1 takes 45 columns, 44 at most',
		});
	});

	test('leaves out warnings where only errors are asked for', async () => {
		const path = file('fast.srt', '1\n00:00:01,000 --> 00:00:01,500\nSo many words in no time.\n');
		expect((await captions('lint', path)).code).toBe(1);
		expect(await captions('lint', '--errors-only', path)).toMatchObject({code: 0, stdout: ''});
	});

	test('takes json-v2, WebVTT and old encodings too', async () => {
		const latin = Uint8Array.from(
			[...'1\n00:00:01,000 --> 00:00:03,000\nCaf'].map((c) => c.charCodeAt(0)).concat(0xe9),
		);
		const wide = new Uint8Array([
			0xff,
			0xfe,
			...new Uint8Array(Uint16Array.from([...GOOD].map((c) => c.charCodeAt(0))).buffer),
		]);
		const files = [
			file('talk.json', TALK),
			file('good.vtt', `WEBVTT\n\n${GOOD.replaceAll(',', '.')}`),
			file('latin.srt', latin),
			file('wide.srt', wide),
		];
		const {code, stderr} = await captions('lint', ...files);
		expect({code, counts: stderr.match(/\d+ cues?/g)}).toEqual({
			code: 0,
			counts: ['1 cue', '1 cue', '1 cue', '1 cue'],
		});
	});

	test('goes on after a file that it cannot read, says why, and ends with 2', async () => {
		const bad = [
			join(folder, 'missing.srt'),
			folder,
			file('letter.txt', 'Dear Sir'),
			file('odd.json', '{"a": 1}'),
			file('half.json', '{"a"'),
		];
		const {code, stderr} = await captions('lint', ...bad, file('good3.srt', GOOD));
		expect(code).toBe(2);
		expect(
			stderr
				.trim()
				.split('\n')
				.map((line, index) => line.replace(`${bad[index]}: `, '')),
		).toEqual([
			'there is no such file.',
			'it is a folder.',
			'it holds no SubRip or WebVTT captions: there is no line such as "00:00:01,000 --> 00:00:02,000".',
			'it is no transcript in the json-v2 form of Speechmatics.',
			'it is no JSON.',
			expect.stringContaining('1 cue, 0 errors'),
		]);
	});

	test.each([
		[['--preset', 'itv'], 'Allowed choices are default, netflix, bbc, server.'],
		[['--max-columns', '5'], 'It must be from 10 to 100.'],
		[['--max-lines', 'two'], 'It must be a whole number from 1.'],
	])('refuses %p in a sentence', async (flags, message) => {
		const {code, stderr} = await captions('lint', ...flags, file('good4.srt', GOOD));
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});
});

describe('captions make', () => {
	test('wraps anew, with translations, beside the transcript and over no file', async () => {
		const path = file('interview.json', TALK);
		const args = ['make', '--format', 'srt,vtt', '--max-columns', '30', path];
		expect(await captions(...args)).toMatchObject({code: 0, stdout: ''});
		const {stderr} = await captions(...args);
		expect(stderr).toContain('interview-2.srt');
		expect(
			readdirSync(folder)
				.filter((name) => name.startsWith('interview'))
				.sort(),
		).toEqual([
			'interview-2.de.srt',
			'interview-2.de.vtt',
			'interview-2.srt',
			'interview-2.vtt',
			'interview.de.srt',
			'interview.de.vtt',
			'interview.json',
			'interview.srt',
			'interview.vtt',
		]);
		expect(readFileSync(join(folder, 'interview.srt'), 'utf8')).toBe(
			'1\n00:00:00,000 --> 00:00:01,916\nThe new version is out,\n\n2\n00:00:02,000 --> 00:00:04,360\nand fourteen\ncustomers have it now.\n',
		);
	});

	test('prints one', async () => {
		const {stdout} = await captions(
			'make',
			'--format',
			'txt',
			'--timestamps',
			'--output',
			'-',
			file('t.json', TALK),
		);
		expect(stdout).toBe('[00:00:00] S1: The new version is out, and fourteen customers have it now.\n');
	});

	test.each([
		[['--output', 'x'], '--output takes only "-"'],
		[['--output', '-', '--output-dir', 'x'], 'exclude each other'],
		[['--output', '-', '--format', 'srt,vtt'], 'prints one format'],
		[['--output', '-', 'second.json'], 'but there are 2'],
		[['--format', 'doc'], '"doc" is none of'],
	])('refuses %p in a sentence', async (flags, message) => {
		const {code, stderr} = await captions('make', ...flags, file('t2.json', TALK));
		expect(code).toBe(2);
		expect(stderr).toContain(message);
	});

	test('says what cannot be saved, and ends with 1', async () => {
		const taken = file('taken', '');
		const {code, stderr} = await captions('make', '--output-dir', taken, file('t3.json', TALK));
		expect(code).toBe(1);
		expect(stderr).toContain('its captions cannot be saved');
	});
});
