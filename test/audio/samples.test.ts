import {expect, test} from 'bun:test';
import {inPieces, toFloat, WholeUnits} from '../../src/audio/samples.ts';
import {collect, cut, s16} from './wav-files.ts';

const BYTES = Uint8Array.from({length: 100}, (_, index) => index);

test('pieces have the length asked for, however the bytes arrive', async () => {
	for (const size of [1, 3, 20, 21, 99, 100]) {
		const lengths: number[] = [];
		const pieces = inPieces(cut(BYTES, ...Array(Math.floor(100 / size)).fill(size)), 20);
		const all = await collect(
			(async function* () {
				for await (const piece of pieces) {
					lengths.push(piece.length);
					yield piece;
				}
			})(),
		);
		expect(lengths).toEqual([20, 20, 20, 20, 20]);
		expect(all).toEqual(BYTES);
	}
});

test('the last piece is shorter where the bytes do not suffice, and there is none without bytes', async () => {
	const lengths = async (bytes: Uint8Array) => {
		const found: number[] = [];
		for await (const piece of inPieces(cut(bytes), 64)) found.push(piece.length);
		return found;
	};
	expect(await lengths(BYTES)).toEqual([64, 36]);
	expect(await lengths(new Uint8Array(0))).toEqual([]);
});

test('a unit that is split between two chunks waits for its other half', () => {
	const whole = new WholeUnits(4);
	expect(whole.add(BYTES.subarray(0, 3))).toHaveLength(0);
	expect(whole.add(BYTES.subarray(3, 9))).toEqual(BYTES.subarray(0, 8));
	expect(whole.add(BYTES.subarray(9, 12))).toEqual(BYTES.subarray(8, 12));
});

test('samples become numbers from −1 to 1', () => {
	expect([...toFloat(s16(0, 16_384, -32_768), 'pcm_s16le')]).toEqual([0, 0.5, -1]);
	expect([...toFloat(new Uint8Array(new Float32Array([0.25, -1]).buffer), 'pcm_f32le')]).toEqual([0.25, -1]);
	expect(
		[...toFloat(Uint8Array.of(0xff, 0x7f, 0x80, 0x00), 'mulaw')].map((value) => value * 32_768 + 0),
	).toEqual([0, 0, 32_124, -32_124]);
	expect(toFloat(Uint8Array.of(1, 2, 3), 'pcm_s16le')).toHaveLength(1);
});

test('what came before a failure comes out before the failure', async () => {
	const failing = (async function* () {
		yield BYTES.subarray(0, 30);
		throw new Error('unplugged');
	})();
	const lengths: number[] = [];
	const reading = (async () => {
		for await (const piece of inPieces(failing, 20)) lengths.push(piece.length);
	})();
	await expect(reading).rejects.toThrow('unplugged');
	expect(lengths).toEqual([20, 10]);
});
