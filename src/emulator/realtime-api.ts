/** The realtime API: opens WebSockets, and gives each its session. What a session does is in its own file. */
import {randomUUID} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import {newRequestId, UNAUTHORISED_PAGE} from './answers.ts';
import type {Keys} from './keys.ts';
import {RealtimeSession} from './realtime-session.ts';

/** What a paying account has. Not enforced here. */
const SESSION_QUOTA = 50;

/** `/v2`, and the older `/v2/en`. */
const SESSION_PATH = /^\/v2(?:\/([A-Za-z_-]+))?\/?$/;

export interface RealtimeApiOptions {
	/** Private folder for audio that must be kept until it is whole. */
	readonly folder: string;
	readonly saveAudioTo: string | undefined;
	readonly keys: Keys;
	readonly log: (line: object) => void;
}

export class RealtimeApi {
	readonly #options: RealtimeApiOptions;
	readonly #server = new WebSocketServer({noServer: true, perMessageDeflate: false});
	readonly #open = new Map<WebSocket, RealtimeSession>();
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

	/** Answers a request to open a WebSocket. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const url = new URL(request.url ?? '/', 'http://emulator');
		const path = url.pathname.match(SESSION_PATH);
		const status = path === null ? '404 Not Found' : '401 Unauthorized';
		if (path === null || !this.#options.keys.admits(request, url)) {
			this.#options.log({type: 'upgrade', path: url.pathname, status: Number.parseInt(status, 10)});
			socket.end(refusal(status));
			return;
		}
		this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#begin(webSocket, path[1]));
	}

	/** Drops every connection. */
	async close(): Promise<void> {
		const sessions = [...this.#open];
		for (const [webSocket] of sessions) webSocket.terminate();
		await Promise.all(sessions.map(([, session]) => session.close()));
		this.#server.close();
	}

	#begin(webSocket: WebSocket, pathLanguage: string | undefined): void {
		const {folder, saveAudioTo, log} = this.#options;
		const id = randomUUID();
		const session = new RealtimeSession(
			{
				send: (message) => webSocket.send(JSON.stringify(message)),
				close: (code, reason) => webSocket.close(code, reason),
			},
			{
				id,
				pathLanguage,
				folder,
				saveAudioTo,
				onFrame: () => (this.#framesReceived += 1),
				onSamples: (count) => (this.#samplesReceived += count),
				log,
			},
		);
		this.#open.set(webSocket, session);
		this.#sessions += 1;
		log({type: 'session', id, event: 'opened'});
		webSocket.on('message', (data: Buffer, isBinary: boolean) => {
			session.receive(isBinary ? data : data.toString('utf8'));
		});
		webSocket.on('error', () => webSocket.terminate());
		webSocket.once('close', (code: number) => {
			this.#open.delete(webSocket);
			log({type: 'session', id, event: 'closed', code});
			void session.close();
		});
		const usage = this.#open.size;
		const reason = `${usage} concurrent sessions active out of quota ${SESSION_QUOTA}`;
		const last_updated = new Date().toISOString().replace(/\.\d+Z/, 'Z');
		webSocket.send(
			JSON.stringify({
				message: 'Info',
				type: 'concurrent_session_usage',
				reason,
				usage,
				quota: SESSION_QUOTA,
				last_updated,
			}),
		);
	}
}

function refusal(status: string): string {
	const head = [
		`HTTP/1.1 ${status}`,
		'Content-Type: text/html',
		`Content-Length: ${UNAUTHORISED_PAGE.length}`,
		`Request-Id: ${newRequestId()}`,
		'Connection: close',
	];
	return `${head.join('\r\n')}\r\n\r\n${UNAUTHORISED_PAGE}`;
}
