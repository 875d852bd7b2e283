/** What outlives a batch: recordings, a ledger, saved transcripts, and a service that remembers each request. */
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {BatchEvent} from '../../src/batch/events.ts';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {transcriptsIn} from '../../src/batch/saved-transcripts.ts';
import type {EmulatorOptions} from '../../src/emulator/options.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {type RunOptions, run} from './batch-run.ts';
import {FastClock} from './fast-clock.ts';

const RATE = 16_000;

/** A second of a tone, with `seed` in it so that no two are equal. */
export function tone(seed: number): Buffer {
	const samples = new Int16Array(RATE);
	for (const index of samples.keys()) samples[index] = 8000 * Math.sin(index / (8 + (seed % 40)));
	samples[0] = seed;
	const data = Buffer.from(samples.buffer);
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + data.length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(RATE, 24);
	header.writeUInt32LE(RATE * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(data.length, 40);
	return Buffer.concat([header, data]);
}

export async function batchWorld(options: EmulatorOptions = {}) {
	const root = mkdtempSync(join(tmpdir(), 'speechdeck-world-'));
	const requests: string[] = [];
	const emulator = await startEmulator({
		processingTime: () => 0,
		...options,
		log: (line) => {
			const {method, path} = line as {method?: string; path?: string};
			if (method !== undefined) requests.push(`${method} ${path ?? ''}`);
		},
	});
	const transcripts = transcriptsIn(join(root, 'transcripts'));
	const recordings = join(root, 'recordings');
	const out = join(root, 'out');
	let wall: () => number = Date.now;
	const ledgers: Ledger[] = [];
	const openLedger = () => {
		const ledger = new Ledger(join(root, 'ledger.sqlite'), () => wall());
		ledgers.push(ledger);
		return ledger;
	};
	let ledger = openLedger();
	return {
		...{root, recordings, out, emulator, requests, transcripts},
		url: emulator.batchUrl,
		account: new URL(emulator.batchUrl).host,
		get ledger() {
			return ledger;
		},
		/** As another process finds things. */
		reopen() {
			ledger.close();
			ledgers.splice(ledgers.indexOf(ledger), 1);
			ledger = openLedger();
		},
		set wallClock(clock: () => number) {
			wall = clock;
		},
		get wallClock() {
			return () => wall();
		},
		/** Recordings under these names, each its own unless `seed` is given. */
		record(names: readonly string[], seed?: number): string[] {
			return names.map((name, index) => {
				const path = join(recordings, name);
				mkdirSync(dirname(path), {recursive: true});
				writeFileSync(path, tone(seed ?? index + 1));
				return path;
			});
		},
		/** A second of backoff takes a millisecond, unless another clock is given. */
		run(paths: readonly string[] = [recordings], more: Partial<RunOptions> = {}) {
			return run(paths, {
				url: emulator.batchUrl,
				ledger,
				transcripts,
				clock: new FastClock(),
				wallClock: () => wall(),
				output: {to: 'files', folder: out, formats: ['txt', 'json']},
				...more,
			});
		},
		/** Names of the recordings of all jobs at the service. */
		async jobs(): Promise<string[]> {
			const names: string[] = [];
			const client = new BatchClient({url: emulator.batchUrl, apiKey: 'right'});
			for await (const job of client.listAllJobs()) names.push(job.data_name ?? '');
			return names.sort();
		},
		outputs: () => readdirSync(out).sort(),
		posts: () => requests.filter((request) => request.startsWith('POST')).length,
		async [Symbol.asyncDispose]() {
			for (const each of ledgers) each.close();
			await emulator.close();
			rmSync(root, {recursive: true});
		},
	};
}

/** So many names, in order. */
export const names = (count: number) =>
	Array.from({length: count}, (_, index) => `${String(index).padStart(3, '0')}.wav`);

export const failures = (events: readonly BatchEvent[]) =>
	events.flatMap((event) => (event.type === 'failed' ? [event] : []));
