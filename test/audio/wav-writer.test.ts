import {afterEach, beforeEach, expect, test} from 'bun:test';
import {spawn} from 'node:child_process';
import {
	appendFileSync,
	createReadStream,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {
	inspectRecording,
	readRecording,
	recordingLength,
	recordingParts,
	repairRecording,
} from '../../src/audio/recording-parts.ts';
import {readWav} from '../../src/audio/wav.ts';
import {openRecording} from '../../src/audio/wav-writer.ts';
import {collect, s16} from './wav-files.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'recording-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const numbers = (from: number, count: number) =>
	s16(...Array.from({length: count}, (_, index) => from + index));

/** What another program reads: the header's word counts. */
async function readAsWav(path: string): Promise<Uint8Array> {
	return collect((await readWav(createReadStream(path))).samples);
}

function countedBytes(path: string): number {
	return readFileSync(path).readUInt32LE(40);
}

test('what was appended is a WAV that other readers understand, for this user only', async () => {
	const recording = openRecording(folder, {sampleRate: 8_000});
	recording.append(numbers(0, 100));
	recording.append(numbers(100, 50));
	recording.close();
	const path = join(folder, 'recording.wav');
	expect(recording.path).toBe(path);
	expect(recording.samples).toBe(150);
	expect(await readAsWav(path)).toEqual(numbers(0, 150));
	expect((await readWav(createReadStream(path))).format.sample_rate).toBe(8_000);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readFileSync(path).readUInt32LE(4)).toBe(statSync(path).size - 8);
});

test('the header counts new samples within a second or so, and never more than there are', async () => {
	const recording = openRecording(folder);
	recording.append(numbers(0, 100));
	expect(countedBytes(recording.path)).toBe(0);
	const end = performance.now() + 3_000;
	while (countedBytes(recording.path) < 200 && performance.now() < end) await Bun.sleep(20);
	expect(countedBytes(recording.path)).toBe(200);
	recording.append(numbers(100, 100));
	while (countedBytes(recording.path) < 400 && performance.now() < end) await Bun.sleep(20);
	expect(await readAsWav(recording.path)).toEqual(numbers(0, 200));
	recording.close();
});

test('a new part begins before one is too large, and all are read as one', async () => {
	const recording = openRecording(folder, {maximumPart: 44 + 100});
	for (let at = 0; at < 200; at += 20) recording.append(numbers(at, 20));
	expect(recording.samples).toBe(200);
	recording.close();
	expect(readdirSync(folder).sort()).toEqual([
		'recording-2.wav',
		'recording-3.wav',
		'recording-4.wav',
		'recording-5.wav',
		'recording.wav',
	]);
	for (const {path} of recordingParts(folder)) {
		expect(statSync(path).size).toBeLessThanOrEqual(144);
		expect(await readAsWav(path)).toHaveLength(80);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	}
	expect(await recordingLength(folder)).toBe(200);
	for (const from of [0, 1, 39, 40, 41, 199, 200, 500]) {
		const expected = numbers(from, Math.max(0, 200 - from));
		expect(await collect(readRecording(folder, from))).toEqual(expected);
	}
});

test('ten parts and more are in the order of their numbers, and other files are no parts', () => {
	const names = [
		'recording.wav',
		'recording-2.wav',
		'recording-10.wav',
		'recording-1.wav',
		'recording-02.wav',
		'recording-x.wav',
		'other.wav',
	];
	for (const name of names) writeFileSync(join(folder, name), '');
	expect(recordingParts(folder).map(({number}) => number)).toEqual([1, 2, 10]);
	expect(recordingParts(join(folder, 'nowhere'))).toEqual([]);
});

test('a session that is taken up again adds a part', async () => {
	const first = openRecording(folder);
	first.append(numbers(0, 10));
	first.close();
	const second = openRecording(folder);
	second.append(numbers(10, 10));
	expect(second.path).toBe(join(folder, 'recording-2.wav'));
	expect(await collect(readRecording(folder))).toEqual(numbers(0, 20));
	second.close();
});

test('a recording can be read while it grows', async () => {
	const recording = openRecording(folder);
	recording.append(numbers(0, 10));
	expect(await collect(readRecording(folder, 4))).toEqual(numbers(4, 6));
	expect(await recordingLength(folder)).toBe(10);
	recording.close();
});

test('a torn tail, a torn header and half a sample are no obstacle', async () => {
	const recording = openRecording(folder);
	recording.append(numbers(0, 10));
	recording.close();
	appendFileSync(recording.path, Buffer.concat([numbers(10, 5), Uint8Array.of(1)]));
	writeFileSync(join(folder, 'recording-2.wav'), 'RIFF');
	expect(await recordingLength(folder)).toBe(15);
	expect(await collect(readRecording(folder))).toEqual(numbers(0, 15));

	expect(await repairRecording(folder)).toEqual([recording.path]);
	expect(await readAsWav(recording.path)).toEqual(numbers(0, 15));
	expect(statSync(recording.path).size).toBe(44 + 30);
	expect(await repairRecording(folder)).toEqual([]);
});

test('a header that counts more than there is, as after a loss of power, is put right', async () => {
	const recording = openRecording(folder);
	recording.append(numbers(0, 10));
	recording.close();
	truncateSync(recording.path, 44 + 12);
	expect(await recordingLength(folder)).toBe(6);
	await repairRecording(folder);
	expect(await readAsWav(recording.path)).toEqual(numbers(0, 6));
	expect(countedBytes(recording.path)).toBe(12);
});

test('a program killed at any moment leaves all it said it had, and headers that count no more than that', async () => {
	for (const delay of [150, 700, 1_300]) {
		const place = mkdtempSync(join(folder, 'killed-'));
		const entry = fileURLToPath(new URL('../helpers/record-until-killed.ts', import.meta.url));
		const child = spawn(process.execPath, [entry, place], {stdio: ['ignore', 'pipe', 'inherit']});
		let said = '';
		child.stdout.on('data', (bytes) => {
			said += bytes;
		});
		await new Promise((resolve) => child.stdout.once('data', resolve));
		await Bun.sleep(delay);
		const gone = new Promise((resolve) => child.on('close', resolve));
		child.kill('SIGKILL');
		await gone;

		const claimed = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
		const parts = await inspectRecording(place);
		for (const {countedSamples, samples} of parts) expect(countedSamples).toBeLessThanOrEqual(samples);
		const bytes = await collect(readRecording(place));
		expect(bytes.length / 2).toBeGreaterThanOrEqual(claimed);
		const samples = new Int16Array(bytes.slice().buffer);
		expect(samples.findIndex((sample, index) => sample !== (index & 0x7fff))).toBe(-1);
		if (delay > 1_000) expect(parts.length).toBeGreaterThan(1);
	}
}, 20_000);

test('bytes that are no whole samples, or come after the end, are refused', () => {
	const recording = openRecording(folder);
	expect(() => recording.append(Uint8Array.of(1))).toThrow('not whole samples');
	recording.close();
	recording.close();
	expect(() => recording.append(numbers(0, 1))).toThrow('the recording is closed');
});

test.each(['pcm_f32le', 'mulaw'] as const)('%s is recorded as it is', async (encoding) => {
	const bytes = Uint8Array.from({length: 400}, (_, index) => index % 256);
	const recording = openRecording(folder, {encoding});
	recording.append(bytes);
	recording.close();
	const wav = await readWav(createReadStream(recording.path));
	expect(wav.format.encoding).toBe(encoding);
	expect(await collect(wav.samples)).toEqual(bytes);
	expect(await collect(readRecording(folder, encoding === 'mulaw' ? 100 : 25))).toEqual(bytes.subarray(100));
});
