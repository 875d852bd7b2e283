/** The pseudo-terminal that the robot tests look through, shown to see and to press what a person would. */
import {describe, expect, setDefaultTimeout, test} from 'bun:test';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Cell, rowText} from '../helpers/cells.ts';
import {expectScreen} from '../helpers/golden.ts';
import {BAR, DEFAULT_MASKS, masked} from '../helpers/masks.ts';
import {screenSvg, svgText} from '../helpers/svg.ts';
import {TestTerminal} from '../helpers/terminal.ts';

// Longer than a screen is waited for, so that a failure shows the screen.
setDefaultTimeout(20_000);

/** Runs a script that stays until Enter is pressed. */
const shell = (script: string, columns = 60, rows = 12) =>
	TestTerminal.start(['sh', '-c', `${script}; read end`], {columns, rows});

const PLAIN = {fg: undefined, bg: undefined, bold: false, dim: false, italic: false};

function cellsOf(text: string): Cell[] {
	const style = {...PLAIN, underline: false, inverse: false, strikethrough: false};
	return [...text].map((character) => ({character, width: 1, ...style}));
}

describe('the screen', () => {
	test('has the colours and styles that were asked for', async () => {
		await using terminal = shell(
			String.raw`printf '\033[31;1mR\033[0;44;2mB\033[0;38;2;1;2;255;7mT\033[0;4;9;3mU\033[0m end'`,
		);
		await terminal.waitFor('end');
		const [red, blue, rgb, lined] = terminal.cells()[0]!;
		expect(red).toMatchObject({character: 'R', width: 1, fg: 1, bg: undefined, bold: true, dim: false});
		expect(blue).toMatchObject({character: 'B', fg: undefined, bg: 4, bold: false, dim: true});
		expect(rgb).toMatchObject({character: 'T', fg: '#0102ff', inverse: true});
		expect(lined).toMatchObject({character: 'U', underline: true, strikethrough: true, italic: true});
	});

	test.each([
		['中文', 4],
		['👍', 2],
		['👍🏽', 2],
		['👨‍👩‍👧', 2],
		['❤️', 2],
		['🇩🇪', 2],
		['e\u0301', 1],
		['…✓', 2],
	])('gives %s its columns', async (text, width) => {
		await using terminal = shell(`printf '%s|' '${text}'`);
		await terminal.waitFor('|');
		expect(terminal.cursor.column).toBe(width + 1);
		expect(rowText(terminal.cells()[0]!)).toBe(`${text}|`);
	});

	test('follows the cursor, the alternate screen and what goes with it', async () => {
		await using terminal = shell(
			String.raw`printf 'below\033[?1049h\033[?25l\033[?2004h\033[5;9Hhere'; read go; printf '\033[?1049l\033[?25h\033[?2004l'; printf back`,
		);
		await terminal.waitFor('here');
		expect(terminal.line(4)).toBe('        here');
		expect(terminal.screen()).not.toContain('below');
		expect(terminal.isAlternateScreen).toBe(true);
		expect(terminal.cursorHidden).toBe(true);
		expect(terminal.leftovers()).toEqual(['the alternate screen', 'a hidden cursor', 'bracketed paste']);
		terminal.press('enter');
		await terminal.waitFor('back');
		expect(terminal.line(0)).toBe('belowback');
		expect(terminal.leftovers()).toEqual([]);
	});

	test('is looked at between frames only', async () => {
		await using terminal = shell(String.raw`printf '\033[?2026hhalf'; read go; printf '\rwhole\033[?2026l'`);
		const frame = terminal.waitFor(/half|whole/);
		terminal.press('enter');
		expect(await frame).toContain('whole');
	});
});

describe('the program', () => {
	test('is told of a new size', async () => {
		await using terminal = shell(`trap 'stty size' WINCH; echo ready; while :; do read line; done`);
		await terminal.waitFor('ready');
		terminal.resize(41, 7);
		await terminal.waitFor('7 41');
		expect(terminal.screen().split('\n')).toHaveLength(7);
	});

	test('gets the keys as a terminal sends them', async () => {
		await using terminal = shell(
			`stty raw -echo; echo ready; dd bs=1 count=33 2>/dev/null | od -An -c -w99`,
			140,
		);
		await terminal.waitFor('ready');
		expect(terminal.isRaw).toBe(true);
		terminal.press('enter', 'tab', 'shift+tab', 'up', 'pageup', 'ctrl+c', 'ctrl+z', 'space', 'x');
		terminal.press('shift+up', 'alt+b', 'escape', 'backspace', 'f5', 'é');
		const escapes = String.raw`\r \t 033 [ Z 033 [ A 033 [ 5 ~ 003 032 x 033 [ 1 ; 2 A 033 b 033 177 033 [ 1 5 ~`;
		await terminal.waitFor((screen) => screen.replace(/\s+/g, ' ').includes(`${escapes} 303 251`));
		expect(() => terminal.press('hyper+x')).toThrow('There is no key "hyper+x".');
	});

	test('is pasted to as it asked for', async () => {
		await using terminal = shell(
			String.raw`printf '\033[?2004h'; stty raw -echo; echo ready; head -c 15 | od -An -c`,
		);
		await terminal.waitFor('ready');
		terminal.paste('a\nb');
		await terminal.waitFor((screen) =>
			screen.replace(/\s+/g, ' ').includes(String.raw`2 0 0 ~ a \r b 033 [ 2 0 1 ~`),
		);
	});

	test('tells its exit code, after all it wrote has been seen', async () => {
		await using terminal = TestTerminal.start(['sh', '-c', 'yes | head -20000; printf END; exit 3']);
		expect(await terminal.exited).toBe(3);
		expect(terminal.line(-1)).toBe('END');
		expect(terminal.bytesReceived).toBe(20_000 * 3 + 3);
		await using killed = shell('echo ready');
		await killed.waitFor('ready');
		killed.kill('SIGHUP');
		expect(await killed.exited).toBe(129);
	});

	test('is caught when it leaves the terminal in disorder', async () => {
		await using terminal = TestTerminal.start(['stty', 'raw', '-echo']);
		await terminal.exited;
		expect(terminal.leftovers()).toContainEqual(expect.stringContaining('other local settings'));
	});

	test('can be stopped and continued from a shell', async () => {
		await using terminal = TestTerminal.start(['bash', '--norc', '-i'], {env: {PS1: 'prompt> '}});
		await terminal.waitFor('prompt>');
		terminal.type('cat\r');
		await terminal.waitFor(/> cat\n/);
		terminal.type('hello\r');
		await terminal.waitFor(/hello\nhello/);
		terminal.press('ctrl+z');
		await terminal.waitFor('Stopped');
		terminal.type('fg\r');
		await terminal.waitFor(/> fg\ncat\n/);
		terminal.type('again\r');
		await terminal.waitFor(/again\nagain/);
	});

	test('that does not show what is waited for is shown instead', async () => {
		await using terminal = shell('echo something else');
		await terminal.waitFor('else');
		await expect(terminal.waitFor('treasure', {timeout: 1})).rejects.toThrow(
			/"treasure"[\s\S]*something else/,
		);
		await expect(terminal.waitGone('else', {timeout: 1})).rejects.toThrow('to go');
		const waiting = terminal.waitFor('treasure');
		terminal.press('enter');
		await expect(waiting).rejects.toThrow('the program ended with code 0');
	});
});

describe('its picture', () => {
	const COLOURFUL = String.raw`printf '\033[1;7m 1 Batch \033[0m <a & b>\r\n╭──╮ ███▌░░ ▁▂▃\r\n│会│ \033[2;36mdim  apart\033[0m 👍 \033[4mlined  text\033[0m end'`;

	test('is the same every time, well formed, and holds the text', async () => {
		const pictures: string[] = [];
		for (let run = 0; run < 2; run++) {
			await using terminal = shell(COLOURFUL);
			await terminal.waitFor('end');
			pictures.push(screenSvg(terminal.cells(), {title: 'x < y'}));
			expect(svgText(pictures.at(-1)!)).toBe(terminal.screen().trimEnd());
		}
		expect(pictures[0]).toBe(pictures[1]!);
		expect(wellFormed(pictures[0]!)).toBe(true);
		expect(pictures[0]).toContain('&lt;a &amp; b&gt;</text>');
		expect(wellFormed('<a><b></a></b>')).toBe(false);
	});

	test('of a full window stays small', async () => {
		const row = String.raw`\033[1mmeeting.wav\033[0m  \033[2m1.4 MB\033[0m  \033[36muploading\033[0m  \033[32m█████▌\033[90m░░░░░\033[0m 43 %% │ a few words on its fate\r\n`;
		await using terminal = shell(`for i in $(seq 49); do printf '${row}'; done; printf end`, 140, 50);
		await terminal.waitFor('end');
		expect(screenSvg(terminal.cells()).length).toBeLessThan(60_000);
	});

	test('hides what is another in every run, and moves nothing', () => {
		const mask = (text: string) => rowText(masked([cellsOf(text)], DEFAULT_MASKS)[0]!);
		expect(mask('a.wav  uploading 7 % 9.8 MB/s       0:09  x')).toBe(
			mask('a.wav  uploading 43 % 12 MB/s       0:10  x'),
		);
		expect(mask('done      59s in 2m 5s  ok')).toBe('done      59s in 0m 0s  ok');
		expect(mask('job a1b2c3d4e5 transcript')).toBe('job job0000000 transcript');
		expect(mask('to /tmp/speechdeck-e2e-aB3xY9/out at http://127.0.0.1:40123')).toBe(
			'to /tmp/speechdeck-e2e-XXXXXX/out at http://127.0.0.1:12345',
		);
		expect(mask('12:34:56 on 2031-05-06')).toBe('00:00:00 on 2026-01-01');
		expect(mask('   0:12  S1  Good morning')).toBe('   0:12  S1  Good morning');
		expect(rowText(masked([cellsOf('│██▌░░│ ok')], [BAR])[0]!)).toBe('│█████│ ok');
	});

	test('is compared with the one that is kept', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'speechdeck-screens-'));
		const update = process.env.UPDATE_SCREENS;
		try {
			await using terminal = shell(`echo one; read go; echo two`);
			await terminal.waitFor('one');
			delete process.env.UPDATE_SCREENS;
			await expect(expectScreen(terminal, 'numbers', {folder})).rejects.toThrow(
				'There is no screen "numbers"',
			);
			process.env.UPDATE_SCREENS = '1';
			await expectScreen(terminal, 'numbers', {folder});
			expect(readdirSync(folder)).toEqual(['numbers.svg']);
			delete process.env.UPDATE_SCREENS;
			await expectScreen(terminal, 'numbers', {folder});
			terminal.press('enter');
			await terminal.waitFor('two');
			await expect(expectScreen(terminal, 'numbers', {folder, timeout: 1})).rejects.toThrow(
				/Rows that differ: 2, 3[\s\S]*expected ──\n {2}one[\s\S]*actual ──\n {2}one\n>\s*\n> two/,
			);
		} finally {
			if (update === undefined) delete process.env.UPDATE_SCREENS;
			else process.env.UPDATE_SCREENS = update;
			rmSync(folder, {recursive: true, force: true});
		}
	});
});

/** Whether text is balanced XML, as far as ours goes: elements, quoted attributes and escaped text. */
function wellFormed(xml: string): boolean {
	const open: string[] = [];
	const rest = xml.replace(
		/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|&(?:lt|gt|amp);|[^<>&]+/gi,
		(_, end, name, __, empty) => {
			if (end === '/') return open.pop() === name ? '' : '!';
			if (name !== undefined && empty === '') open.push(name);
			return '';
		},
	);
	return rest === '' && open.length === 0;
}
