import {afterAll, describe, expect, test} from 'bun:test';
import {existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {AudioTrack, type Frame, type Piece} from '../../src/realtime/audio-track.ts';
import {seeded} from '../helpers/seeded.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-track-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const RATE = 1000;
const format = {type: 'raw', encoding: 'pcm_s16le', sample_rate: RATE} as const;
const CHANNELS = [undefined, 'Them'] as const;

/** Sample `index` of a channel: tells where it is from. */
const sampleAt = (index: number, channel: number) => ((index * 7 + channel * 13) % 60_000) - 30_000;

function frames(from: number, samples: number, channels: number): Frame[] {
	return Array.from({length: channels}, (_, channel) => {
		const values = Int16Array.from({length: samples}, (_, at) => sampleAt(from + at, channel));
		const label = channels === 1 ? undefined : (CHANNELS[channel] ?? 'Me');
		return {...(label !== undefined && {channel: label}), bytes: new Uint8Array(values.buffer)};
	});
}

/** The piece holds exactly the samples of its time. */
function expectTrue({start, seconds, frames}: Piece, channels: number): void {
	expect(frames).toHaveLength(channels);
	const first = Math.round(start * RATE);
	expect(start * RATE).toBeCloseTo(first, 3);
	for (const [channel, {bytes}] of frames.entries()) {
		expect(bytes.byteLength % 2).toBe(0);
		expect(bytes.byteLength / 2).toBe(Math.round(seconds * RATE));
		const values = new Int16Array(bytes.slice().buffer);
		expect(values[0]).toBe(sampleAt(first, channel));
		expect(values.at(-1)).toBe(sampleAt(first + values.length - 1, channel));
	}
}

describe('the audio that is kept', () => {
	for (const channels of [1, 2]) {
		test(`is what was captured, wherever it is kept and however it is read (${channels} channels)`, () => {
			for (let seed = 1; seed <= 30; seed++) {
				const random = seeded(seed);
				const limit = 2 + random() * 10;
				const memory = random() * 4;
				const spillTo = random() < 0.7 ? join(folder, `spill-${channels}-${seed}`) : undefined;
				const track = new AudioTrack({format, limit, memory, spillTo});
				/** What should be kept, in samples. */
				const pieces: Array<{readonly start: number; readonly end: number}> = [];
				let end = 0;
				const dropWhile = (isOld: (piece: {start: number; end: number}) => boolean) => {
					while (pieces[0] !== undefined && isOld(pieces[0])) pieces.shift();
				};
				for (let step = 0; step < 400; step++) {
					const choice = random();
					if (choice < 0.5) {
						const samples = 1 + Math.floor(random() * 150);
						track.append(frames(end, samples, channels));
						pieces.push({start: end, end: end + samples});
						end += samples;
						dropWhile(({start}) => end - start > limit * RATE);
					} else if (choice < 0.6) {
						const until = Math.floor((pieces[0]?.start ?? 0) + random() * 2000) + 0.5;
						track.discardBefore(until / RATE);
						dropWhile((piece) => piece.end <= until);
					} else {
						const asked = Math.floor(random() * (end + 100));
						const piece = track.at(asked / RATE);
						if (asked >= end || pieces.length === 0) expect(piece).toBeUndefined();
						else {
							expect(Math.round(piece!.start * RATE)).toBe(Math.max(asked, pieces[0]?.start ?? end));
							expectTrue(piece!, channels);
						}
					}
					expect(Math.round(track.end * RATE)).toBe(end);
					expect(Math.round(track.start * RATE)).toBe(pieces[0]?.start ?? end);
					expect(track.waitingPieces).toBe(pieces.length);
				}
				track.dispose();
				if (spillTo !== undefined) expect(existsSync(spillTo)).toBe(false);
			}
		});
	}

	test('is read through without a hole or an overlap, from any moment on', () => {
		const track = new AudioTrack({format, memory: 1, spillTo: join(folder, 'through')});
		const random = seeded(3);
		let end = 0;
		for (let index = 0; index < 200; index++) {
			const samples = 1 + Math.floor(random() * 150);
			track.append(frames(end, samples, 1));
			end += samples;
		}
		for (let from = 0; from < end; from += 997) {
			let next = from;
			let cursor = from / RATE;
			for (let piece = track.at(cursor); piece !== undefined; piece = track.at(cursor)) {
				expect(Math.round(piece.start * RATE)).toBe(next);
				next += piece.frames[0]!.bytes.byteLength / 2;
				cursor = piece.start + piece.seconds;
			}
			expect(next).toBe(end);
		}
		track.dispose();
	});

	test('of a container goes in its order, and is not dropped by times it does not have', () => {
		const track = new AudioTrack({format: {type: 'file'}});
		for (let index = 0; index < 5; index++) track.append([{bytes: Uint8Array.of(index)}]);
		track.discardBefore(100);
		const read: number[] = [];
		for (let piece = track.at(0); piece !== undefined; piece = track.at(0)) {
			read.push(piece.frames[0]!.bytes[0]!);
			track.discardFirst();
		}
		expect(read).toEqual([0, 1, 2, 3, 4]);
	});
});

test('hours of audio: what is gone is forgotten, and what is kept stays what it was', () => {
	const track = new AudioTrack({format, limit: 30, memory: 5, spillTo: join(folder, 'hours')});
	for (let index = 0; index < 10_000; index++) {
		track.append(frames(index * 10, 10, 1));
		if (index % 3000 === 0) track.discardBefore(track.end - 20);
		if (index % 97 !== 0) continue;
		expect(track.waitingPieces).toBeLessThanOrEqual(3000);
		for (const time of [track.start, (track.start + track.end) / 2, track.end - 0.01])
			expectTrue(track.at(time)!, 1);
	}
	track.dispose();
});

test('a file that cannot be written: memory keeps the audio', () => {
	const track = new AudioTrack({format, memory: 1, spillTo: join(folder, 'no', 'such', 'folder')});
	for (let index = 0; index < 50; index++) track.append(frames(index * 100, 100, 1));
	expectTrue(track.at(0.5)!, 1);
	track.dispose();
});

test('the file is for its owner alone, and is emptied when nothing in it is needed', () => {
	const spillTo = join(folder, 'private');
	const track = new AudioTrack({format, memory: 1, spillTo});
	for (let index = 0; index < 50; index++) track.append(frames(index * 100, 100, 1));
	expect(statSync(spillTo).mode & 0o777).toBe(0o600);
	expect(statSync(spillTo).size).toBeGreaterThan(7000);
	track.discardBefore(4.5);
	expect(statSync(spillTo).size).toBe(0);
	track.dispose();
});

describe('who waits for more', () => {
	test('is woken by audio, by the end, and by a call off', async () => {
		const track = new AudioTrack({format});
		const off = new AbortController();
		const audio = track.more(off.signal);
		track.append(frames(0, 10, 1));
		await audio;
		const called = track.more(off.signal);
		off.abort();
		await called;
		const end = track.more(new AbortController().signal);
		track.close();
		await end;
		await track.more(new AbortController().signal);
		expect(track.isClosed).toBe(true);
		expect(track.closing.aborted).toBe(true);
	});
});
