import {expect, test} from 'bun:test';
import {LinearResampler} from '../../src/audio/resample.ts';
import {shareOfPower} from '../helpers/null-sink.ts';
import {s16} from './wav-files.ts';

function tone(hertz: number, rate: number, seconds: number): Uint8Array {
	const samples = Int16Array.from({length: rate * seconds}, (_, index) =>
		Math.round(16_000 * Math.sin((2 * Math.PI * hertz * index) / rate)),
	);
	return new Uint8Array(samples.buffer);
}

test('values between two samples lie on the line between them', () => {
	const twice = new LinearResampler(8_000, 16_000);
	expect(twice.push(s16(0, 100, -100))).toEqual(s16(0, 50, 100, 0, -100));
	expect(twice.push(s16(300))).toEqual(s16(100, 300));
});

test.each([
	[48_000, 16_000],
	[44_100, 16_000],
	[8_000, 16_000],
	[16_000, 44_100],
])('%d to %d keeps the tone and the length, and has no seam wherever it is cut', (from, to) => {
	const input = tone(440, from, 2);
	const whole = new LinearResampler(from, to).push(input);
	const pieces: Uint8Array[] = [];
	const resampler = new LinearResampler(from, to);
	for (let at = 0, samples = 1; at < input.length; samples = (samples * 7) % 997) {
		pieces.push(resampler.push(input.subarray(at, at + samples * 2)));
		at += samples * 2;
	}
	expect(Buffer.concat(pieces).equals(whole)).toBe(true);
	expect(Math.abs(whole.length / 2 - 2 * to)).toBeLessThanOrEqual(Math.ceil(to / from));
	expect(shareOfPower(whole, to, 440)).toBeGreaterThan(0.99);
});

test('nothing makes nothing', () => {
	const resampler = new LinearResampler(48_000, 16_000);
	expect(resampler.push(new Uint8Array(0))).toHaveLength(0);
	expect(resampler.push(s16(5, 6, 7, 8))).toEqual(s16(5, 8));
});
