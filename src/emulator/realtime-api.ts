/** The realtime API: opens WebSockets, and gives each its session. What a session does is in its own file. */
import {randomUUID} from 'node:crypto';
import {type IncomingMessage, STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import type {Clock} from '../speechmatics/clock.ts';
import {systemClock} from '../speechmatics/clock.ts';
import {errorPage, newRequestId} from './answers.ts';
import type {FaultPlan} from './fault-plan.ts';
import type {SessionFault} from './faults.ts';
import type {Keys} from './keys.ts';
import type {Mode} from './mode.ts';
import {RealtimeSession} from './realtime-session.ts';
import {FaultyPeer} from './session-faults.ts';

/** What a paying account has; told, and enforced only where a quota is given. */
const USUAL_QUOTA = 50;
/** Source: container docs, health service. What a container takes unless it is told more is one. */
const CONTAINER_QUOTA = 1;

/** `/v2`, and the older `/v2/en`. */
const SESSION_PATH = /^\/v2(?:\/([A-Za-z_-]+))?\/?$/;

export interface RealtimeApiOptions {
	/** Private folder for audio that must be kept until it is whole. */
	readonly folder: string;
	readonly saveAudioTo: string | undefined;
	readonly keys: Keys;
	readonly mode: Mode;
	/** Sessions at once; without it there is no limit. */
	readonly quota: number | undefined;
	readonly faults: FaultPlan;
	readonly clock: Clock | undefined;
	readonly log: (line: object) => void;
}

interface OpenSession {
	readonly id: string;
	readonly requestId: string | undefined;
	readonly session: RealtimeSession;
}

export class RealtimeApi {
	readonly #options: RealtimeApiOptions;
	readonly #server = new WebSocketServer({noServer: true, perMessageDeflate: false});
	readonly #open = new Map<WebSocket, OpenSession>();
	#sessions = 0;
	#framesReceived = 0;
	#samplesReceived = 0;

	constructor(options: RealtimeApiOptions) {
		this.#options = options;
	}

	statistics() {
		return {
			sessions: this.#sessions,
			framesReceived: this.#framesReceived,
			samplesReceived: this.#samplesReceived,
		};
	}

	/** What a container tells of its sessions. Source: container docs, health service. */
	status() {
		const active_sessions = [...this.#open.values()].map(({id, requestId}) => ({
			session_id: id,
			...(requestId === undefined ? {} : {request_id: requestId}),
		}));
		return {max_sessions: this.#options.quota ?? CONTAINER_QUOTA, active_sessions};
	}

	/** Answers a request to open a WebSocket. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const {keys, faults, mode, log} = this.#options;
		const url = new URL(request.url ?? '/', 'http://emulator');
		const path = url.pathname.match(SESSION_PATH);
		const identity = mode === 'saas' ? keys.identify(request, url) : {};
		const status = this.#refusal(path !== null, identity !== undefined) ?? faults.forHandshake();
		if (path === null || identity === undefined || status !== undefined) {
			log({type: 'upgrade', path: url.pathname, status: status ?? 404});
			socket.end(refusal(status ?? 404));
			return;
		}
		const wrongKey = identity.type !== undefined && identity.type !== 'rt';
		this.#server.handleUpgrade(request, socket, head, (webSocket) => {
			const requestId = request.headers['x-request-id'];
			const id = typeof requestId === 'string' ? requestId : undefined;
			this.#begin(webSocket, path[1], id, this.#errorsAtOnce(wrongKey));
		});
	}

	/** Drops every connection. */
	async close(): Promise<void> {
		const sessions = [...this.#open];
		for (const [webSocket] of sessions) webSocket.terminate();
		await Promise.all(sessions.map(([, {session}]) => session.close()));
		this.#server.close();
	}

	#refusal(found: boolean, admitted: boolean): number | undefined {
		if (!found || this.#options.mode === 'batch-worker') return 404;
		return admitted ? undefined : 401;
	}

	/** What ends a session that was let in and should not have been. It has the form of a fault. */
	#errorsAtOnce(wrongKey: boolean): SessionFault[] {
		const full = this.#open.size >= (this.#options.quota ?? Number.POSITIVE_INFINITY);
		const type = wrongKey ? 'not_authorised' : full ? 'quota_exceeded' : undefined;
		return type === undefined ? [] : [{fault: 'error', type, second: 0, times: 1, after: 0}];
	}

	#begin(
		webSocket: WebSocket,
		pathLanguage: string | undefined,
		requestId: string | undefined,
		errors: readonly SessionFault[],
	): void {
		const {folder, saveAudioTo, log, faults, clock, mode} = this.#options;
		const id = randomUUID();
		const wire = {
			send: (text: string) => webSocket.send(text),
			close: (code: number, reason: string) => webSocket.close(code, reason),
			drop: () => webSocket.terminate(),
		};
		const befalls = errors.length > 0 ? errors : faults.forSession();
		const peer = new FaultyPeer(wire, befalls, clock ?? systemClock);
		const session = new RealtimeSession(peer, {
			id,
			pathLanguage,
			folder,
			saveAudioTo,
			clock: clock ?? systemClock,
			mishearings: errors.length > 0 ? [] : faults.forHearing('realtime'),
			onFrame: () => (this.#framesReceived += 1),
			onSamples: (count) => (this.#samplesReceived += count),
			log,
		});
		this.#open.set(webSocket, {id, requestId, session});
		this.#sessions += 1;
		log({type: 'session', id, event: 'opened', faults: befalls.map(({fault}) => fault)});
		webSocket.on('message', (data: Buffer, isBinary: boolean) => {
			session.receive(isBinary ? data : data.toString('utf8'));
		});
		for (const event of ['ping', 'pong'] as const) webSocket.on(event, () => session.contact());
		webSocket.on('error', () => webSocket.terminate());
		webSocket.once('close', (code: number) => {
			this.#open.delete(webSocket);
			peer.stop();
			log({type: 'session', id, event: 'closed', code});
			void session.close();
		});
		// A session over the quota is not counted, and hears nothing but its error.
		if (mode === 'saas' && errors.length === 0) peer.send(this.#usage());
		peer.heard(0);
	}

	#usage() {
		const usage = this.#open.size;
		const quota = this.#options.quota ?? USUAL_QUOTA;
		return {
			message: 'Info',
			type: 'concurrent_session_usage',
			reason: `${usage} concurrent sessions active out of quota ${quota}`,
			usage,
			quota,
			last_updated: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
		} as const;
	}
}

function refusal(status: number): string {
	const page = errorPage(status, status === 401 ? 'Authorization Required' : (STATUS_CODES[status] ?? ''));
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
		'Content-Type: text/html',
		`Content-Length: ${page.length}`,
		`Request-Id: ${newRequestId()}`,
		'Connection: close',
	];
	return `${head.join('\r\n')}\r\n\r\n${page}`;
}
