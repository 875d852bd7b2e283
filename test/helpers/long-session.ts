/** Days of speech in seconds: audio of few samples, each word a run of samples of its number. */
import type {AudioSource} from '../../src/audio/source.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {runSession, type SessionResult} from '../../src/realtime/session.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import type {Connect} from '../../src/speechmatics/socket.ts';
import {mark, word} from './results.ts';
import {VirtualClock} from './virtual-clock.ts';

/** Samples a second. */
const RATE = 100;
/** Samples of a word and of the pause behind it. */
const BLOCK = 40;
const SPOKEN = 30;
/** Samples that must be heard to know a word. */
const ENOUGH = 10;
/** Seconds; no multiple of a word's, so that what a connection begins or ends with is in the midst of words. */
const PIECE = 2.1;
/** Seconds from the end of a word until it is final. */
const DELAY = 1;
const SENTENCE = 10;
/** The service ends a session after 48 h. Source: docs, "Realtime limits". Seconds. */
const LONGEST = 48 * 3600;

export interface Speech {
	readonly hours: number;
	/** Whether there is a word in a block of 0.4 s, by its index. */
	readonly isSpoken: (block: number) => boolean;
}

/** 48 hours in which 430 000 words are said: of each 23 minutes, 6.4 s are silent. */
export const TWO_DAYS: Speech = {hours: 48, isSpoken: (block) => block % 3456 < 3440};

const blocksOf = ({hours}: Speech) => (hours * 3600 * RATE) / BLOCK;

/** What a transcript of it says: each word its number, from 1; each tenth ends a sentence. */
export function* wordsOf(speech: Speech): Generator<{readonly content: string; readonly start: number}> {
	for (let block = 0; block < blocksOf(speech); block++) {
		if (!speech.isSpoken(block)) continue;
		const start = (block * BLOCK) / RATE;
		yield {content: contentOf(block + 1), start};
		if (endsSentence(block + 1)) yield {content: '.', start: start + SPOKEN / RATE};
	}
}

/** As long as any other, so that what is said costs the same at any hour. */
const contentOf = (number: number) => String(number).padStart(6, '0');

const endsSentence = (number: number) => number % SENTENCE === 0;

/** The audio as a microphone would give it, on a clock that goes on with it. */
function sourceOf(
	speech: Speech,
	clock: VirtualClock,
	pieceSeconds: number,
	onPiece: (piece: Uint8Array) => void,
): AudioSource {
	const total = blocksOf(speech) * BLOCK;
	const most = Math.round(pieceSeconds * RATE);
	let stopped = false;
	return {
		format: {type: 'raw', encoding: 'pcm_f32le', sample_rate: RATE},
		live: true,
		async *chunks() {
			for (let from = 0; from < total && !stopped; from += most) {
				const samples = new Float32Array(Math.min(most, total - from));
				for (let index = 0; index < samples.length; index++) {
					const at = from + index;
					const block = Math.floor(at / BLOCK);
					if (at % BLOCK < SPOKEN && speech.isSpoken(block)) samples[index] = block + 1;
				}
				await clock.advance((samples.length / RATE) * 1000);
				const piece = new Uint8Array(samples.buffer);
				onPiece(piece);
				yield piece;
			}
		},
		async stop() {
			stopped = true;
		},
	};
}

/** Hears the numbers of one connection, in its own time. */
class Hearing {
	#samples = 0;
	#value = 0;
	#since = 0;
	#finished: RecognitionResult[] = [];

	get seconds(): number {
		return this.#samples / RATE;
	}

	push(bytes: Uint8Array): void {
		// A piece may begin anywhere in its buffer, and a copy begins at its start.
		for (const value of new Float32Array(new Uint8Array(bytes).buffer)) {
			if (value !== this.#value) this.#turnTo(value);
			this.#samples += 1;
		}
	}

	/** What ended before a moment, and was not taken yet. */
	take(until: number): RecognitionResult[] {
		const taken = this.#finished.filter(({end_time}) => end_time <= until);
		this.#finished = this.#finished.slice(taken.length);
		return taken;
	}

	/** What is not final. */
	get rest(): readonly RecognitionResult[] {
		return this.#finished;
	}

	end(): RecognitionResult[] {
		this.#turnTo(0);
		return this.#finished;
	}

	#turnTo(value: number): void {
		if (this.#value !== 0 && this.#samples - this.#since >= ENOUGH) {
			const end = this.seconds;
			this.#finished.push(word(contentOf(this.#value), this.#since / RATE, {end}));
			if (endsSentence(this.#value)) this.#finished.push(mark('.', end));
		}
		this.#value = value;
		this.#since = this.#samples;
	}
}

/**
 * The service, in this process. It tells partials, finals and their translation with each piece of audio, and ends a
 * session that lasts longer than the real one allows.
 *
 * @param warnAfter seconds of audio after which a session is told that its time will be over
 */
function hearingService(warnAfter: number): Connect {
	return async (_url, _headers, {onMessage, onClose}) => {
		const hearing = new Hearing();
		let frames = 0;
		let isWarned = false;
		const say = (message: object) => onMessage(JSON.stringify(message));
		const tell = (message: string, results: readonly RecognitionResult[]) =>
			say({
				message,
				metadata: {
					start_time: results[0]?.start_time ?? hearing.seconds,
					end_time: results.at(-1)?.end_time ?? hearing.seconds,
					transcript: '',
				},
				results,
			});
		const tellFinal = (results: readonly RecognitionResult[]) => {
			if (results.length === 0) return;
			tell('AddTranscript', results);
			const content = results.map(({alternatives}) => `w${alternatives?.[0]?.content}`).join(' ');
			const {start_time} = results[0]!;
			const {end_time} = results.at(-1)!;
			say({message: 'AddTranslation', language: 'de', results: [{content, start_time, end_time}]});
		};
		return {
			send(data) {
				if (typeof data === 'string') {
					const {message} = JSON.parse(data);
					if (message === 'StartRecognition') say({message: 'RecognitionStarted', id: 'long'});
					if (message !== 'EndOfStream') return;
					tellFinal(hearing.end());
					say({message: 'EndOfTranscript'});
					return;
				}
				hearing.push(data);
				frames += 1;
				say({message: 'AudioAdded', seq_no: frames});
				if (hearing.seconds > LONGEST) {
					say({message: 'Error', type: 'session_timeout', reason: 'The session has lasted too long'});
					onClose({code: 4006, reason: 'session_timeout'});
					return;
				}
				if (hearing.seconds > warnAfter && !isWarned) {
					isWarned = true;
					say({message: 'Warning', type: 'session_timeout', reason: 'Session will timeout in 45m'});
				}
				tellFinal(hearing.take(hearing.seconds - DELAY));
				if (hearing.rest.length > 0) tell('AddPartialTranscript', hearing.rest);
			},
			ping() {},
			close() {},
			terminate() {},
		};
	};
}

export interface LongSessionOptions {
	/** Seconds of audio after which a connection is told that its time will be over. */
	readonly warnAfter?: number;
	/** Seconds of audio that come at once. */
	readonly piece?: number;
	/** Told each event, and seconds of virtual time. */
	readonly onEvent?: (event: RealtimeEvent, seconds: number) => void;
	/** Told each piece of audio before the session has it. */
	readonly onPiece?: (piece: Uint8Array, seconds: number) => void;
}

/** A session from the first word to the last, in virtual time. */
export function longSession(
	speech: Speech,
	{warnAfter = Number.POSITIVE_INFINITY, piece = PIECE, onEvent, onPiece}: LongSessionOptions = {},
): Promise<SessionResult> {
	const clock = new VirtualClock();
	const seconds = () => clock.now() / 1000;
	const connect = hearingService(warnAfter);
	const source = sourceOf(speech, clock, piece, (bytes) => onPiece?.(bytes, seconds()));
	return runSession({
		newClient: () => new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect, clock}),
		openSource: async () => source,
		opening: 'starting microphone',
		start: {
			transcriptionConfig: {language: 'en'},
			translationConfig: {target_languages: ['de']},
		},
		pace: '1',
		emit: (event) => onEvent?.(event, seconds()),
		stop: new AbortController().signal,
		clock,
		wallClock: () => clock.now(),
		random: () => 0,
	});
}
