/**
 * A local Speechmatics: the batch and the realtime API on one port of this machine, with a recogniser that
 * listens. Everything it makes is marked as simulated.
 */
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {answer, answerJson, answerRefusal, newRequestId, Refusal, UNAUTHORISED_PAGE} from './answers.ts';
import {BatchApi} from './batch-api.ts';
import {Keys} from './keys.ts';
import {RealtimeApi} from './realtime-api.ts';

export interface EmulatorOptions {
	/** 0, the default, takes any that is free. */
	readonly port?: number;
	/** Only this machine can reach the default, 127.0.0.1. */
	readonly host?: string;
	/** The one key that is accepted; without it any key is. */
	readonly apiKey?: string;
	/** Milliseconds that a batch job takes for so many seconds of audio. */
	readonly processingTime?: (duration: number) => number;
	/** Folder for what each realtime session sends, as `<session id>.raw`. */
	readonly saveAudioTo?: string;
	/** Called with an object for each request and session. */
	readonly log?: (line: object) => void;
}

export interface EmulatorStatistics {
	readonly realtime: {
		readonly sessions: number;
		readonly framesReceived: number;
		readonly samplesReceived: number;
	};
	readonly batch: {readonly jobs: number; readonly bytesReceived: number};
}

export interface Emulator extends AsyncDisposable {
	readonly port: number;
	readonly batchUrl: string;
	readonly realtimeUrl: string;
	statistics(): EmulatorStatistics;
	/** Ends every session and job, and removes what was uploaded. */
	close(): Promise<void>;
}

/** Long enough to see a job run, short enough not to wait for it. */
const defaultProcessingTime = (duration: number) => Math.min(500 + duration * 50, 10_000);

/**
 * Starts the emulator.
 *
 * @throws the system's error when the port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const {
		port = 0,
		host = '127.0.0.1',
		processingTime = defaultProcessingTime,
		saveAudioTo,
		log = () => {},
	} = options;
	if (saveAudioTo !== undefined) await mkdir(saveAudioTo, {recursive: true});
	const folder = await mkdtemp(join(tmpdir(), 'speechdeck-emulator-'));
	const keys = new Keys(options.apiKey);
	const batch = new BatchApi({folder, processingTime, log});
	const realtime = new RealtimeApi({folder, saveAudioTo, keys, log});

	const server = createServer((request, response) => {
		serve(request, response).catch((error: unknown) => {
			log({type: 'fault', message: String(error)});
			if (!response.headersSent) answerJson(response, 500, {code: 500, error: 'Internal Server Error'});
			else response.destroy();
		});
	});
	// A large upload, or a long wait for a job, is no fault of the client.
	server.requestTimeout = 0;
	server.on('upgrade', (request, socket, head) => realtime.upgrade(request, socket, head));

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://emulator');
		const path = url.pathname.split('/').filter((segment) => segment !== '');
		response.setHeader('Request-Id', newRequestId());
		response.once('finish', () => {
			log({type: 'request', method: request.method, path: url.pathname, status: response.statusCode});
		});
		const forKeys = path.length === 2 && path[0] === 'v1' && isApiKeys(path[1]);
		if (!forKeys && !keys.admits(request, url)) return answer(response, 401, 'text/html', UNAUTHORISED_PAGE);
		try {
			if (path[0] === 'v2' && path[1] === 'jobs') {
				await batch.handle(request, response, path.slice(2), url.searchParams);
			} else if (forKeys && request.method === 'POST') {
				answerJson(response, 201, await keys.issue(request, url));
			} else {
				throw new Refusal(404, 'Not Found');
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			// The management platform's framework has another name for the text.
			if (forKeys) answerJson(response, error.status, {code: error.status, message: error.message});
			else answerRefusal(response, error);
		}
	}

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
		await Promise.all([realtime.close(), batch.close()]);
		server.closeAllConnections();
		await closed;
		await rm(folder, {recursive: true, force: true});
	};
	return {
		port: address.port,
		batchUrl: `http://${place}/v2`,
		realtimeUrl: `ws://${place}/v2`,
		statistics: () => ({realtime: realtime.statistics(), batch: batch.statistics()}),
		close: () => (closing ??= close()),
		[Symbol.asyncDispose]: () => (closing ??= close()),
	};
}

/** The management platform's own specification spells it with a hyphen, its documentation and SDKs do not. */
function isApiKeys(segment: string | undefined): boolean {
	return segment === 'api_keys' || segment === 'api-keys';
}
