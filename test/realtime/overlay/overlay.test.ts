import {afterEach, describe, expect, test} from 'bun:test';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {LiveView} from '../../../src/realtime/live-view.ts';
import {type Overlay, openOverlay} from '../../../src/realtime/overlay/overlay.ts';
import type {OverlaySnapshot} from '../../../src/realtime/overlay/snapshot.ts';
import {systemClock} from '../../../src/speechmatics/clock.ts';
import {speech} from '../../captions/speech.ts';
import {ManualClock} from '../../helpers/manual-clock.ts';
import {readEvents, type StreamEvent} from './event-stream.ts';

let overlay: Overlay | undefined;
afterEach(() => overlay?.close());

async function setUp(clock = systemClock) {
	const view = new LiveView();
	view.apply({type: 'state', state: 'connecting'}, 0);
	overlay = await openOverlay({port: 0, view, clock});
	const served = overlay;
	const say = (text: string, type: 'final' | 'partial' = 'final', start = 0) => {
		view.apply({type, text, startTime: 0, endTime: 0, results: speech(text, {start})}, 0);
		served.update();
	};
	return {view, say, url: served.url, port: Number(new URL(served.url).port)};
}

async function listen(url: string, lastEventId?: string) {
	const leave = new AbortController();
	const response = await fetch(`${url}events`, {
		signal: leave.signal,
		...(lastEventId !== undefined && {headers: {'last-event-id': lastEventId}}),
	});
	const events = readEvents(response.body!);
	const next = async () => {
		const {value} = await events.next();
		if (value === undefined || 'comment' in value) throw new Error(`no event: ${JSON.stringify(value)}`);
		return {...value, state: JSON.parse(value.data) as OverlaySnapshot} as StreamEvent & {
			state: OverlaySnapshot;
		};
	};
	return {response, events, next, leave: () => leave.abort()};
}

/** The status and the body, for requests that `fetch` would not send. */
async function raw(port: number, path: string, {host = `127.0.0.1:${port}`, method = 'GET'} = {}) {
	const socket = connect(port, '127.0.0.1');
	const hostLine = host === '' ? '' : `Host: ${host}\r\n`;
	socket.write(`${method} ${path} HTTP/1.1\r\n${hostLine}Connection: close\r\n\r\n`);
	const answer = await text(socket);
	const [head = '', body = ''] = answer.split('\r\n\r\n');
	return {status: Number(head.split(' ')[1]), body};
}

describe('the overlay', () => {
	test('tells what is shown when a page connects, and each change after', async () => {
		const {say, url} = await setUp();
		say('Good');
		const {response, next, leave} = await listen(url);
		expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
		expect(response.headers.get('cache-control')).toBe('no-store');
		const first = await next();
		expect(first.event).toBe('captions');
		expect(first.state).toEqual({
			isRunning: true,
			state: 'connecting',
			simulated: false,
			direction: 'ltr',
			lines: [{id: 0, speaker: 'S1', text: 'Good'}],
		});
		say('morning', 'partial', 1);
		expect((await next()).state.lines).toEqual([
			{id: 0, speaker: 'S1', text: 'Good', stable: '', unstable: ' morning'},
		]);
		say('morning to', 'partial', 1);
		expect((await next()).state.lines).toEqual([
			{id: 0, speaker: 'S1', text: 'Good', stable: ' morning', unstable: ' to'},
		]);
		say('morning. <b>Now</b>', 'final', 1);
		const last = await next();
		expect(last.state.lines).toEqual([
			{id: 0, speaker: 'S1', text: 'Good morning.'},
			{id: 1, text: '<b>Now</b>'},
		]);
		expect(last.id).not.toBe(first.id);
		leave();
	});

	test('says who speaks before it is final, so that nothing moves then', async () => {
		const {view, say, url} = await setUp();
		say('Hello.');
		const {next, leave} = await listen(url);
		await next();
		const results = speech('And you', {start: 5, speaker: 'S2'});
		view.apply({type: 'speaker', label: 'S2', name: 'Ann'}, 0);
		view.apply({type: 'partial', text: '', startTime: 0, endTime: 0, results}, 0);
		overlay!.update();
		const {id, speaker} = (await next()).state.lines.at(-1)!;
		view.apply({type: 'final', text: '', startTime: 0, endTime: 0, results}, 0);
		overlay!.update();
		expect((await next()).state.lines.at(-1)).toMatchObject({id, speaker: 'Ann'});
		expect(speaker).toBe('Ann');
		leave();
	});

	test('sends a page that comes back only what it does not know', async () => {
		const {say, url} = await setUp();
		say('One.');
		const before = await listen(url);
		const {id} = await before.next();
		before.leave();
		const same = await listen(url, id);
		say('Two.', 'final', 5);
		expect((await same.next()).state.lines.map(({text}) => text)).toEqual(['One.', 'Two.']);
		same.leave();
		const late = await listen(url, id);
		expect((await late.next()).state.lines).toHaveLength(2);
		late.leave();
	});

	test('keeps a silent connection alive, and sends its last words before it closes', async () => {
		const clock = new ManualClock();
		const {url, view} = await setUp(clock);
		const {events, next, leave} = await listen(url);
		await next();
		await clock.advance(15_000);
		expect((await events.next()).value).toEqual({comment: 'still here'});
		view.apply({type: 'state', state: 'ended'}, 0);
		await overlay!.close();
		expect((await next()).state.isRunning).toBe(false);
		expect((await events.next()).done).toBe(true);
		leave();
	});

	test('joins changes that come faster than they can be seen', async () => {
		const {say, url} = await setUp();
		const {next, leave} = await listen(url);
		await next();
		for (let index = 0; index < 500; index++) say(`word${index}.`, 'final', index);
		let updates = 0;
		for (let text: string | undefined; text !== 'word499.'; updates++) {
			text = (await next()).state.lines.at(-1)?.text;
		}
		expect(updates).toBeLessThan(5);
		leave();
	});

	test('has a page without anything from elsewhere, and a policy that forbids it', async () => {
		const {url} = await setUp();
		const response = await fetch(`${url}?lines=3`);
		const page = await response.text();
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(page).not.toMatch(/https?:|src=|href=|@import|url\(/);
		const policy = response.headers.get('content-security-policy')!;
		for (const part of ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"]) {
			expect(policy).toContain(part);
		}
		expect(policy).not.toContain('unsafe');
	});

	test('has the last rows as text, and says that it is well', async () => {
		const {say, url} = await setUp();
		say('Good morning. How are');
		say('you', 'partial', 9);
		expect(await (await fetch(`${url}latest.txt`)).text()).toBe('S1: Good morning.\nHow are you\n');
		expect(await (await fetch(`${url}healthz`)).text()).toBe('ok\n');
		const head = await fetch(`${url}healthz`, {method: 'HEAD'});
		expect([head.status, await head.text()]).toEqual([200, '']);
	});

	test.each([
		'/../../etc/passwd',
		'/..%2f..%2fetc%2fpasswd',
		'/%2e%2e/%2e%2e/etc/passwd',
		'//etc/passwd',
		'/latest.txt/../../etc/passwd',
		'/favicon.ico',
		'/%00',
		'/%',
	])('has nothing at %s', async (path) => {
		const {port} = await setUp();
		expect(await raw(port, path)).toEqual({status: 404, body: 'Nothing here.\n'});
	});

	test('answers only to its own name, whatever another name may lead to', async () => {
		const {port, say} = await setUp();
		say('secret');
		for (const host of [
			'evil.example',
			`evil.example:${port}`,
			'127.0.0.1',
			`127.0.0.1.evil.example:${port}`,
			'',
		]) {
			for (const path of ['/', '/events', '/latest.txt']) {
				const {status, body} = await raw(port, path, {host});
				expect(status).toBeOneOf([400, 421]);
				expect(body).not.toContain('secret');
			}
		}
		expect((await raw(port, '/healthz', {host: `localhost:${port}`})).status).toBe(200);
	});

	test('takes no other method', async () => {
		const {port} = await setUp();
		expect((await raw(port, '/', {method: 'POST'})).status).toBe(405);
		expect((await raw(port, '/latest.txt', {method: 'DELETE'})).status).toBe(405);
	});

	test('listens on loopback alone', async () => {
		const {port} = await setUp();
		const {networkInterfaces} = await import('node:os');
		const outside = Object.values(networkInterfaces())
			.flat()
			.find((one) => one !== undefined && !one.internal && one.family === 'IPv4');
		if (outside === undefined) return console.log('this machine has no other address: not tested');
		const isOpen = await new Promise((resolve) => {
			const socket = connect(port, outside.address, () => resolve(true)).on('error', () => resolve(false));
			socket.unref();
		});
		expect(isOpen).toBe(false);
	});

	test('is not held up by a reader that reads nothing', async () => {
		const {say, url, port} = await setUp();
		const stuck = connect(port, '127.0.0.1');
		stuck.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
		stuck.pause();
		const {next, leave} = await listen(url);
		await next();
		for (let index = 0; index < 20; index++) {
			say(`${'x'.repeat(200_000)}${index}.`, 'final', index);
			expect((await next()).state.lines.at(-1)!.text).toEndWith(`${index}.`);
		}
		leave();
		stuck.destroy();
	});

	test('shows right-to-left text as such, translations beside it, and no gaps', async () => {
		const {view, url} = await setUp();
		view.apply(
			{
				type: 'started',
				sessionId: 's',
				connection: 1,
				offset: 0,
				model: 'm',
				language: 'ar',
				simulated: true,
				languagePack: {writing_direction: 'right-to-left'},
			},
			0,
		);
		view.apply({type: 'final', text: '', startTime: 0, endTime: 1, results: speech('مرحبا')}, 0);
		view.apply({type: 'gap', from: 3, seconds: 4, reason: 'x'}, 0);
		view.apply(
			{type: 'translation', language: 'en', isFinal: true, segments: [{text: 'Hello', start: 0, end: 0.3}]},
			0,
		);
		const {next, leave} = await listen(url);
		expect((await next()).state).toMatchObject({
			direction: 'rtl',
			simulated: true,
			lines: [{text: 'مرحبا', translations: {en: 'Hello'}}],
		});
		leave();
	});
});
