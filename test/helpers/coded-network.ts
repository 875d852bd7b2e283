import type {AudioSource} from '../../src/audio/source.ts';
import type {Clock} from '../../src/speechmatics/clock.ts';
import type {Connect, SocketHandlers} from '../../src/speechmatics/socket.ts';
import {CODED_RATE, CodedSession, codedAudio, type Hearing} from './coded-service.ts';

/** What happens to one connection. Without anything it is a good one. */
export interface Fate extends Hearing {
	/** It cannot be opened. */
	readonly refused?: Error;
	/** It opens only when whoever asks has had enough. */
	readonly hangs?: boolean;
	/** Milliseconds until recognition starts. */
	readonly startsAfter?: number;
	/** Said instead of starting, or after so many frames, or after `EndOfStream`; then it is closed. */
	readonly ends?: {
		readonly at: 'start' | 'end' | number;
		readonly error?: {readonly type: string; readonly reason: string};
		readonly code: number;
		/** Words that were heard are told before. */
		readonly well?: boolean;
	};
	/** After so many frames nothing comes back for so many milliseconds. */
	readonly stalls?: {readonly at: number; readonly milliseconds: number};
}

/** A network in memory, behind it a service that understands coded audio. Each connection has its fate. */
export class CodedNetwork {
	readonly sessions: CodedSession[] = [];
	/** The messages that started a session. */
	readonly starts: Array<Record<string, unknown>> = [];
	/** When each connection was asked for, by the clock. */
	readonly asked: number[] = [];
	open = 0;
	mostOpen = 0;
	readonly #clock: Clock;
	readonly #fates: Fate[];
	readonly #live = new Set<(code: number) => void>();

	/** @param fates of the first connections, in order; the last one is that of all others too */
	constructor(clock: Clock, ...fates: Fate[]) {
		this.#clock = clock;
		this.#fates = fates.length > 0 ? fates : [{}];
	}

	/** Closes all connections. */
	closeAll(code: number): void {
		for (const close of [...this.#live]) close(code);
	}

	readonly connect: Connect = async (_url, _headers, handlers, {signal}) => {
		const fate = this.#fates[Math.min(this.asked.length, this.#fates.length - 1)]!;
		this.asked.push(this.#clock.now());
		if (fate.refused !== undefined) throw fate.refused;
		if (fate.hangs) {
			return new Promise((_, reject) => {
				signal?.addEventListener('abort', () => reject(signal.reason), {once: true});
			});
		}
		return this.#socket(handlers, fate);
	};

	#socket(handlers: SocketHandlers, fate: Fate) {
		const clock = this.#clock;
		let isOpen = true;
		let frames = 0;
		let held: string[] | undefined;
		this.open += 1;
		this.mostOpen = Math.max(this.mostOpen, this.open);
		const gone = () => {
			if (!isOpen) return false;
			isOpen = false;
			this.open -= 1;
			this.#live.delete(close);
			return true;
		};
		const close = (code: number) => {
			// What was said before still arrives.
			queueMicrotask(() => {
				if (gone()) handlers.onClose({code, reason: ''});
			});
		};
		this.#live.add(close);
		const deliver = (text: string) => {
			if (held !== undefined) held.push(text);
			else queueMicrotask(() => isOpen && handlers.onMessage(text));
		};
		const say = (message: object) => isOpen && deliver(JSON.stringify(message));
		const session = new CodedSession(say, fate);
		this.sessions.push(session);
		const {ends, stalls} = fate;
		const end = () => {
			if (ends?.error) say({message: 'Error', ...ends.error});
			queueMicrotask(() => close(ends!.code));
		};
		const audioCame = () => {
			frames += 1;
			if (frames === stalls?.at) {
				held = [];
				void clock.sleep(stalls.milliseconds).then(() => {
					const late = held ?? [];
					held = undefined;
					for (const text of late) deliver(text);
				});
			}
			if (frames === ends?.at) end();
		};
		const start = async (message: Record<string, unknown>) => {
			this.starts.push(message);
			if (ends?.at === 'start') return end();
			if (fate.startsAfter !== undefined) await clock.sleep(fate.startsAfter);
			say({message: 'RecognitionStarted', id: `coded-${this.sessions.length}`});
		};
		return {
			send: (data: string | Uint8Array) => {
				if (!isOpen) return;
				if (typeof data !== 'string') {
					session.hear(data);
					return audioCame();
				}
				const message = JSON.parse(data);
				if (message.message === 'StartRecognition') return void start(message);
				if (message.message === 'EndOfStream' && ends?.at === 'end' && !ends.well) return end();
				if (message.message === 'AddChannelAudio') audioCame();
				if (session.listen(message)) queueMicrotask(() => close(1000));
			},
			ping() {},
			close: () => void gone(),
			terminate: () => void gone(),
		};
	}
}

export interface LiveCoded extends AudioSource {
	/** Nothing comes for so many milliseconds. */
	pause(milliseconds: number): void;
	fail(error: Error): void;
}

/** Coded audio as a microphone gives it: 100 ms each 100 ms of the clock, then zeros until it is stopped. */
export function liveCoded(
	clock: Clock,
	blocks: number,
	{
		channels,
		endsAfter = Number.POSITIVE_INFINITY,
	}: {channels?: Readonly<Record<string, number>> | undefined; endsAfter?: number} = {},
): LiveCoded {
	const bytes = new Uint8Array(codedAudio(blocks).buffer);
	const piece = CODED_RATE / 5;
	const stopped = new AbortController();
	let pause = 0;
	let failure: Error | undefined;
	const pieceAt = (index: number) => {
		const chunk = bytes.subarray(index * piece, (index + 1) * piece);
		return index >= 0 && chunk.length > 0 ? chunk : new Uint8Array(piece);
	};
	async function* indexes() {
		for (let index = 0; index < endsAfter * 10; index++) {
			const wait = 100 + pause;
			pause = 0;
			await clock.sleep(wait, stopped.signal).catch(() => {});
			if (failure !== undefined) throw failure;
			if (stopped.signal.aborted) return;
			yield index;
		}
	}
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: CODED_RATE},
		live: true,
		pause(milliseconds) {
			pause = milliseconds;
		},
		fail(error) {
			failure = error;
		},
		async *chunks() {
			for await (const index of indexes()) yield pieceAt(index);
		},
		...(channels && {
			async *frames() {
				for await (const index of indexes()) {
					yield Object.entries(channels).map(([channel, later]) => ({
						channel,
						bytes: pieceAt(index - Math.round(later * 10)),
					}));
				}
			},
		}),
		async stop() {
			stopped.abort();
		},
	};
}
