import {expect, test} from 'bun:test';
import {DECAY, FLOOR, HOLD_SECONDS, LevelMeter, levelOf} from '../../src/audio/level.ts';
import {s16} from './wav-files.ts';

const SECOND_OF_SILENCE = new Uint8Array(32_000);

test('the level of a square wave is its height, of silence the floor', () => {
	expect(levelOf(s16(16_384, -16_384), 'pcm_s16le').rms).toBeCloseTo(-6.02, 2);
	expect(levelOf(s16(0, 0), 'pcm_s16le')).toEqual({rms: FLOOR, peak: FLOOR});
	expect(levelOf(new Uint8Array(0), 'pcm_s16le')).toEqual({rms: FLOOR, peak: FLOOR});
});

test('the peak is held, then falls, and a louder one takes its place', () => {
	const meter = new LevelMeter('pcm_s16le');
	const loud = meter.add(s16(16_384));
	expect(loud.hold).toBeCloseTo(-6.02, 2);
	expect(meter.add(SECOND_OF_SILENCE)).toMatchObject({peak: FLOOR, hold: loud.hold});
	const falling = meter.add(SECOND_OF_SILENCE).hold;
	expect(falling).toBeCloseTo(loud.hold - (2 - HOLD_SECONDS) * DECAY, 2);
	expect(meter.add(SECOND_OF_SILENCE).hold).toBeCloseTo(falling - DECAY, 2);
	for (let second = 0; second < 20; second++) meter.add(SECOND_OF_SILENCE);
	expect(meter.add(SECOND_OF_SILENCE).hold).toBe(FLOOR);
	expect(meter.add(s16(-32_768)).hold).toBe(0);
});

test('samples at the end of the scale are counted, on both sides, in every encoding', () => {
	const meter = new LevelMeter('pcm_s16le');
	expect(meter.add(s16(32_767, -32_768, 32_766, 0)).clipped).toBe(2);
	expect(meter.add(s16(32_767)).clipped).toBe(1);
	expect(meter.clipped).toBe(3);
	expect(new LevelMeter('mulaw').add(Uint8Array.of(0x80, 0x00, 0x81, 0xff)).clipped).toBe(2);
	expect(
		new LevelMeter('pcm_f32le').add(new Uint8Array(new Float32Array([1, 1.5, 0.99]).buffer)).clipped,
	).toBe(2);
});
