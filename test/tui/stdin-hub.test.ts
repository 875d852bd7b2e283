import {describe, expect, test} from 'bun:test';
import {PassThrough} from 'node:stream';
import type {MouseReport} from '../../src/tui/terminal/input-splitter.ts';
import {StdinHub} from '../../src/tui/terminal/stdin-hub.ts';

class FakeTerminal extends PassThrough {
	readonly isTTY = true;
	isRaw = false;

	setRawMode(on: boolean) {
		this.isRaw = on;
	}

	ref() {}
	unref() {}
}

/** A hub with raw mode on, and everything that comes out of it. */
function listen() {
	const terminal = new FakeTerminal();
	const hub = new StdinHub(terminal);
	const heard = {keys: '', mouse: [] as MouseReport[], replies: [] as string[]};
	hub.setEncoding('utf8');
	hub.on('readable', () => {
		for (let text = hub.read(); text !== null; text = hub.read()) heard.keys += text;
	});
	hub.onMouse((report) => heard.mouse.push(report));
	hub.onReply((text) => heard.replies.push(text));
	hub.setRawMode(true);
	return {terminal, hub, heard};
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const SESSION = [
	'aé日👍🏽',
	'\u001B[<0;5;7M\u001B[<0;5;7m',
	'\u001B[A\u001BOP\u001B[1;5C',
	'\u001B]11;rgb:1e1e/1e1e/2e2e\u001B\\',
	'x\u001B]10;rgb:ffff/ffff/ffff\u0007y',
	'\u001BP1$r0m\u001B\\',
	'\u001B[<65;80;24M',
	'\u001B[200~pasted \u001B[<0;1;1M \u001B]11;no\u0007 日本\u001B[20\u001B[201~',
	'\u001B\u001B[B',
	'\u001B]\r\u001BPq',
	'z',
].join('');
const EXPECTED = {
	keys:
		'aé日👍🏽\u001B[A\u001BOP\u001B[1;5Cxy' +
		'\u001B[200~pasted \u001B[<0;1;1M \u001B]11;no\u0007 日本\u001B[20\u001B[201~' +
		'\u001B\u001B[B\u001B]\r\u001BPqz',
	mouse: [
		{action: 'press', button: 0, column: 4, row: 6},
		{action: 'release', button: 0, column: 4, row: 6},
		{action: 'wheelDown', button: 1, column: 79, row: 23},
	] as MouseReport[],
	replies: ['11;rgb:1e1e/1e1e/2e2e', '10;rgb:ffff/ffff/ffff', '1$r0m'],
};

describe('keys, mouse and answers are told apart', () => {
	test('in one chunk', async () => {
		const {terminal, heard} = listen();
		terminal.write(SESSION);
		await settled();
		expect(heard).toEqual(EXPECTED);
	});

	test('split in two at any byte', async () => {
		const bytes = Buffer.from(SESSION);
		for (let at = 1; at < bytes.length; at++) {
			const {terminal, heard} = listen();
			terminal.write(bytes.subarray(0, at));
			await settled();
			terminal.write(bytes.subarray(at));
			await settled();
			expect({at, ...heard}).toEqual({at, ...EXPECTED});
		}
	});

	test('byte by byte', async () => {
		const {terminal, heard} = listen();
		for (const byte of Buffer.from(SESSION)) terminal.write(Uint8Array.of(byte));
		await settled();
		expect(heard).toEqual(EXPECTED);
	});
});

test.each(['\u001B', '\u001B[', '\u001B]', '\u001BP'])('%j alone is a key, after a moment', async (key) => {
	const {terminal, heard} = listen();
	terminal.write(key);
	await settled();
	expect(heard.keys).toBe('');
	await after(60);
	expect(heard.keys).toBe(key);
});

test('half a mouse report or half an answer never becomes text', async () => {
	const {terminal, heard} = listen();
	terminal.write('\u001B[<0;5');
	await after(400);
	terminal.write('\u001B]11;rgb:1e');
	await after(400);
	terminal.write('k');
	await settled();
	expect(heard).toEqual({keys: 'k', mouse: [], replies: []});
});

test('an answer that breaks off swallows no key after it', async () => {
	const {terminal, heard} = listen();
	terminal.write('\u001B]11;rgb:1e\u0003q');
	await settled();
	expect(heard.keys).toEndWith('\u0003q');
});

test('a large paste passes unchanged', async () => {
	const {terminal, heard} = listen();
	const paste = `\u001B[200~${'line \u001B[<0;1;1M\n'.repeat(50_000)}\u001B[201~`;
	const bytes = Buffer.from(paste);
	for (let at = 0; at < bytes.length; at += 4099) terminal.write(bytes.subarray(at, at + 4099));
	await after(50);
	expect(heard.keys === paste).toBe(true);
	expect(heard.mouse).toEqual([]);
});

test('the end of a paste may take its time', async () => {
	const {terminal, heard} = listen();
	terminal.write('\u001B[200~pasted\u001B');
	await after(60);
	terminal.write('[201~\u001B[<0;1;1M');
	await settled();
	expect(heard.keys).toBe('\u001B[200~pasted\u001B[201~');
	expect(heard.mouse).toHaveLength(1);
});

test('with raw mode off nothing is read, and nothing half-read is remembered', async () => {
	const {terminal, hub, heard} = listen();
	expect([hub.isRaw, terminal.isRaw]).toEqual([true, true]);
	terminal.write('a\u001B');
	await settled();
	hub.setRawMode(false);
	expect([hub.isRaw, terminal.isRaw, terminal.isPaused()]).toEqual([false, false, true]);
	expect(terminal.listenerCount('data')).toBe(0);
	terminal.write('for another program');
	await after(60);
	expect(heard.keys).toBe('a');
	expect(String(terminal.read())).toBe('for another program');
	hub.setRawMode(true);
	terminal.write('b');
	await settled();
	expect(heard.keys).toBe('ab');
});
