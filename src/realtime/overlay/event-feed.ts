/** Server-sent events of a state that is sent whole: who comes late, or is slow, misses nothing but what is outdated. */
import {randomUUID} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Clock} from '../../speechmatics/clock.ts';
import {Throttle} from '../live-outputs/throttle.ts';

/** Milliseconds between two updates. */
const PAUSE = 50;
/** Milliseconds of silence after which a proxy may take a connection for dead. */
const KEEP_ALIVE = 15_000;
/** Milliseconds until a browser that lost the connection tries again. */
const RETRY = 1000;
const MOST_READERS = 64;

interface Reader {
	readonly response: ServerResponse;
	/** The version it was sent last. */
	version: number;
	/** While it has not taken what it was sent, nothing more is. */
	isFull: boolean;
}

export class EventFeed {
	readonly #state: () => string;
	readonly #clock: Clock;
	readonly #throttle: Throttle;
	readonly #readers = new Set<Reader>();
	readonly #closing = new AbortController();
	/** A version means nothing to the next run of the program. */
	readonly #run = randomUUID().slice(0, 8);
	#version = 0;
	#sent: string | undefined;

	/** @param state what is shown now, in one line */
	constructor(state: () => string, clock: Clock) {
		this.#state = state;
		this.#clock = clock;
		this.#throttle = new Throttle(() => this.#sendAll(), clock, PAUSE);
		void this.#keepAlive();
	}

	update(): void {
		if (this.#readers.size > 0) this.#throttle.ask();
	}

	/** @returns whether there was room for one more */
	join(request: IncomingMessage, response: ServerResponse, headers: Record<string, string>): boolean {
		if (this.#readers.size >= MOST_READERS) return false;
		response.writeHead(200, {...headers, 'content-type': 'text/event-stream; charset=utf-8'});
		response.write(`retry: ${RETRY}\n\n`);
		this.#refresh();
		const known = request.headers['last-event-id'];
		const isUpToDate = known === this.#id;
		const reader: Reader = {response, version: isUpToDate ? this.#version : -1, isFull: false};
		this.#readers.add(reader);
		response.on('drain', () => {
			reader.isFull = false;
			this.#send(reader);
		});
		const leave = () => this.#readers.delete(reader);
		response.on('close', leave);
		response.on('error', leave);
		this.#send(reader);
		return true;
	}

	async close(): Promise<void> {
		this.#closing.abort();
		await this.#throttle.close();
		this.#sendAll();
		for (const {response} of this.#readers) response.end();
		this.#readers.clear();
	}

	get #id(): string {
		return `${this.#run}-${this.#version}`;
	}

	#refresh(): void {
		const state = this.#state();
		if (state === this.#sent) return;
		this.#sent = state;
		this.#version += 1;
	}

	#sendAll(): void {
		this.#refresh();
		for (const reader of this.#readers) this.#send(reader);
	}

	#send(reader: Reader): void {
		if (reader.isFull || reader.version === this.#version) return;
		reader.version = this.#version;
		reader.isFull = !reader.response.write(`id: ${this.#id}\nevent: captions\ndata: ${this.#sent}\n\n`);
	}

	async #keepAlive(): Promise<void> {
		const {signal} = this.#closing;
		while (!signal.aborted) {
			await this.#clock.sleep(KEEP_ALIVE, signal).catch(() => {});
			if (signal.aborted) return;
			for (const {response, isFull} of this.#readers) if (!isFull) response.write(': still here\n\n');
		}
	}
}
