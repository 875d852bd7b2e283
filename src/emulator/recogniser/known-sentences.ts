/**
 * The bundled sample as the recogniser knows it: how each sentence begins to sound, and when its words are
 * spoken. Read from the sample itself, so that its text (`script.ts`) and its sound are all there is to keep.
 */
import {readFile} from 'node:fs/promises';
import {Readable} from 'node:stream';
import {toFloat} from '../../audio/samples.ts';
import {readWav} from '../../audio/wav.ts';
import {embeddedFile} from '../../platform/embedded.ts';
import {SAMPLE_SENTENCES, type Sentence} from '../script.ts';
import {FRAME_SECONDS, FrameCutter} from './frames.ts';
import {OPENING_SECONDS, RecentWave} from './likeness.ts';
import {SpeechDetector} from './speech-detector.ts';
import {confidenceOf, type Spoken} from './spoken.ts';
import {type Stretch, StretchFinder} from './stretches.ts';

export interface KnownSentence {
	/** The sound of its first half second. */
	readonly opening: Float32Array;
	/** Its words and marks; times are seconds from its start. */
	readonly items: readonly Spoken[];
}

/** Frames of speech, each given by its start in seconds. */
type SpeechFrames = readonly number[];

interface HeardSentence {
	readonly start: number;
	readonly frames: SpeechFrames;
}

/** Longer than the sample: all of its sound is kept while it is read. */
const LONGEST_SAMPLE_SECONDS = 20;

let known: Promise<readonly KnownSentence[]> | undefined;

/** The sentences of the bundled sample. It is read and listened to with the first call, and once. */
export function knownSentences(): Promise<readonly KnownSentence[]> {
	known ??= listenToSample();
	return known;
}

async function listenToSample(): Promise<readonly KnownSentence[]> {
	const path = embeddedFile('sample.wav');
	if (path === undefined) return [];
	const wav = await readWav(Readable.from([await readFile(path)]));
	const stretches: Stretch[] = [];
	const frames: number[] = [];
	const cutter = new FrameCutter(wav.format.sample_rate);
	const detector = new SpeechDetector();
	const finder = new StretchFinder();
	const wave = new RecentWave(LONGEST_SAMPLE_SECONDS);
	for await (const bytes of wav.samples) {
		cutter.push(toFloat(bytes, wav.format.encoding), (frame) => {
			wave.push(frame);
			const speech = detector.hear(frame);
			if (speech) frames.push(finder.time);
			const stretch = finder.current;
			if (finder.next(speech) === 'ended' && stretch !== undefined) stretches.push(stretch);
		});
	}
	if (stretches.length !== SAMPLE_SENTENCES.length) {
		throw new Error(`The sample has ${stretches.length} sentences, its script ${SAMPLE_SENTENCES.length}.`);
	}
	return stretches.map(({start, lastSpeech}, index) => ({
		opening: wave.between(start, start + OPENING_SECONDS),
		items: placeWords(SAMPLE_SENTENCES[index]!, {
			start,
			frames: frames.filter((frame) => frame >= start && frame < lastSpeech),
		}),
	}));
}

/** Gives each phrase between commas the speech between two pauses, and each word its share of it. */
function placeWords({text, speaker}: Sentence, {start, frames}: HeardSentence): Spoken[] {
	const phrases = text.split(/(?<=[,.?!])\s*/).filter((phrase) => phrase !== '');
	const parts = splitAtPauses(frames, phrases.length);
	return phrases.flatMap((phrase, index) => {
		const mark = phrase.slice(-1);
		const words = phrase.slice(0, -1).split(' ');
		const placed = shareOut(words, parts[index]!).map(
			({content, from, to}): Spoken => ({
				type: 'word',
				content,
				start: from - start,
				end: to - start,
				speaker,
				confidence: confidenceOf(content),
			}),
		);
		const end = placed.at(-1)!.end;
		return [...placed, {type: 'punctuation', content: mark, start: end, end, speaker, confidence: 1}];
	});
}

/** Cuts speech into `count` parts at its longest pauses. */
function splitAtPauses(frames: SpeechFrames, count: number): SpeechFrames[] {
	const pauses = frames.slice(1).map((start, index) => ({at: index + 1, length: start - frames[index]!}));
	const cuts = pauses
		.sort((a, b) => b.length - a.length)
		.slice(0, count - 1)
		.map(({at}) => at)
		.sort((a, b) => a - b);
	return [0, ...cuts].map((cut, index) => frames.slice(cut, cuts[index] ?? frames.length));
}

/** Shares speech among words by how long they are to say. */
function shareOut(words: readonly string[], frames: SpeechFrames) {
	const total = words.reduce((sum, word) => sum + lengthToSay(word), 0);
	let said = 0;
	return words.map((content) => {
		const first = Math.round((said / total) * frames.length);
		said += lengthToSay(content);
		const last = Math.round((said / total) * frames.length) - 1;
		return {content, from: frames[first]!, to: frames[last]! + FRAME_SECONDS};
	});
}

/** In letters. A digit is said with about four. */
function lengthToSay(word: string): number {
	return 1 + word.replace(/\d/g, 'four').length;
}
