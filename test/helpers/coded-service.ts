import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type WebSocket, WebSocketServer} from 'ws';

/** Samples a second of coded audio. */
export const CODED_RATE = 16_000;
/** Seconds a block takes: first its number, as samples of that value, then silence. */
export const BLOCK_SECONDS = 0.4;
const SPOKEN_SECONDS = 0.3;
/** Seconds of a block that must be heard to know its number. */
const ENOUGH = 0.1;
/** Seconds from the end of a word until it is final. */
const DELAY = 1;

/** Audio in which each block says its number, from 1 on. */
export function codedAudio(blocks: number): Int16Array {
	const samples = new Int16Array(Math.round(blocks * BLOCK_SECONDS * CODED_RATE));
	for (let block = 0; block < blocks; block++) {
		const start = Math.round(block * BLOCK_SECONDS * CODED_RATE);
		samples.fill(block + 1, start, start + SPOKEN_SECONDS * CODED_RATE);
	}
	return samples;
}

/** The words of coded audio. */
export const codedWords = (blocks: number) => Array.from({length: blocks}, (_, block) => `w${block + 1}`);

interface Heard {
	readonly number: number;
	readonly start: number;
	readonly end: number;
}

/** Hears numbers: runs of samples of one value. */
class Decoder {
	readonly finished: Heard[] = [];
	#samples = 0;
	#value = 0;
	#since = 0;

	get time(): number {
		return this.#samples / CODED_RATE;
	}

	/** What is being said and not over yet. */
	get current(): Heard | undefined {
		const heard = {number: this.#value, start: this.#since / CODED_RATE, end: this.time};
		return this.#value !== 0 && heard.end - heard.start >= ENOUGH ? heard : undefined;
	}

	push(samples: Int16Array): void {
		for (const value of samples) {
			if (value !== this.#value) {
				if (this.current !== undefined) this.finished.push(this.current);
				this.#value = value;
				this.#since = this.#samples;
			}
			this.#samples += 1;
		}
	}

	end(): void {
		if (this.current !== undefined) this.finished.push(this.current);
		this.#value = 0;
	}
}

export interface Hearing {
	/** Frames after which a session is told that its time will be over. */
	readonly warnAfter?: number;
	/** Tells finals without words too, while nobody speaks. */
	readonly emptyFinals?: boolean;
}

/** Seconds between finals without words. */
const EMPTY_EVERY = 0.4;

/** One session with a service that understands coded audio, word by word, exactly: what it answers to each message. */
export class CodedSession {
	readonly say: (message: object) => void;
	readonly #hearing: Hearing;
	readonly #decoders = new Map<string, Decoder>();
	readonly #frames = new Map<string, number>();
	readonly #toldUntil = new Map<string, number>();
	/** What `SetRecognitionConfig` said. */
	readonly changes: object[] = [];

	constructor(say: (message: object) => void, hearing: Hearing = {}) {
		this.say = say;
		this.#hearing = hearing;
	}

	hear(bytes: Uint8Array, channel = ''): void {
		const decoder = this.#decoders.get(channel) ?? new Decoder();
		this.#decoders.set(channel, decoder);
		decoder.push(new Int16Array(new Uint8Array(bytes).buffer));
		const frames = (this.#frames.get(channel) ?? 0) + 1;
		this.#frames.set(channel, frames);
		this.say(
			channel === ''
				? {message: 'AudioAdded', seq_no: frames}
				: {message: 'ChannelAudioAdded', seq_no: frames, channel},
		);
		if (frames === this.#hearing.warnAfter)
			this.say({message: 'Warning', type: 'session_timeout', reason: 'Session will timeout in 45m'});
		this.#tellFinals(channel, decoder, decoder.time - DELAY);
		const {current} = decoder;
		this.#tell(
			'AddPartialTranscript',
			channel,
			[...decoder.finished, ...(current ? [current] : [])],
			decoder.time,
		);
	}

	/** A message that is no audio, but for `StartRecognition`. @returns true where it ended the session */
	listen(message: {readonly message: string; readonly [key: string]: unknown}): boolean {
		switch (message.message) {
			case 'AddChannelAudio':
				this.hear(Buffer.from(String(message.data), 'base64'), String(message.channel));
				return false;
			case 'SetRecognitionConfig':
				this.changes.push(message.transcription_config as object);
				return false;
			case 'GetSpeakers':
				this.say({message: 'SpeakersResult', speakers: [{label: 'S1', speaker_identifiers: ['one']}]});
				return false;
			case 'EndOfChannel':
				this.#end(String(message.channel));
				if (this.#decoders.size > 0) return false;
				break;
			case 'EndOfStream':
				for (const channel of [...this.#decoders.keys()]) this.#end(channel);
				break;
			default:
				return false;
		}
		this.say({message: 'EndOfTranscript'});
		return true;
	}

	#end(channel: string): void {
		const decoder = this.#decoders.get(channel);
		this.#decoders.delete(channel);
		if (decoder === undefined) return;
		decoder.end();
		this.#tellFinals(channel, decoder, Number.POSITIVE_INFINITY);
	}

	#tellFinals(channel: string, decoder: Decoder, until: number): void {
		const due = decoder.finished.filter(({end}) => end <= until);
		decoder.finished.splice(0, due.length);
		const told = this.#toldUntil.get(channel) ?? 0;
		if (due.length === 0) {
			const next = Math.min(until, decoder.finished[0]?.start ?? until, decoder.current?.start ?? until);
			if (!this.#hearing.emptyFinals || !Number.isFinite(next) || next - told < EMPTY_EVERY) return;
			this.#toldUntil.set(channel, next);
			this.#tell('AddTranscript', channel, [], next);
			return;
		}
		this.#toldUntil.set(channel, due.at(-1)!.end);
		this.#tell('AddTranscript', channel, due, due.at(-1)!.end);
	}

	#tell(message: string, channel: string, words: readonly Heard[], end: number): void {
		this.say({
			message,
			...(channel !== '' && {channel}),
			metadata: {start_time: words[0]?.start ?? end, end_time: words.at(-1)?.end ?? end, transcript: ''},
			results: words.map(({number, start, end}) => ({
				type: 'word',
				start_time: start,
				end_time: end,
				alternatives: [{content: `w${number}`, confidence: 1}],
			})),
		});
	}
}

/** A realtime service that understands coded audio. */
export async function codedService({
	quota = Number.POSITIVE_INFINITY,
	...hearing
}: Hearing & {
	/** Sessions at once. */
	readonly quota?: number;
} = {}) {
	const server = createServer();
	const sockets = new WebSocketServer({server});
	let sessions = 0;
	let refused = 0;
	sockets.on('connection', (socket: WebSocket) => {
		sessions += 1;
		const say = (message: object) => socket.send(JSON.stringify(message));
		const session = new CodedSession(say, hearing);
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			if (isBinary) return session.hear(data);
			const message = JSON.parse(String(data));
			if (message.message !== 'StartRecognition') {
				session.listen(message);
				return;
			}
			if (sockets.clients.size > quota) {
				refused += 1;
				say({message: 'Error', type: 'quota_exceeded', reason: 'Concurrent Quota Exceeded'});
				socket.close(4005, 'quota_exceeded');
				return;
			}
			say({message: 'RecognitionStarted', id: `coded-${sessions}`});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	return {
		port,
		url: `ws://127.0.0.1:${port}/v2`,
		sessions: () => sessions,
		refused: () => refused,
		/** Closes every connection with a close frame. */
		closeAll(code: number) {
			for (const socket of sockets.clients) socket.close(code);
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
