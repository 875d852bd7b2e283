import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RealtimeEvent} from '../../../src/realtime/events.ts';
import {liveFormatOf} from '../../../src/realtime/live-outputs/live-formats.ts';
import {type LiveOutputsOptions, openLiveOutputs} from '../../../src/realtime/live-outputs/live-outputs.ts';
import type {RecognitionResult} from '../../../src/speechmatics/results.ts';
import {readIndependently} from '../../captions/independent-parser.ts';
import {speech} from '../../captions/speech.ts';
import {ManualClock} from '../../helpers/manual-clock.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'live-outputs-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const STORY = 'The sun rose over the hills. Nobody in the village had slept, and the old clock struck six. ';
const TALK = speech(STORY.repeat(6).trim());

const started = ({simulated = false, connection = 1} = {}): RealtimeEvent => ({
	type: 'started',
	sessionId: 's',
	connection,
	offset: 0,
	model: 'm',
	language: 'en',
	simulated,
});
const piece = (type: 'partial' | 'final', results: readonly RecognitionResult[]): RealtimeEvent => ({
	type,
	text: '',
	startTime: 0,
	endTime: 0,
	results,
});

async function setUp(options: Partial<LiveOutputsOptions>) {
	const problems: string[] = [];
	const clock = new ManualClock();
	const outputs = await openLiveOutputs({onProblem: (text) => problems.push(text), clock, ...options});
	outputs.take({type: 'state', state: 'connecting'});
	const finals = (results: readonly RecognitionResult[]) => outputs.take(piece('final', results));
	/** Long enough for one write. */
	const written = async (path: string, text: string) => {
		for (let tries = 0; tries < 2000; tries++) {
			await clock.advance(100);
			// The clock is ours, the disk is not.
			await new Promise((resolve) => setTimeout(resolve, 1));
			if ((await readFile(path, 'utf8').catch(() => '')).includes(text)) return;
		}
		throw new Error(`${path} never had "${text}": ${await readFile(path, 'utf8').catch(String)}`);
	};
	return {outputs, problems, clock, finals, written};
}

describe('a rolling caption file', () => {
	test.each(['srt', 'vtt'] as const)('can be read by a player after each final (%s)', async (format) => {
		const path = join(folder, `talk.${format}`);
		const {outputs, clock, finals, problems, written} = await setUp({files: [path]});
		outputs.take(started());
		let settled = '';
		for (let index = 0; index < TALK.length; index += 3) {
			finals(TALK.slice(index, index + 3));
			const newest = TALK.slice(index, index + 3).findLast(({type}) => type === 'word');
			await written(path, newest!.alternatives![0]!.content);
			await clock.advance(100);
			const text = await readFile(path, 'utf8');
			const cues = await readIndependently(text, format);
			expect(cues.length).toBeGreaterThan(0);
			// Whatever is older than the last few cues never changes again.
			expect(text.startsWith(settled)).toBe(true);
			settled = text.split('\n\n').slice(0, -6).join('\n\n');
			outputs.take(started({connection: 2 + index}));
		}
		await outputs.close();
		const cues = await readIndependently(await readFile(path, 'utf8'), format);
		const said = cues.map(({text}) => text.replace(/\s+/g, ' ')).join(' ');
		expect(said).toBe(STORY.repeat(6).trim());
		expect(problems).toEqual([]);
	});

	test('says that it is simulated', async () => {
		const files = ['srt', 'vtt', 'txt'].map((ending) => join(folder, `talk.${ending}`));
		const {outputs, finals} = await setUp({files});
		outputs.take(started({simulated: true}));
		for (let index = 0; index < TALK.length; index += 3) finals(TALK.slice(index, index + 3));
		await outputs.close();
		for (const path of files) {
			const text = await readFile(path, 'utf8');
			expect(text.split('SIMULATED')).toHaveLength(2);
			expect(text.indexOf('SIMULATED')).toBeLessThan(60);
			if (!path.endsWith('txt')) await readIndependently(text, path.endsWith('srt') ? 'srt' : 'vtt');
		}
	});

	test('of a session that never said a word is empty, yet a file of its kind', async () => {
		const files = ['srt', 'vtt', 'txt'].map((ending) => join(folder, `talk.${ending}`));
		const {outputs} = await setUp({files});
		await outputs.close();
		expect(await Promise.all(files.map((path) => readFile(path, 'utf8')))).toEqual(['', 'WEBVTT\n', '']);
	});
});

test('a rolling text has a line a sentence, who says it, and what is missing', async () => {
	const path = join(folder, 'talk.TXT');
	const {outputs, finals, written} = await setUp({files: [path]});
	outputs.take(started());
	finals(speech('Good morning. How are you?'));
	await written(path, 'you?');
	finals(speech('Fine. Thanks', {start: 10, speaker: 'S2'}));
	outputs.take({type: 'gap', from: 12, seconds: 20, reason: 'asleep'});
	finals(speech('Still here.', {start: 40, speaker: 'S2'}));
	await written(path, 'Still');
	await outputs.close();
	expect(await readFile(path, 'utf8')).toBe(
		'S1: Good morning.\nHow are you?\nS2: Fine.\nThanks\ngap 20 s: asleep\nS2: Still here.\n',
	);
});

test('a file named by a language has the translation to it', async () => {
	const files = ['talk.srt', 'talk.de.srt', 'talk.ja.vtt', 'talk.de.txt'].map((name) => join(folder, name));
	const {outputs, finals} = await setUp({files, targets: ['de', 'ja']});
	outputs.take(started({simulated: true}));
	finals(speech('Good morning. How are you?'));
	const translated = (language: string, ...texts: string[]) => {
		for (const [index, text] of texts.entries()) {
			const segments = [{text, start: index, end: index + 0.9}];
			outputs.take({type: 'translation', language, isFinal: true, segments});
		}
	};
	translated('de', 'Guten Morgen.', 'Wie geht', 'es dir?');
	translated('ja', 'おはよう。', '元気', 'ですか。');
	await outputs.close();
	const [english, german, japanese, text] = await Promise.all(files.map((path) => readFile(path, 'utf8')));
	const said = async (content: string, type: 'srt' | 'vtt') =>
		(await readIndependently(content, type)).map((cue) => cue.text.replace(/\s+/g, ' ')).join(' ');
	expect(await said(english!, 'srt')).toBe('[SIMULATED] Good morning. How are you?');
	expect(await said(german!, 'srt')).toBe('[SIMULATED] Guten Morgen. Wie geht es dir?');
	expect((await said(japanese!, 'vtt')).replaceAll(' ', '')).toBe('おはよう。元気ですか。');
	expect(text).toBe('[SIMULATED]\n\nGuten Morgen.\nWie geht\nes dir?\n');
});

describe('a file that cannot be written', () => {
	test('is told of once, and the others go on', async () => {
		const missing = join(folder, 'no', 'such', 'talk.srt');
		const good = join(folder, 'talk.srt');
		const latest = join(folder, 'nowhere', 'latest.txt');
		const {outputs, finals, problems, clock} = await setUp({files: [missing, good], latest});
		outputs.take(started());
		for (let index = 0; index < TALK.length; index += 3) {
			finals(TALK.slice(index, index + 3));
			await clock.advance(1000);
		}
		await outputs.close();
		expect(problems.sort()).toEqual(
			[missing, latest]
				.map((path) => `"${path}" cannot be written (there is no such folder); captions go on without it.`)
				.sort(),
		);
		expect(await readIndependently(await readFile(good, 'utf8'), 'srt')).not.toEqual([]);
	});

	test('has everything once there is room again', async () => {
		const path = join(folder, 'talk.srt');
		let isFull = false;
		let writes = 0;
		const openFile = async (name: string) => {
			const handle = await open(name, 'wx');
			return {
				truncate: (length: number) => handle.truncate(length),
				close: () => handle.close(),
				write: (async (buffer: Uint8Array, offset: number, length: number, position: number) => {
					writes += 1;
					// A disk fills up in the middle of a write.
					if (isFull && writes % 2 === 0) throw Object.assign(new Error('full'), {code: 'ENOSPC'});
					return handle.write(buffer, offset, isFull ? Math.min(7, length) : length, position);
				}) as typeof handle.write,
			};
		};
		const {outputs, finals, problems, clock} = await setUp({files: [path], openFile});
		outputs.take(started());
		for (let index = 0; index < TALK.length; index += 3) {
			isFull = index > 10 && index < 60;
			finals(TALK.slice(index, index + 3));
			await clock.advance(3000);
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		await outputs.close();
		expect(problems).toEqual([
			`"${path}" cannot be written (no space is left on the disk); captions go on without it.`,
		]);
		const cues = await readIndependently(await readFile(path, 'utf8'), 'srt');
		expect(cues.map(({text}) => text.replace(/\s+/g, ' ')).join(' ')).toBe(STORY.repeat(6).trim());
	});

	test('for it is there already, or has no known ending, is refused at the start', async () => {
		const path = join(folder, 'talk.srt');
		await writeFile(path, 'mine');
		expect(setUp({files: [path]})).rejects.toThrow(
			`"${path}" is there already: name another file, or remove it.`,
		);
		expect(setUp({files: [join(folder, 'talk.doc')]})).rejects.toThrow('must end in .srt, .vtt, .txt');
		expect(await readFile(path, 'utf8')).toBe('mine');
		expect([liveFormatOf('a/b.SRT'), liveFormatOf('b.doc'), liveFormatOf('srt')]).toEqual([
			'srt',
			undefined,
			undefined,
		]);
	});
});

describe('the latest rows', () => {
	test('are in a file that is replaced, never half of it, and are gone at the end', async () => {
		const latest = join(folder, 'latest.txt');
		await writeFile(latest, 'of yesterday');
		const {outputs, finals, written} = await setUp({latest});
		outputs.take(started());
		finals(speech('Good morning. How are you, my old and very dear friend from the other side?'));
		await written(latest, 'other side?');
		const rows = (await readFile(latest, 'utf8')).split('\n');
		expect(rows).toEqual(['How are you, my old and very dear friend', 'from the other side?']);
		const before = await stat(latest);
		outputs.take(piece('partial', speech('Not shown', {start: 30})));
		finals(speech('Yes.', {start: 40}));
		await written(latest, 'Yes.');
		expect(await readFile(latest, 'utf8')).not.toContain('Not');
		expect((await stat(latest)).ino).not.toBe(before.ino);
		await outputs.close();
		expect(await readFile(latest, 'utf8')).toBe('');
		expect(await readdir(folder)).toEqual(['latest.txt']);
	});

	test('have what may still change where that is asked for, in the place it will have', async () => {
		const latest = join(folder, 'latest.txt');
		const {outputs, finals, written} = await setUp({latest, latestPartial: true});
		outputs.take(started());
		finals(speech('Good'));
		outputs.take(piece('partial', speech('mourning to', {start: 1})));
		await written(latest, 'to');
		expect(await readFile(latest, 'utf8')).toBe('S1: Good mourning to');
		finals(speech('morning', {start: 1}));
		await written(latest, 'morning');
		expect(await readFile(latest, 'utf8')).toBe('S1: Good morning to');
		await outputs.close();
	});

	test('are written ten times a second at most', async () => {
		const latest = join(folder, 'latest.txt');
		const {outputs, clock} = await setUp({latest, latestPartial: true});
		let contents = 0;
		let last = '';
		outputs.take(started());
		for (let index = 0; index < 200; index++) {
			outputs.take(piece('partial', speech(`word${index}`)));
			await clock.advance(5);
			await new Promise((resolve) => setTimeout(resolve, 0));
			const now = await readFile(latest, 'utf8').catch(() => '');
			if (now !== last) contents += 1;
			last = now;
		}
		await outputs.close();
		expect(contents).toBeGreaterThan(2);
		expect(contents).toBeLessThanOrEqual(11);
	});
});

test('a folder of the name of the file is told of, not written to', async () => {
	const latest = join(folder, 'latest.txt');
	await mkdir(latest);
	const {outputs, problems} = await setUp({latest});
	await outputs.close();
	expect(problems).toHaveLength(1);
	expect(await readdir(folder)).toEqual(['latest.txt']);
});
