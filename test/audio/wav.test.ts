import {describe, expect, test} from 'bun:test';
import {AudioError} from '../../src/audio/source.ts';
import {isWav, readWav} from '../../src/audio/wav.ts';
import {bytesOf, chunk, collect, cut, type Fmt, fmt, s16, u32, wav} from './wav-files.ts';

const SAMPLES = s16(0, 1, -1, 32_767, -32_768, 1234);

async function samplesOf(file: Uint8Array, ...sizes: number[]): Promise<Uint8Array> {
	return collect((await readWav(cut(file, ...sizes))).samples);
}

async function convert(format: Fmt, data: Uint8Array): Promise<Int16Array> {
	const bytes = await samplesOf(wav(fmt(format), chunk('data', data)));
	return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

describe('a WAV is read', () => {
	test('with its samples as they are, its rate and its length', async () => {
		const audio = await readWav(cut(wav(fmt({rate: 8000}), chunk('data', SAMPLES))));
		expect(audio.format).toEqual({type: 'raw', encoding: 'pcm_s16le', sample_rate: 8000});
		expect(audio.dataBytes).toBe(12);
		expect(audio.duration).toBe(6 / 8000);
		expect(await collect(audio.samples)).toEqual(SAMPLES);
	});

	test('the same at whatever bytes it is cut', async () => {
		const file = wav(fmt({channels: 2, bits: 24}), chunk('LIST', bytesOf('odd')), chunk('data', SAMPLES));
		const whole = await samplesOf(file);
		for (let at = 1; at < file.length; at++) expect(await samplesOf(file, at)).toEqual(whole);
		for (const size of [1, 2, 3, 5, 7]) {
			expect(await samplesOf(file, ...Array(Math.floor(file.length / size)).fill(size))).toEqual(whole);
		}
	});

	test('one channel at a time where that is asked for', async () => {
		const file = wav(fmt({channels: 2}), chunk('data', s16(1, -1, 20, -20, 300, -300)));
		const left = await readWav(cut(file), {channel: 0});
		expect([left.channels, left.dataBytes]).toEqual([2, 6]);
		expect(await collect(left.samples)).toEqual(s16(1, 20, 300));
		expect(await collect((await readWav(cut(file), {channel: 1})).samples)).toEqual(s16(-1, -20, -300));
		expect(await samplesOf(file)).toEqual(s16(0, 0, 0));
		await expect(readWav(cut(file), {channel: 2})).rejects.toThrow(AudioError);
	});

	test('past chunks it does not know, of odd length too, and without those that follow', async () => {
		const junk = [chunk('JUNK', new Uint8Array(4097)), chunk('LIST', bytesOf('abc'))];
		const file = wav(...junk, fmt(), chunk('bext', new Uint8Array(3)), chunk('data', SAMPLES), ...junk);
		expect(await samplesOf(file)).toEqual(SAMPLES);
	});

	test('without half a sample at its end', async () => {
		expect(await samplesOf(wav(fmt(), chunk('data', SAMPLES)).subarray(0, -1))).toEqual(
			SAMPLES.subarray(0, 10),
		);
		expect(await samplesOf(wav(fmt(), chunk('data', SAMPLES.subarray(0, 5))))).toEqual(
			SAMPLES.subarray(0, 4),
		);
	});

	test.each([0, 0xffff_ffff, 0x7fff_f000, 0x8000_0000])('to its end where its size says %p', async (size) => {
		const file = wav(fmt(), bytesOf('data', u32(size), SAMPLES));
		const audio = await readWav(cut(file));
		expect(audio.dataBytes).toBeUndefined();
		expect(audio.duration).toBeUndefined();
		expect(await collect(audio.samples)).toEqual(SAMPLES);
	});

	test.each([0, 0xffff_ffff, 0x8000_0000, 400])(
		'with the length of the file where its size says %p',
		async (size) => {
			const file = wav(fmt(), bytesOf('data', u32(size), SAMPLES));
			const audio = await readWav(cut(file), {fileBytes: file.length});
			expect(audio.dataBytes).toBe(12);
		},
	);

	test('in its long forms, RF64 and BW64', async () => {
		const ds64 = chunk('ds64', bytesOf(u32(100), u32(0), u32(12), u32(0), u32(6), u32(0), u32(0)));
		const content = bytesOf(
			'WAVE',
			ds64,
			fmt(),
			'data',
			u32(0xffff_ffff),
			SAMPLES,
			chunk('LIST', bytesOf('more')),
		);
		for (const id of ['RF64', 'BW64']) {
			const audio = await readWav(cut(bytesOf(id, u32(0xffff_ffff), content)));
			expect(audio.dataBytes).toBe(12);
			expect(await collect(audio.samples)).toEqual(SAMPLES);
		}
	});

	test('in its extensible form', async () => {
		const guid = bytesOf([1, 0], [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
		const more = bytesOf([22, 0], [16, 0], u32(4), guid);
		expect(await samplesOf(wav(fmt({tag: 0xfffe, more}), chunk('data', SAMPLES)))).toEqual(SAMPLES);
	});
});

describe('samples come out in an encoding of the service', () => {
	test('float and μ-law as they are', async () => {
		const floats = bytesOf(new Uint8Array(new Float32Array([0.5, -0.25]).buffer));
		const float = await readWav(cut(wav(fmt({tag: 3, bits: 32}), chunk('data', floats))));
		expect(float.format.encoding).toBe('pcm_f32le');
		expect(await collect(float.samples)).toEqual(new Uint8Array(floats));
		const mulaw = await readWav(cut(wav(fmt({tag: 7, bits: 8}), chunk('data', bytesOf([1, 2, 3, 4])))));
		expect(mulaw.format.encoding).toBe('mulaw');
		expect(await collect(mulaw.samples)).toEqual(Uint8Array.of(1, 2, 3, 4));
	});

	test('8, 24 and 32 bit integers, 64 bit floats and A-law as 16 bit', async () => {
		expect([...(await convert({bits: 8}, bytesOf([0, 128, 255])))]).toEqual([-32_768, 0, 32_512]);
		expect([...(await convert({bits: 24}, bytesOf([0, 0, 0x80], [0, 1, 0], [0, 0xff, 0x7f])))]).toEqual([
			-32_768, 1, 32_767,
		]);
		expect([...(await convert({bits: 32}, bytesOf(u32(0x8000_0000), u32(0x0001_0000))))]).toEqual([
			-32_768, 1,
		]);
		const doubles = new Uint8Array(new Float64Array([0.5, 2, -2]).buffer);
		expect([...(await convert({tag: 3, bits: 64}, doubles))]).toEqual([16_384, 32_767, -32_768]);
		expect([...(await convert({tag: 6, bits: 8}, bytesOf([0xd5, 0x55, 0xaa, 0x2a])))]).toEqual([
			8, -8, 32_256, -32_256,
		]);
	});

	test('several channels as their mean', async () => {
		const stereo = s16(100, 300, -32_768, 32_767, -5, -5);
		expect([...(await convert({channels: 2}, stereo))]).toEqual([200, 0, -5]);
		const six = s16(6, 0, 0, 0, 0, 0);
		expect([...(await convert({channels: 6}, six))]).toEqual([1]);
	});
});

describe('what cannot be used is refused in one sentence', () => {
	const refusal = (file: Uint8Array) => expect(readWav(cut(file))).rejects.toThrow(AudioError);

	test('other files, and files that end too early', async () => {
		await refusal(bytesOf('ID3 something else'));
		await refusal(new Uint8Array(0));
		await refusal(wav(fmt()));
		await refusal(wav(chunk('data', SAMPLES)));
	});

	test('compressed and contradictory ones', async () => {
		await refusal(wav(fmt({tag: 0x55}), chunk('data', SAMPLES)));
		await refusal(wav(fmt({channels: 0}), chunk('data', SAMPLES)));
		await refusal(wav(fmt({rate: 0}), chunk('data', SAMPLES)));
		await refusal(wav(fmt({bits: 12, tag: 3}), chunk('data', SAMPLES)));
		await refusal(wav(chunk('fmt ', new Uint8Array(8)), chunk('data', SAMPLES)));
	});

	test('and its source is let go', async () => {
		let released = false;
		const source = (async function* () {
			try {
				yield bytesOf('not a WAV at all');
				yield bytesOf('more');
			} finally {
				released = true;
			}
		})();
		await expect(readWav(source)).rejects.toThrow(AudioError);
		expect(released).toBe(true);
	});
});

test('a WAV is told by its first twelve bytes', () => {
	expect(isWav(wav(fmt()))).toBe(true);
	expect(isWav(bytesOf('RIFF', u32(0), 'AVI '))).toBe(false);
	expect(isWav(bytesOf('RIFF'))).toBe(false);
});
