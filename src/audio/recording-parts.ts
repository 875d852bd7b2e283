/** Reading back what `openRecording` wrote, also while it grows, and after a crash. */
import {createReadStream, readdirSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {BYTES_PER_SAMPLE} from '../speechmatics/config.ts';
import {WholeUnits} from './samples.ts';
import {parseWavHeader, WAV_HEADER_BYTES, type WavLayout, wavHeader} from './wav-header.ts';

export interface RecordingPart extends WavLayout {
	readonly path: string;
	/** Whole samples that are there, whether the header counts them or not. */
	readonly samples: number;
	/** What the header counts. */
	readonly countedSamples: number;
}

/** The files of a recording by their numbers, `recording.wav` being the first. A folder that is not there has none. */
export function recordingParts(folder: string, stem = 'recording'): {number: number; path: string}[] {
	const numberOf = (name: string) => {
		if (!name.startsWith(stem) || !name.endsWith('.wav')) return undefined;
		const between = name.slice(stem.length, -'.wav'.length);
		return between === '' ? 1 : Number(/^-([2-9]|[1-9]\d+)$/.exec(between)?.[1] ?? Number.NaN);
	};
	return namesIn(folder)
		.map((name) => ({number: numberOf(name) ?? Number.NaN, path: join(folder, name)}))
		.filter(({number}) => !Number.isNaN(number))
		.sort((one, other) => one.number - other.number);
}

/**
 * What is there of a recording. A part that broke off before its header was whole counts as none.
 *
 * @throws the file system's error
 */
export async function inspectRecording(folder: string, stem?: string): Promise<RecordingPart[]> {
	const found = await Promise.all(recordingParts(folder, stem).map(({path}) => inspect(path)));
	return found.filter((part) => part !== undefined);
}

/** Samples of the whole recording. @throws the file system's error */
export async function recordingLength(folder: string, stem?: string): Promise<number> {
	const parts = await inspectRecording(folder, stem);
	return parts.reduce((sum, {samples}) => sum + samples, 0);
}

/**
 * Reads a recording over all its parts, as long as it is when each part is begun.
 *
 * @param fromSample counted from the start of the first part
 * @returns whole samples, in chunks of at most 64 KiB
 * @throws the file system's error
 */
export async function* readRecording(
	folder: string,
	fromSample = 0,
	stem?: string,
): AsyncGenerator<Uint8Array, void, void> {
	let skip = fromSample;
	for (const {path, samples, encoding} of await inspectRecording(folder, stem)) {
		const size = BYTES_PER_SAMPLE[encoding];
		if (skip < samples) {
			const whole = new WholeUnits(size);
			const stream = createReadStream(path, {
				start: WAV_HEADER_BYTES + skip * size,
				end: WAV_HEADER_BYTES + samples * size - 1,
			});
			for await (const bytes of stream) yield whole.add(bytes as Uint8Array);
		}
		skip = Math.max(0, skip - samples);
	}
}

/**
 * Lets the headers count what a crash left uncounted, and cuts half a sample off, so that other programs read it all.
 * Not while the recording is being written.
 *
 * @returns the paths of the parts that were changed
 * @throws the file system's error
 */
export async function repairRecording(folder: string, stem?: string): Promise<string[]> {
	const broken = (await inspectRecording(folder, stem)).filter(
		({samples, countedSamples}) => samples !== countedSamples,
	);
	for (const part of broken) {
		const dataBytes = part.samples * BYTES_PER_SAMPLE[part.encoding];
		const file = await open(part.path, 'r+');
		try {
			await file.truncate(WAV_HEADER_BYTES + dataBytes);
			await file.datasync();
			await file.write(wavHeader(part, dataBytes), 0, WAV_HEADER_BYTES, 0);
			await file.datasync();
		} finally {
			await file.close();
		}
	}
	return broken.map(({path}) => path);
}

async function inspect(path: string): Promise<RecordingPart | undefined> {
	const file = await open(path);
	try {
		const {buffer, bytesRead} = await file.read(new Uint8Array(WAV_HEADER_BYTES), 0, WAV_HEADER_BYTES, 0);
		const header = parseWavHeader(buffer.subarray(0, bytesRead));
		if (header === undefined) return undefined;
		const {encoding, sampleRate, dataBytes} = header;
		const size = BYTES_PER_SAMPLE[encoding];
		const samples = Math.floor(((await file.stat()).size - WAV_HEADER_BYTES) / size);
		return {path, encoding, sampleRate, samples, countedSamples: dataBytes / size};
	} finally {
		await file.close();
	}
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}
