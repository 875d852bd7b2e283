/** Recordings that are told apart by their content. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const SAMPLE = new URL('../../src/emulator/sample.wav', import.meta.url);
const HEADER = 44;
/** 16 000 samples of two bytes. */
const SECOND = 32_000;

/** Fills a folder with WAV files, each another second of the emulator's sample. @returns their names */
export function makeRecordings(folder: string, count: number): string[] {
	mkdirSync(folder, {recursive: true});
	const sample = readFileSync(SAMPLE);
	const header = Buffer.from(sample.subarray(0, HEADER));
	header.writeUInt32LE(HEADER - 8 + SECOND, 4);
	header.writeUInt32LE(SECOND, HEADER - 4);
	const starts = (sample.length - HEADER - SECOND) / 2;
	return Array.from({length: count}, (_, index) => {
		const name = `recording-${String(index + 1).padStart(4, '0')}.wav`;
		const from = HEADER + 2 * Math.floor((index * starts) / count);
		writeFileSync(join(folder, name), Buffer.concat([header, sample.subarray(from, from + SECOND)]));
		return name;
	});
}
