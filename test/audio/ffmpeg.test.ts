import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {copyFile, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {decodeWithFfmpeg, findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {collect} from './wav-files.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const ffmpeg = await findFfmpeg();
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'speechdeck-test-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

describe.skipIf(ffmpeg === undefined)('ffmpeg decodes', () => {
	test('to 16 bit at the rate asked for', async () => {
		const at16 = await collect(decodeWithFfmpeg(SAMPLE).samples);
		const at8 = await collect(decodeWithFfmpeg(SAMPLE, {sampleRate: 8000}).samples);
		expect(at16.length / 32_000).toBeCloseTo(14.95, 1);
		expect(at8.length / 16_000).toBeCloseTo(14.95, 1);
	});

	test.each(['-y.wav', 'http:x.wav', 'concat:a|b.wav', '%d.wav'])(
		'a file named %p, which is no option',
		async (name) => {
			const path = join(folder, name);
			await copyFile(SAMPLE, path);
			expect((await collect(decodeWithFfmpeg(path).samples)).length).toBeGreaterThan(400_000);
		},
	);

	test('nothing that is no audio, and says why in one line without control characters', async () => {
		const path = join(folder, 'text\u001b[31m.mp3');
		await writeFile(path, 'no audio in here');
		const error = await collect(decodeWithFfmpeg(path).samples).catch((error: Error) => error);
		expect(error).toMatchObject({name: 'AudioError'});
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
		expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/);
		expect((error as Error).message).toMatch(/^ffmpeg cannot decode it: \S/);
	});

	test('no playlist that reaches into the network', async () => {
		const path = join(folder, 'list.m3u8');
		await writeFile(
			path,
			'#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n',
		);
		await expect(collect(decodeWithFfmpeg(path).samples)).rejects.toThrow('ffmpeg cannot decode it');
	});

	test('until it is stopped, which is no error', async () => {
		const decoded = decodeWithFfmpeg(SAMPLE);
		let bytes = 0;
		for await (const chunk of decoded.samples) {
			bytes += chunk.length;
			decoded.stop();
		}
		expect(bytes).toBeGreaterThan(0);
	});
});

test('ffmpeg is not found where the PATH does not lead to it', async () => {
	const path = process.env.PATH;
	try {
		process.env.PATH = folder;
		expect(await findFfmpeg()).toBeUndefined();
		await expect(collect(decodeWithFfmpeg(SAMPLE).samples)).rejects.toThrow('ffmpeg is not installed');
	} finally {
		process.env.PATH = path;
	}
});
