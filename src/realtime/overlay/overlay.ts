/** The overlay: a page on loopback that shows the captions, for a browser or a browser source of OBS. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Clock} from '../../speechmatics/clock.ts';
import {latestRows} from '../live-outputs/latest-rows.ts';
import type {LiveView} from '../live-view.ts';
import {EventFeed} from './event-feed.ts';
import {OVERLAY_PAGE, OVERLAY_PAGE_POLICY} from './page.ts';
import {snapshotOf} from './snapshot.ts';

/** Only this machine reaches it. */
const HOST = '127.0.0.1';
/** Names that a browser on this machine calls it by; any other would be a name that somebody points here. */
const HOST_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const LATEST = {rows: 2, columns: 42, partial: true};

const HEADERS = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cross-origin-resource-policy': 'same-origin',
	'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export interface OverlayOptions {
	/** 0 takes any that is free. */
	readonly port: number;
	readonly view: LiveView;
	readonly clock: Clock;
}

export interface Overlay {
	readonly url: string;
	/** Tells the pages that the view has changed. */
	update(): void;
	close(): Promise<void>;
}

/** @throws the system's error, such as `EADDRINUSE` */
export async function openOverlay({port, view, clock}: OverlayOptions): Promise<Overlay> {
	const feed = new EventFeed(() => JSON.stringify(snapshotOf(view)), clock);
	const server = createServer((request, response) => {
		const {port: own} = server.address() as AddressInfo;
		const answer = answerTo(request, own, view);
		if (answer !== 'events') send(request, response, answer);
		else if (!feed.join(request, response, HEADERS)) send(request, response, TOO_MANY);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, resolve);
	});
	const {port: listening} = server.address() as AddressInfo;

	return {
		url: `http://${HOST}:${listening}/`,
		update: () => feed.update(),
		async close() {
			await feed.close();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

function answerTo({headers, method, url = ''}: IncomingMessage, port: number, view: LiveView) {
	if (!isOurs(headers.host, port)) return textAnswer(421, 'Another host.');
	if (method !== 'GET' && method !== 'HEAD') return textAnswer(405, 'Only GET.');
	// Nothing is read from the disk: a path is one of these or none.
	switch (url.split('?')[0]) {
		case '/':
			return PAGE;
		case '/latest.txt':
			return textAnswer(200, latestRows(view, LATEST).join('\n'));
		case '/healthz':
			return textAnswer(200, 'ok');
		case '/events':
			return method === 'HEAD' ? textAnswer(200, '') : 'events';
		default:
			return textAnswer(404, 'Nothing here.');
	}
}

interface Answer {
	readonly status: number;
	readonly body: string;
	readonly headers: Readonly<Record<string, string>>;
}

const PAGE: Answer = {
	status: 200,
	body: OVERLAY_PAGE,
	headers: {'content-type': 'text/html; charset=utf-8', 'content-security-policy': OVERLAY_PAGE_POLICY},
};
const TOO_MANY = textAnswer(503, 'Too many readers.');

function textAnswer(status: number, text: string): Answer {
	const headers = {'content-type': 'text/plain; charset=utf-8', ...(status === 405 && {allow: 'GET, HEAD'})};
	return {status, body: text === '' ? '' : `${text}\n`, headers};
}

function send({method}: IncomingMessage, response: ServerResponse, {status, body, headers}: Answer): void {
	response.writeHead(status, {...HEADERS, ...headers, 'content-length': Buffer.byteLength(body)});
	response.end(method === 'HEAD' ? undefined : body);
}

/** A page elsewhere could let its own name mean this machine, and read along. */
function isOurs(host: string | undefined, port: number): boolean {
	return HOST_NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name));
}
