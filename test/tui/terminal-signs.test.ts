import {beforeEach, describe, expect, test} from 'bun:test';
import {PassThrough} from 'node:stream';
import type {Scheme} from '../../src/tui/terminal/colour-scheme.ts';
import {StdinHub} from '../../src/tui/terminal/stdin-hub.ts';
import {type SignSettings, TerminalSigns} from '../../src/tui/terminal/terminal-signs.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

const GHOSTTY = {TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty'};
const XTERM = {TERM: 'xterm-256color'};

let clock: ManualClock;
let written: string[];
let writtenNow: string[];
let schemes: Scheme[];
beforeEach(() => {
	clock = new ManualClock();
	written = [];
	writtenNow = [];
	schemes = [];
});

function signsOn(environment: Record<string, string>, settings: SignSettings = {}): TerminalSigns {
	return new TerminalSigns({
		environment,
		settings,
		clock,
		write: (text) => written.push(text),
		writeNow: (text) => writtenNow.push(text),
		onScheme: (scheme) => schemes.push(scheme),
	});
}

/** What was written since the last time this was asked. */
const news = () => written.splice(0).join('').replaceAll('\u001B', 'ESC').replaceAll('\u0007', 'BEL');
const undone = () => writtenNow.splice(0).join('').replaceAll('\u001B', 'ESC').replaceAll('\u0007', 'BEL');

describe('modes', () => {
	test('all that is switched on is switched off, once', () => {
		const signs = signsOn(XTERM);
		signs.take();
		signs.take();
		expect(news()).toBe('ESC[?1000hESC[?1006hESC[?1004hESC[?2031hESC]11;?BEL');
		signs.release();
		signs.release();
		expect(undone()).toBe('ESC[?1000lESC[?1006lESC[?1004lESC[?2031l');
		expect(news()).toBe('');
	});

	test('what is not wanted is not switched on', () => {
		const signs = signsOn(XTERM, {mouse: false, theme: 'dark'});
		signs.take();
		expect(news()).toBe('ESC[?1004h');
		signs.release();
		expect(undone()).toBe('ESC[?1004l');
	});

	test('the mouse can be switched off for a while, and stays as it is over a suspension', () => {
		const signs = signsOn(XTERM, {theme: 'dark'});
		signs.take();
		news();
		signs.useMouse(false);
		expect(news()).toBe('ESC[?1000lESC[?1006l');
		signs.release();
		expect(undone()).toBe('ESC[?1004l');
		signs.take();
		expect(news()).toBe('ESC[?1004h');
		signs.useMouse(true);
		expect(news()).toBe('ESC[?1000hESC[?1006h');
	});

	test('a terminal that can only print gets nothing, the Linux console no commands', () => {
		for (const [TERM, expected] of [
			['dumb', ''],
			['linux', 'ESC[?1000hESC[?1006hESC[?1004hESC[?2031h'],
		] as const) {
			const signs = signsOn({TERM});
			signs.take();
			signs.set({title: 'a', progress: {share: 0.5}});
			expect(news()).toBe(expected);
			signs.release();
		}
	});

	test('they follow who reads the keys', () => {
		const source = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => {}});
		const hub = new StdinHub(source);
		signsOn(XTERM, {theme: 'dark'}).follow(hub);
		hub.setRawMode(true);
		expect(news()).toBe('ESC[?1000hESC[?1006hESC[?1004h');
		hub.setRawMode(false);
		expect(undone()).toBe('ESC[?1000lESC[?1006lESC[?1004l');
	});
});

describe('the title', () => {
	const show = (signs: TerminalSigns, title: string) => signs.set({title, progress: undefined});

	test('is put over the one before, and taken away again', () => {
		const signs = signsOn(XTERM, {mouse: false, theme: 'dark'});
		signs.take();
		news();
		show(signs, '3/5 · speechdeck');
		expect(news()).toBe('ESC[22;2tESC]2;3/5 · speechdeckBEL');
		signs.release();
		expect(undone()).toBe('ESC[?1004lESC]2;BELESC[23;2t');
	});

	test('changes once a second at most, and ends as the last one', async () => {
		const signs = signsOn(XTERM, {theme: 'dark'});
		signs.take();
		show(signs, 'a');
		news();
		show(signs, 'b');
		show(signs, 'c');
		show(signs, 'c');
		await clock.advance(999);
		expect(news()).toBe('');
		await clock.advance(1);
		await clock.advance(0);
		expect(news()).toBe('ESC]2;cBEL');
		show(signs, 'c');
		await clock.advance(5000);
		expect(news()).toBe('');
	});

	test('waits while another program has the terminal', async () => {
		const signs = signsOn(XTERM, {theme: 'dark'});
		signs.take();
		show(signs, 'a');
		show(signs, 'b');
		signs.release();
		news();
		show(signs, 'c');
		await clock.advance(5000);
		expect(news()).toBe('');
		signs.take();
		expect(news()).toEndWith('ESC[22;2tESC]2;cBEL');
	});

	test('carries no control characters into the terminal', () => {
		const signs = signsOn(XTERM, {theme: 'dark'});
		signs.take();
		news();
		show(signs, 'a\u0007\u001B]52;c;x\u009Cb\n日本');
		expect(news()).toBe('ESC[22;2tESC]2;a]52;c;xb日本BEL');
	});
});

describe('progress', () => {
	const show = (signs: TerminalSigns, progress: Parameters<TerminalSigns['set']>[0]['progress']) => {
		signs.set({title: '', progress});
		return news().replace(/(ESC\[22;2t)?ESC\]2;BEL/g, '');
	};

	test('is written when a percent has changed, and now and then to say that it holds', async () => {
		const signs = signsOn(GHOSTTY);
		signs.take();
		news();
		expect(show(signs, {share: undefined})).toBe('ESC]9;4;3;0BEL');
		expect(show(signs, {share: 0.421})).toBe('ESC]9;4;1;42BEL');
		expect(show(signs, {share: 0.425})).toBe('');
		await clock.advance(5000);
		expect(show(signs, {share: 0.425})).toBe('ESC]9;4;1;42BEL');
		expect(show(signs, {share: 0.425, state: 'failing'})).toBe('ESC]9;4;2;42BEL');
		expect(show(signs, {share: 0.425, state: 'paused'})).toBe('ESC]9;4;4;42BEL');
		expect(show(signs, {share: 7})).toBe('ESC]9;4;1;100BEL');
		expect(show(signs, undefined)).toBe('ESC]9;4;0;0BEL');
		expect(show(signs, undefined)).toBe('');
	});

	test('is taken away at the end', () => {
		const signs = signsOn(GHOSTTY);
		signs.take();
		show(signs, {share: 0.5});
		signs.release();
		expect(undone()).toContain('ESC]9;4;0;0BEL');
	});

	test('is not written where the user does not want it', () => {
		const signs = signsOn(GHOSTTY, {progress: false});
		signs.take();
		news();
		expect(show(signs, {share: 0.5})).toBe('');
	});

	test.each([
		[{TERM: 'xterm-256color', WT_SESSION: '1'}, true],
		[{TERM: 'xterm-256color', ConEmuANSI: 'ON'}, true],
		[{TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm'}, true],
		[{TERM: 'xterm-256color', PTYXIS_VERSION: '48.1'}, true],
		[{TERM: 'xterm-256color', PTYXIS_VERSION: '47.9'}, false],
		[{TERM: 'xterm-256color', VTE_VERSION: '7900'}, true],
		[{TERM: 'xterm-256color', VTE_VERSION: '7600'}, false],
		// iTerm2 says it since it no longer takes it for a notification.
		[{TERM_PROGRAM: 'iTerm.app', TERM_FEATURES: 'T3CwLrMSc7UUw9Ts3BFGsSyHNoSxF'}, false],
		[{TERM_PROGRAM: 'iTerm.app', TERM_FEATURES: 'T3CwLrMSc7UUw9Ts3BFGsSyHNoSxFP'}, true],
		[{TERM_PROGRAM: 'iTerm.app'}, false],
		[{TERM: 'xterm-kitty'}, false],
		[XTERM, false],
		[{...GHOSTTY, TMUX: '/tmp/tmux'}, false],
		[{TERM: 'screen-256color', WT_SESSION: '1'}, false],
	] as Array<[Record<string, string>, boolean]>)(
		'goes to terminals that know it: %j',
		(environment, isKnown) => {
			const signs = signsOn(environment);
			signs.take();
			news();
			expect(show(signs, {share: 0.5}) !== '').toBe(isKnown);
		},
	);
});

describe('the end of a long batch', () => {
	const MINUTE = 60_000;
	const batch = async (signs: TerminalSigns, milliseconds: number, before = () => {}) => {
		signs.working(true, () => 'never');
		await clock.advance(milliseconds);
		before();
		news();
		signs.working(false, () => '5 done');
		signs.working(false, () => 'again');
		return news();
	};

	test('rings the bell', async () => {
		expect(await batch(signsOn(XTERM), MINUTE)).toBe('BEL');
	});

	test('a short one is seen by whoever has just begun it', async () => {
		const signs = signsOn(XTERM);
		expect(await batch(signs, MINUTE - 1)).toBe('');
		// Nothing was pressed for a minute by now.
		expect(await batch(signs, 1)).toBe('BEL');
	});

	test('disturbs nobody who is there', async () => {
		const signs = signsOn(XTERM);
		expect(await batch(signs, MINUTE, () => signs.pressed())).toBe('');
		const {hub, say} = hubFor(signs);
		hub.setRawMode(true);
		await say('\u001B[I');
		expect(await batch(signs, MINUTE)).toBe('');
		await say('\u001B[O');
		expect(await batch(signs, MINUTE, () => signs.pressed())).toBe('BEL');
	});

	test('is told in the words of the terminal', async () => {
		const texts = {
			ghostty: [GHOSTTY, 'BELESC]777;notify;speechdeck;5 doneBEL'],
			iterm: [{TERM_PROGRAM: 'iTerm.app'}, 'BELESC]9;speechdeck: 5 doneBEL'],
			kitty: [
				{TERM: 'xterm-kitty'},
				'BELESC]99;i=speechdeck:d=0:o=unfocused;speechdeckBELESC]99;i=speechdeck:d=1:o=unfocused:p=body;5 doneBEL',
			],
			tmux: [{...GHOSTTY, TMUX: '/tmp/tmux'}, 'BEL'],
		} as const;
		for (const [environment, expected] of Object.values(texts))
			expect(await batch(signsOn(environment), MINUTE)).toBe(expected);
	});

	test('is told as the user wants it', async () => {
		expect(await batch(signsOn(GHOSTTY, {notify: 'bell'}), MINUTE)).toBe('BEL');
		expect(await batch(signsOn(GHOSTTY, {notify: 'off'}), MINUTE)).toBe('');
	});
});

describe('what the terminal says of its colours', () => {
	test('is heard whenever it comes', async () => {
		const {hub, say} = hubFor(signsOn(XTERM));
		hub.setRawMode(true);
		await say('\u001B]11;rgb:ffff/ffff/eeee\u0007');
		await say('\u001B[?997;1n');
		await say('\u001B]10;rgb:0000/0000/0000\u0007');
		expect(schemes).toEqual(['light', 'dark']);
	});

	test('does not count where the user has decided', async () => {
		const {hub, say} = hubFor(signsOn(XTERM, {theme: 'dark'}));
		hub.setRawMode(true);
		await say('\u001B[?997;2n');
		expect(schemes).toEqual([]);
	});
});

function hubFor(signs: TerminalSigns) {
	const source = Object.assign(new PassThrough(), {isTTY: true, setRawMode: () => {}});
	const hub = new StdinHub(source);
	signs.follow(hub);
	const say = async (text: string) => {
		source.write(text);
		await new Promise((resolve) => setImmediate(resolve));
	};
	return {hub, say};
}
