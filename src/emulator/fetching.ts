/** Gets the recording that a job is to fetch. No machine but this one is ever asked. */
import {createWriteStream} from 'node:fs';
import {rm} from 'node:fs/promises';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {messageOf} from '../platform/message-of.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {CALLER} from './identity.ts';

/** Waits before each attempt but the first, in milliseconds. Source: docs, an example of a failed fetch. */
const WAITS = [2000, 10_000, 20_000];
/** A server that accepts and does not answer. Milliseconds. */
const PATIENCE = 30_000;

export interface FetchRequest {
	readonly url: string;
	/** Whole header lines. */
	readonly auth_headers?: readonly string[] | undefined;
}

/**
 * Fetches to `path`, with the service's attempts.
 *
 * @param onFailure called with what the service writes into the job, once an attempt
 * @returns whether it is there
 */
export async function fetchRecording(
	{url, auth_headers = []}: FetchRequest,
	path: string,
	{clock, signal, onFailure}: {clock: Clock; signal: AbortSignal; onFailure: (message: string) => void},
): Promise<boolean> {
	if (!isLoopback(url)) {
		onFailure('unable to fetch audio: the emulator reaches no other machine');
		return false;
	}
	for (let attempt = 0; attempt <= WAITS.length; attempt++) {
		if (attempt > 0) await clock.sleep(WAITS[attempt - 1]!, signal);
		const failure = await attemptOnce(url, headersOf(auth_headers), path, signal);
		if (failure === undefined) return true;
		onFailure(`unable to fetch audio: ${failure}`);
	}
	return false;
}

async function attemptOnce(
	url: string,
	headers: Headers,
	path: string,
	signal: AbortSignal,
): Promise<string | undefined> {
	try {
		const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
		// Another machine must not be reached by way of this one either.
		const response = await fetch(url, {headers, redirect: 'error', signal: patience});
		if (!response.ok || response.body === null) {
			await response.body?.cancel();
			return `http status code ${response.status}`;
		}
		await pipeline(Readable.fromWeb(response.body as never), createWriteStream(path, {mode: 0o600}));
		return undefined;
	} catch (error) {
		await rm(path, {force: true});
		signal.throwIfAborted();
		return messageOf(error);
	}
}

/** Whether an address is one of this machine. */
export function isLoopback(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const {protocol, hostname} = new URL(address);
	const here = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
	return (protocol === 'http:' || protocol === 'https:') && here;
}

/** Header lines as the service's configs have them, with the name by which it calls. */
export function headersOf(lines: readonly string[]): Headers {
	const headers = new Headers({'User-Agent': CALLER});
	for (const line of lines) {
		const at = line.indexOf(':');
		if (at > 0) headers.append(line.slice(0, at).trim(), line.slice(at + 1).trim());
	}
	return headers;
}
