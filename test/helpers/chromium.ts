/** A headless Chromium, driven by the DevTools protocol. */
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Where a Chromium is, if there is one: `CHROMIUM`, or one of its names on the path. */
export const chromium: string | undefined =
	process.env.CHROMIUM ??
	['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
		.map((name) => Bun.which(name))
		.find((path) => path !== null) ??
	undefined;

export interface Page {
	/** The value of an expression, awaited. */
	evaluate<Value>(expression: string): Promise<Value>;
	/** What the page complained about: errors, and what its policy forbade. */
	readonly complaints: readonly string[];
	send(method: string, params?: object): Promise<Record<string, unknown>>;
	close(): Promise<void>;
}

interface Message {
	readonly id?: number;
	readonly method?: string;
	readonly params?: {readonly entry?: {text: string}; readonly exceptionDetails?: {text: string}};
	readonly result?: Record<string, unknown>;
	readonly error?: {message: string};
}

/** Opens a page in a window of its own. @param path of the program */
export async function openPage(path: string, url: string): Promise<Page> {
	const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
	const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'];
	const child = spawn(
		path,
		[...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
		{stdio: ['ignore', 'ignore', 'pipe']},
	);
	// A test run that is broken off leaves nothing behind.
	process.once('exit', () => child.kill('SIGKILL'));
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const endpoint = await new Promise<string>((resolve, reject) => {
		let said = '';
		child.stderr.on('data', (chunk) => {
			said += chunk;
			const found = /DevTools listening on (ws:\S+)/.exec(said);
			if (found !== null) resolve(found[1]!);
		});
		child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
		child.once('error', reject);
	});
	const targets = (await (await fetch(`http://${new URL(endpoint).host}/json`)).json()) as Array<{
		type: string;
		webSocketDebuggerUrl: string;
	}>;
	const socket = new WebSocket(targets.find(({type}) => type === 'page')!.webSocketDebuggerUrl);
	await new Promise((resolve) => socket.addEventListener('open', resolve, {once: true}));
	const waiting = new Map<
		number,
		{resolve(value: Record<string, unknown>): void; reject(error: Error): void}
	>();
	const complaints: string[] = [];
	let loaded = () => {};
	socket.addEventListener('message', ({data}) => {
		const message = JSON.parse(String(data)) as Message;
		if (message.method === 'Page.loadEventFired') loaded();
		if (message.method === 'Log.entryAdded') complaints.push(message.params!.entry!.text);
		if (message.method === 'Runtime.exceptionThrown') complaints.push(message.params!.exceptionDetails!.text);
		if (message.id === undefined) return;
		const {resolve, reject} = waiting.get(message.id)!;
		if (message.error !== undefined) reject(new Error(message.error.message));
		else resolve(message.result!);
	});
	let count = 0;
	const send = (method: string, params: object = {}) =>
		new Promise<Record<string, unknown>>((resolve, reject) => {
			count += 1;
			waiting.set(count, {resolve, reject});
			socket.send(JSON.stringify({id: count, method, params}));
		});
	for (const domain of ['Page', 'Log', 'Runtime']) await send(`${domain}.enable`);
	const isLoaded = new Promise<void>((resolve) => {
		loaded = resolve;
	});
	await send('Page.navigate', {url});
	await isLoaded;
	return {
		complaints,
		send,
		async evaluate<Value>(expression: string) {
			const {result} = await send('Runtime.evaluate', {
				expression,
				awaitPromise: true,
				returnByValue: true,
			});
			return (result as {value: Value}).value;
		},
		async close() {
			socket.close();
			child.kill('SIGKILL');
			await exited;
			await rm(profile, {recursive: true, force: true, maxRetries: 5, retryDelay: 100});
		},
	};
}
