import {afterAll, describe, expect, test} from 'bun:test';
import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {probeFile} from '../../src/audio/probe.ts';
import {frugalAccess} from '../../src/audio/random-access.ts';
import {bytesOf, fmt, u32, wav} from './wav-files.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const SECONDS = 14.95;
const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));
const at = (name: string) => join(root, name);
const ffmpeg = await findFfmpeg();

const encoders = ffmpeg ? execFileSync(ffmpeg, ['-hide_banner', '-encoders'], {encoding: 'utf8'}) : '';
const kinds = (
	[
		['flac.flac', 'flac', []],
		['constant.mp3', 'libmp3lame', ['-b:a', '64k']],
		['variable.mp3', 'libmp3lame', ['-q:a', '4']],
		['unmarked.mp3', 'libmp3lame', ['-b:a', '64k', '-write_xing', '0', '-id3v2_version', '0']],
		['index-last.m4a', 'aac', []],
		['index-first.m4a', 'aac', ['-movflags', 'faststart']],
		['vorbis.ogg', 'libvorbis', []],
		['opus.ogg', 'libopus', []],
		['matroska.mka', 'aac', []],
		['wave64.aiff', 'pcm_s16be', []],
	] as const
).filter(([, encoder]) => encoders.includes(` ${encoder} `));

describe.skipIf(kinds.length === 0)('the length is known from a few bytes of', () => {
	test.each(kinds)('%s', async (name, encoder, options) => {
		execFileSync(ffmpeg!, ['-loglevel', 'error', '-y', '-i', SAMPLE, '-c:a', encoder, ...options, at(name)]);
		const {seconds, isFile} = await probeFile(at(name));
		expect(isFile).toBeTrue();
		expect(Math.abs(seconds! - SECONDS)).toBeLessThan(0.15);
	});
});

test('a WAV of hours is known by its header, and a header that lies by its size', async () => {
	const hour = 3600 * 32_000;
	const header = bytesOf('RIFF', u32(hour + 36), 'WAVE', fmt(), 'data', u32(hour));
	writeFileSync(at('hour.wav'), header);
	truncateSync(at('hour.wav'), header.length + hour);
	expect((await probeFile(at('hour.wav'))).seconds).toBe(3600);

	truncateSync(at('hour.wav'), header.length + 64_000);
	expect((await probeFile(at('hour.wav'))).seconds).toBe(2);
});

test.each([
	['torn.flac', 'fLaC\0\0'],
	['torn.ogg', 'OggS'],
	['torn.mp3', 'ID3\x04\0\0\x7f\x7f\x7f\x7f'],
	['torn.mp4', '\0\0\0\x18ftypmp42\0\0\0\0mp42isom\xff\xff\xff\xffmoov'],
	['torn.wav', 'RIFF\xff\xff\xff\xffWAVEfmt '],
])('%s gives no length and no error', async (name, content) => {
	writeFileSync(at(name), Buffer.from(content, 'latin1'));
	expect((await probeFile(at(name))).seconds).toBeUndefined();
	appendFileSync(at(name), Buffer.alloc(1000, 0xff));
	expect((await probeFile(at(name))).seconds).toBeUndefined();
});

test('an Ogg ends with the last page that knows its place', async () => {
	const page = (position: bigint, content: Uint8Array) => {
		const place = Buffer.alloc(8);
		place.writeBigInt64LE(position);
		return bytesOf('OggS', [0, 0], place, new Uint8Array(12), [1, content.length], content);
	};
	const skipped = 312;
	const head = bytesOf('OpusHead', [1, 1], [skipped & 255, skipped >> 8], u32(16_000), new Uint8Array(40));
	const end = 2n * 48_000n + BigInt(skipped);
	writeFileSync(at('made.ogg'), bytesOf(page(0n, head), page(end, head), page(-1n, head)));
	expect((await probeFile(at('made.ogg'))).seconds).toBe(2);
});

test('a header alone is a recording of no seconds', async () => {
	writeFileSync(at('header.wav'), wav(fmt(), bytesOf('data', u32(0))));
	expect((await probeFile(at('header.wav'))).seconds).toBe(0);
});

test('what would have to be read whole is given up', async () => {
	const size = 10_000_000;
	const asked: number[] = [];
	const file = {
		read: async (buffer: Uint8Array, _: number, length: number) => {
			asked.push(length);
			return {buffer, bytesRead: length};
		},
	} as never;
	const access = frugalAccess(file, size, new Uint8Array(100), 200_000);
	for (let position = 200; position < 60_000; position += 100) await access.read(position, 100);
	expect(asked).toHaveLength(1);
	await expect(access.read(100_000, 500_000)).rejects.toThrow('more than 200000 bytes');
	expect((await access.read(0, 10)).length).toBe(10);
});
