/**
 * A local Speechmatics: the batch and the realtime API on one port of this machine, with a recogniser that
 * listens. Everything it makes is marked as simulated.
 */
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../speechmatics/clock.ts';
import {answerJson} from './answers.ts';
import {BatchApi} from './batch-api.ts';
import {FaultPlan} from './fault-plan.ts';
import {faultsOf} from './faults.ts';
import {Keys} from './keys.ts';
import {ManagementApi} from './management-api.ts';
import type {Emulator, EmulatorOptions} from './options.ts';
import {LONGEST_WAIT} from './queries.ts';
import {RateLimits} from './rate-limits.ts';
import {RealtimeApi} from './realtime-api.ts';
import {Router} from './router.ts';

export type {Emulator, EmulatorOptions} from './options.ts';

/** Long enough to see a job run, short enough not to wait for it. */
const defaultProcessingTime = (duration: number) => Math.min(500 + duration * 50, 10_000);

/** Source: docs, batch limits. Milliseconds. */
const WEEK = 7 * 24 * 3_600_000;

/** Lines of the log that can be asked for. */
const LONGEST_LOG = 10_000;

/**
 * Starts the emulator.
 *
 * @throws the system's error when the port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const {
		port = 0,
		host = '127.0.0.1',
		mode = 'saas',
		limits = false,
		clock = systemClock,
		processingTime = defaultProcessingTime,
		retention = WEEK,
		expiredStatus = 410,
		ties = 1,
		waitCap = LONGEST_WAIT,
		shape = 'spec',
		quota,
		saveAudioTo,
	} = options;
	const faults = new FaultPlan(faultsOf(options.faults ?? []));
	if (saveAudioTo !== undefined) await mkdir(saveAudioTo, {recursive: true});
	const folder = await mkdtemp(join(tmpdir(), 'speechdeck-emulator-'));
	const startedAt = Date.now() - clock.now();
	const now = () => Math.round(startedAt + clock.now());
	const lines: object[] = [];
	const log = (line: object) => {
		lines.push(line);
		if (lines.length > LONGEST_LOG) lines.shift();
		options.log?.(line);
	};

	const keys = new Keys(options.apiKey, now);
	const management = new ManagementApi(keys, now);
	const batch = new BatchApi({
		...{
			folder,
			mode,
			clock,
			now,
			processingTime,
			retention,
			expiredStatus,
			ties,
			waitCap,
			limits,
			shape,
			log,
			mishearings: () => faults.forHearing('batch'),
		},
	});
	const realtime = new RealtimeApi({folder, saveAudioTo, keys, mode, quota, faults, clock, log});
	const statistics = () => ({realtime: realtime.statistics(), batch: batch.statistics()});
	const rates = limits ? new RateLimits(clock) : undefined;
	const router = new Router({
		...{mode, keys, management, batch},
		...{realtime, faults, rates, clock, log, lines, statistics},
	});

	const server = createServer((request, response) => {
		router.serve(request, response).catch((error: unknown) => {
			log({type: 'fault', message: String(error)});
			if (!response.headersSent) answerJson(response, 500, {code: 500, error: 'Internal Server Error'});
			else response.destroy();
		});
	});
	// A large upload, or a long wait for a job, is no fault of the client.
	server.requestTimeout = 0;
	server.on('upgrade', (request, socket, head) => realtime.upgrade(request, socket, head));

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	}).catch(async (error: unknown) => {
		await rm(folder, {recursive: true, force: true});
		throw error;
	});
	const address = server.address() as AddressInfo;
	const place = `${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;

	let closing: Promise<void> | undefined;
	const close = async () => {
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		router.close();
		await Promise.all([realtime.close(), batch.close()]);
		server.closeAllConnections();
		await closed;
		await rm(folder, {recursive: true, force: true});
	};
	return {
		port: address.port,
		batchUrl: `http://${place}/v2`,
		realtimeUrl: `ws://${place}/v2`,
		statistics,
		setFaults: (input) => faults.set(faultsOf(input)),
		pendingFaults: () => faults.pending,
		close: () => (closing ??= close()),
		[Symbol.asyncDispose]: () => (closing ??= close()),
	};
}
