/** A recording on disk: what it is, told by its content, and what is spoken in it. */
import {createReadStream} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {containerOf} from '../audio/container.ts';
import {decodeWithFfmpeg, findFfmpeg} from '../audio/ffmpeg.ts';
import {toFloat} from '../audio/samples.ts';
import {AudioError} from '../audio/source.ts';
import {isWav, readWav, WAV_HEAD_BYTES} from '../audio/wav.ts';
import {BYTES_PER_SAMPLE, type RawEncoding} from '../speechmatics/config.ts';
import {knownSentences} from './recogniser/known-sentences.ts';
import {placeholderSentences} from './recogniser/placeholder.ts';
import {Recogniser} from './recogniser/recogniser.ts';
import type {Spoken} from './recogniser/spoken.ts';

/** Mono samples and how to read them. */
export interface Sound {
	readonly format: {readonly encoding: RawEncoding; readonly sample_rate: number};
	readonly samples: AsyncIterable<Uint8Array>;
}

/** Source: docs, batch channel diarization. */
const MOST_CHANNELS = 100;

/** Types of files whose name begins otherwise though there may be speech in them. */
const CONTAINER_TYPES = ['application/ogg', 'application/mxf', 'application/vnd.ms-asf'];

/**
 * How long a recording is.
 *
 * @returns seconds, 0 where only listening to it can tell
 * @throws AudioError when it is no recording
 */
export async function durationOf(path: string): Promise<number> {
	if (await fileIsWav(path)) {
		const wav = await openWav(path);
		// Nothing reads on: this lets the file go.
		for await (const _ of wav.samples) break;
		return wav.duration ?? 0;
	}
	const type = await containerOf(path);
	const isMedia =
		type !== undefined && (/^(audio|video)\//.test(type.mime) || CONTAINER_TYPES.includes(type.mime));
	if (!isMedia) throw new AudioError('this is not audio');
	// Loaded only for the containers it is needed for.
	const {parseFile} = await import('music-metadata');
	const {format} = await parseFile(path, {duration: true, skipCovers: true}).catch(
		() => ({format: {}}) as never,
	);
	return format.duration ?? 0;
}

/**
 * The sound of a recording.
 *
 * @returns `undefined` where it is in a container and there is no ffmpeg to take it out
 * @throws AudioError when it cannot be read; reading the samples may throw one as well
 */
export async function soundOf(path: string): Promise<Sound | undefined> {
	if (await fileIsWav(path)) return openWav(path);
	if ((await findFfmpeg()) === undefined) return undefined;
	const format = {encoding: 'pcm_s16le', sample_rate: 16_000} as const;
	return {format, samples: decodeWithFfmpeg(path, {sampleRate: format.sample_rate}).samples};
}

/**
 * Listens to a recording from start to end.
 *
 * @param eachChannel the channels of a WAV are listened to one by one, and what is spoken in them told apart
 * @returns what is spoken in it, and its length in seconds
 * @throws AudioError when it cannot be read, the signal's reason when it is aborted
 */
export async function recogniseFile(path: string, signal: AbortSignal, eachChannel = false): Promise<Heard> {
	if (eachChannel && (await fileIsWav(path))) return recogniseChannels(path, signal);
	const sound = await soundOf(path);
	if (sound === undefined) {
		const duration = await durationOf(path);
		return {spoken: placeholderSentences(duration), duration};
	}
	return recogniseSound(sound, signal);
}

interface Heard {
	readonly spoken: readonly Spoken[];
	/** Seconds. */
	readonly duration: number;
}

async function recogniseSound({format, samples}: Sound, signal: AbortSignal): Promise<Heard> {
	const {encoding, sample_rate: sampleRate} = format;
	const recogniser = new Recogniser({sampleRate, known: await knownSentences()});
	let bytesHeard = 0;
	for await (const bytes of samples) {
		signal.throwIfAborted();
		bytesHeard += bytes.length;
		recogniser.push(toFloat(bytes, encoding));
	}
	const duration = bytesHeard / BYTES_PER_SAMPLE[encoding] / sampleRate;
	return {spoken: recogniser.takeUtterance(), duration};
}

/** Reads the file once for each channel, so that nothing of it has to be kept. */
async function recogniseChannels(path: string, signal: AbortSignal): Promise<Heard> {
	const words: Spoken[][] = [];
	let duration = 0;
	let channels = 1;
	for (let channel = 0; channel < channels; channel++) {
		const wav = await openWav(path, channel);
		channels = Math.min(wav.channels, MOST_CHANNELS);
		const heard = await recogniseSound(wav, signal);
		duration = heard.duration;
		words.push(...wordsOf(heard.spoken.map((item) => ({...item, channel}))));
	}
	return {spoken: words.sort(([a], [b]) => a!.start - b!.start).flat(), duration};
}

/** Each word with the marks behind it: they must not come to stand behind a word of another channel. */
function wordsOf(spoken: readonly Spoken[]): Spoken[][] {
	const words: Spoken[][] = [];
	for (const item of spoken) {
		if (item.type === 'punctuation' && words.length > 0) words.at(-1)!.push(item);
		else words.push([item]);
	}
	return words;
}

async function openWav(path: string, channel?: number) {
	const {size} = await stat(path);
	return readWav(createReadStream(path), {fileBytes: size, ...(channel === undefined ? {} : {channel})});
}

async function fileIsWav(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const {buffer, bytesRead} = await file.read(new Uint8Array(WAV_HEAD_BYTES), 0, WAV_HEAD_BYTES, 0);
		return isWav(buffer.subarray(0, bytesRead));
	} finally {
		await file.close();
	}
}
