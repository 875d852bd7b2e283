import {describe, expect, test} from 'bun:test';
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {decodeWithFfmpeg, findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {toFloat} from '../../src/audio/samples.ts';
import {knownSentences} from '../../src/emulator/recogniser/known-sentences.ts';
import {Recogniser} from '../../src/emulator/recogniser/recogniser.ts';
import type {Spoken} from '../../src/emulator/recogniser/spoken.ts';
import {SAMPLE_SENTENCES} from '../../src/emulator/script.ts';
import {
	atRate,
	joined,
	recognise,
	SAMPLE_PATH,
	SAMPLE_TEXT,
	sampleSound,
	silence,
	textOf,
	tone,
} from './sample-sound.ts';

const sample = await sampleSound();
const ffmpeg = await findFfmpeg();

/** Root mean square of the sound between two moments. */
function loudness(sound: Float32Array, {start, end}: {start: number; end: number}): number {
	const part = sound.subarray(start * 16_000, end * 16_000);
	return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
}

function words(spoken: readonly Spoken[]): Spoken[] {
	return spoken.filter(({type}) => type === 'word');
}

/** Every word moved by the same time. */
function expectShifted(spoken: readonly Spoken[], original: readonly Spoken[], seconds: number): void {
	expect(textOf(spoken)).toBe(textOf(original));
	for (const [index, {start}] of words(spoken).entries()) {
		expect(Math.abs(start - words(original)[index]!.start - seconds)).toBeLessThan(0.07);
	}
}

describe('the bundled sample', () => {
	test('is recognised with its words, marks and speakers', async () => {
		const spoken = await recognise(sample);
		expect(textOf(spoken)).toBe(SAMPLE_TEXT);
		expect(textOf(spoken)).toStartWith("Good morning, everyone. Let's begin today's meeting.");
		for (const speaker of ['S1', 'S2'] as const) {
			const said = SAMPLE_SENTENCES.filter((sentence) => sentence.speaker === speaker);
			expect(textOf(spoken.filter((item) => item.speaker === speaker))).toBe(
				said.map(({text}) => text).join(' '),
			);
		}
	});

	test('has its words where speech is, in order, on the grid of 40 ms', async () => {
		const spoken = await recognise(sample);
		let last = 0;
		for (const {start, end, type} of spoken) {
			expect(start).toBeGreaterThanOrEqual(last);
			expect(Math.abs((start / 0.04) % 1) < 1e-6 || Math.abs((start / 0.04) % 1) > 1 - 1e-6).toBe(true);
			if (type === 'word') expect(loudness(sample, {start, end})).toBeGreaterThan(0.01);
			last = end;
		}
	});

	test('is known after silence, quieter, and at other sample rates', async () => {
		const spoken = await recognise(sample);
		expectShifted(await recognise(joined(silence(3.013), sample)), spoken, 3.013);
		expectShifted(await recognise(sample.map((value) => value * 0.05)), spoken, 0);
		for (const rate of [8000, 44_100, 48_000]) {
			expectShifted(await recognise(atRate(sample, rate), rate), spoken, 0);
		}
	});

	test('is known in noise, and on a card that adds a constant', async () => {
		let seed = 1;
		const noisy = sample.map((value) => {
			seed = (seed * 16_807) % 2_147_483_647;
			return value + (seed / 2_147_483_647 - 0.5) * 0.01 + 0.1;
		});
		expectShifted(await recognise(noisy), await recognise(sample), 0);
	});

	test('is known in a room whose echo fills its pauses', async () => {
		const echoing = joined(sample, silence(1));
		for (const delay of [1777, 2999, 4111]) {
			for (let index = delay; index < echoing.length; index++)
				echoing[index]! += echoing[index - delay]! * 0.4;
		}
		expect(textOf(await recognise(echoing.map((value) => value / 3)))).toBe(SAMPLE_TEXT);
	});

	test('is known again when it is heard again', async () => {
		expect(textOf(await recognise(joined(sample, silence(0.7), sample)))).toBe(
			`${SAMPLE_TEXT} ${SAMPLE_TEXT}`,
		);
	});

	test('is known up to where it is cut off, and from its next sentence where it is joined late', async () => {
		const cutOff = await recognise(sample.subarray(0, 5.3 * 16_000));
		expect(SAMPLE_TEXT).toStartWith(textOf(cutOff));
		expect(textOf(cutOff)).toEndWith('The new version is out,');
		const late = textOf(await recognise(sample.subarray(1.2 * 16_000)));
		expect(late).toEndWith(SAMPLE_TEXT.slice(SAMPLE_TEXT.indexOf("Let's")));
	});

	test('gives the same in whatever pieces it comes', async () => {
		const whole = await recognise(sample);
		const recogniser = new Recogniser({sampleRate: 16_000, known: await knownSentences()});
		for (let start = 0; start < sample.length; start += 997)
			recogniser.push(sample.subarray(start, start + 997));
		expect(recogniser.takeUtterance()).toEqual(whole);
	});

	test.skipIf(ffmpeg === undefined)('is known after mp3', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'speechdeck-test-'));
		try {
			const path = join(folder, 'meeting.mp3');
			const {status} = spawnSync(ffmpeg!, ['-loglevel', 'error', '-i', SAMPLE_PATH, '-b:a', '32k', path]);
			// An ffmpeg without an mp3 encoder has nothing to show here.
			if (status !== 0) return;
			const recogniser = new Recogniser({sampleRate: 16_000, known: await knownSentences()});
			for await (const bytes of decodeWithFfmpeg(path).samples) recogniser.push(toFloat(bytes, 'pcm_s16le'));
			expectShifted(recogniser.takeUtterance(), await recognise(sample), 0);
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	});
});

describe('other sound', () => {
	test('is given placeholder words, only where there is sound, and a full stop after a silence', async () => {
		const spoken = await recognise(joined(silence(1), tone(1.2), silence(0.8), tone(0.6), silence(1)));
		expect(textOf(spoken)).toBe('Simulated placeholder words. Simulated placeholder.');
		for (const {start, end} of words(spoken)) {
			expect((start >= 0.96 && end <= 2.24) || (start >= 2.96 && end <= 3.64)).toBe(true);
		}
	});

	test('has no full stop after a short pause', async () => {
		expect(textOf(await recognise(joined(tone(0.8), silence(0.2), tone(0.4))))).toBe(
			'Simulated placeholder words.',
		);
	});

	test('has no words where there is silence or a click', async () => {
		expect(await recognise(silence(5))).toEqual([]);
		expect(await recognise(joined(silence(1), tone(0.02), silence(1)))).toEqual([]);
		expect(await recognise(new Float32Array(0))).toEqual([]);
	});
});

describe('what is not final yet', () => {
	test('is guessed as it is being said, and becomes final after the delay', async () => {
		const recogniser = new Recogniser({sampleRate: 16_000, known: await knownSentences()});
		const partials = new Set<string>();
		let final: Spoken[] = [];
		for (let start = 0; start < 3.2 * 16_000; start += 1600) {
			recogniser.push(sample.subarray(start, start + 1600));
			const taken = recogniser.takeFinal(1);
			for (const {end} of taken) expect(recogniser.time - end).toBeGreaterThanOrEqual(1);
			final = [...final, ...taken];
			partials.add(textOf([...final, ...recogniser.partial()]));
		}
		expect(textOf(final)).toBe('Good morning, everyone.');
		expect([...partials]).toContain('Good morning');
		expect([...partials].some((text) => /^Good morning, every?o?n?$/.test(text))).toBe(true);
		expect([...partials].some((text) => text.startsWith("Good morning, everyone. Let's b"))).toBe(true);
	});

	test('is all taken when the utterance is over', async () => {
		const recogniser = new Recogniser({sampleRate: 16_000, known: await knownSentences()});
		recogniser.push(sample.subarray(0, 1.9 * 16_000));
		expect(textOf(recogniser.takeUtterance())).toBe('Good morning, everyone.');
		expect(recogniser.partial()).toEqual([]);
	});
});
