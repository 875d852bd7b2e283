import {closeSync, openSync, readFileSync, writeSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {wavHeader} from '../../src/audio/wav-header.ts';

/** Of the recording that the emulator knows. */
const RATE = 16_000;
const LAYOUT = {encoding: 'pcm_s16le', sampleRate: RATE} as const;
const BYTES_PER_SECOND = RATE * 2;
/** Bytes of a chunk's name and size. */
const CHUNK_HEAD = 8;

/** Writes a WAV of speech: the emulator's recording over and over. */
export function writeSpeech(path: string, seconds: number): void {
	const recording = readFileSync(fileURLToPath(new URL('../../src/emulator/sample.wav', import.meta.url)));
	const samples = recording.subarray(recording.indexOf('data') + CHUNK_HEAD);
	const file = openSync(path, 'w');
	let left = seconds * BYTES_PER_SECOND;
	writeSync(file, wavHeader(LAYOUT, left));
	while (left > 0) left -= writeSync(file, samples, 0, Math.min(left, samples.length));
	closeSync(file);
}
