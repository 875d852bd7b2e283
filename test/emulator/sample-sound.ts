/** The bundled sample as numbers, and what recognition makes of such numbers. */
import {join} from 'node:path';
import {toFloat} from '../../src/audio/samples.ts';
import {readWav} from '../../src/audio/wav.ts';
import {knownSentences} from '../../src/emulator/recogniser/known-sentences.ts';
import {Recogniser} from '../../src/emulator/recogniser/recogniser.ts';
import type {Spoken} from '../../src/emulator/recogniser/spoken.ts';
import {SAMPLE_SENTENCES} from '../../src/emulator/script.ts';

export const SAMPLE_PATH = join(import.meta.dir, '../../src/emulator/sample.wav');
export const SAMPLE_RATE = 16_000;
export const SAMPLE_TEXT = SAMPLE_SENTENCES.map(({text}) => text).join(' ');

/** The samples of the bundled recording, as s16le. */
export async function sampleBytes(): Promise<Uint8Array<ArrayBuffer>> {
	const {samples} = await readWav(Bun.file(SAMPLE_PATH).stream());
	const pieces: Uint8Array[] = [];
	for await (const piece of samples) pieces.push(piece);
	return new Uint8Array(Buffer.concat(pieces));
}

export async function sampleSound(): Promise<Float32Array> {
	return toFloat(await sampleBytes(), 'pcm_s16le');
}

export function silence(seconds: number, rate = SAMPLE_RATE): Float32Array {
	return new Float32Array(seconds * rate);
}

export function tone(seconds: number, rate = SAMPLE_RATE): Float32Array {
	return Float32Array.from(
		{length: seconds * rate},
		(_, index) => Math.sin((index / rate) * 2 * Math.PI * 300) / 4,
	);
}

export function joined(...parts: Float32Array[]): Float32Array {
	return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** Linear resampling: enough to play a recording at another rate. */
export function atRate(sound: Float32Array, rate: number): Float32Array {
	return Float32Array.from({length: Math.floor((sound.length * rate) / SAMPLE_RATE)}, (_, index) => {
		const at = (index * SAMPLE_RATE) / rate;
		const before = sound[Math.floor(at)] ?? 0;
		return before + ((sound[Math.floor(at) + 1] ?? before) - before) * (at % 1);
	});
}

export function s16Bytes(sound: Float32Array): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Int16Array.from(sound, (value) => Math.round(value * 32_767)).buffer);
}

export async function recognise(sound: Float32Array, sampleRate = SAMPLE_RATE): Promise<Spoken[]> {
	const recogniser = new Recogniser({sampleRate, known: await knownSentences()});
	recogniser.push(sound);
	return recogniser.takeUtterance();
}

export function textOf(spoken: readonly Spoken[]): string {
	return spoken
		.map(({type, content}) => (type === 'word' ? ` ${content}` : content))
		.join('')
		.trim();
}
