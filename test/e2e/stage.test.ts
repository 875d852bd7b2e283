/** The caption stage in the compiled app, in a real pseudo-terminal. */
import {afterAll, expect, test} from 'bun:test';
import {copyFileSync} from 'node:fs';
import {stageFonts} from '../../src/tui/presentation/stage-font.ts';
import {untilReady} from '../helpers/app-terminal.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {type Said, scriptedSession} from '../helpers/scripted-session.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program({SPEECHMATICS_API_KEY: 'k'});
afterAll(() => program.remove());
copyFileSync(SAMPLE, program.at('sample.wav'));

const SAID: Said = [
	['S1', 'Good morning.'],
	['S2', 'Happy to be here.'],
];
/** Those that stand in a window of 140 columns. */
const FONT = stageFonts().find(({letterColumns}) => letterColumns === 8)!;

async function open(url: string, environment: Record<string, string> = {}) {
	const app = TestTerminal.start([program.path], {
		columns: 140,
		rows: 40,
		cwd: program.folder,
		env: {
			...program.environment,
			LANG: 'C.UTF-8',
			SPEECHMATICS_RT_URL: url,
			XDG_DATA_HOME: program.at('.data'),
			...environment,
		},
	});
	await untilReady(app);
	app.press('2');
	await app.waitFor('Live captions');
	return app;
}

/** Whether a text stands there in large letters. */
const shows =
	(said: string, ascii = false) =>
	(screen: string) => {
		const lines = screen.split('\n').map((line) => line.slice(2));
		const letters = FONT.drawn(said, ascii).map((row) => row.trimEnd());
		return lines.some((_, row) => letters.every((letter, index) => lines[row + index] === letter));
	};

test('one key gives the captions the whole window, two lines of large letters; Escape takes it back', async () => {
	await using service = await scriptedSession(SAID, 'and the rest');
	await using app = await open(service.url);
	app.paste('sample.wav');
	await app.waitFor('Happy to be here.');
	app.press('z');
	await app.waitFor(shows('and the rest'));
	const stage = app.screen();
	expect(shows('Happy to be here.')(stage)).toBe(true);
	expect(shows('Good morning.')(stage)).toBe(false);
	for (const around of ['Realtime', 'listening', 'quit', 'max delay']) expect(stage).not.toContain(around);
	// The window may change its size meanwhile, and keys go on to work.
	app.resize(60, 20);
	await app.waitFor(/^ +and the rest$/m);
	app.resize(140, 40);
	await app.waitFor(shows('and the rest'));
	app.press('escape');
	await app.waitFor(/● listening/);
	expect(app.screen()).toContain('Good morning.');
	app.press('z');
	await app.waitFor(shows('and the rest'));
	app.press('space');
	await app.waitFor(/^ stopped/);
	app.press('z');
	await app.waitFor('Saved');
	app.press('q');
	expect(await app.exited).toBe(0);
	expect(app.leftovers()).toEqual([]);
}, 30_000);

test('a terminal without Unicode gets letters of signs', async () => {
	await using service = await scriptedSession(SAID, 'and the rest');
	await using app = await open(service.url, {LANG: 'C', NO_COLOR: '1'});
	app.paste('sample.wav');
	await app.waitFor('Happy to be here.');
	app.press('z');
	await app.waitFor(shows('and the rest', true));
	expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
}, 30_000);
