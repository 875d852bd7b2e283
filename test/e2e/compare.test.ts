/**
 * Whole sessions with the compare tab, in the compiled app. After a change that is meant: UPDATE_SCREENS=1 bun test
 * test/e2e/compare.test.ts, and look at what changed.
 */
import {afterAll, describe, expect, test} from 'bun:test';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {startEmulator} from '../../src/emulator/server.ts';
import {expectScreen, GOLDEN_WINDOWS, goldenName} from '../helpers/golden.ts';
import type {Mask} from '../helpers/masks.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
// The first two sentences: "Good morning, everyone. Let's begin today's meeting."
const sample = readFileSync(SAMPLE);
writeFileSync(program.at('talk.wav'), sample.subarray(0, 44 + 4 * 32_000));
// Long enough to be stopped in its middle.
writeFileSync(
	program.at('long.wav'),
	Buffer.concat([sample, ...Array.from({length: 9}, () => sample.subarray(44))]),
);
writeFileSync(program.at('said.txt'), "Good morning, everyone. Let's begin today's meeting.");

const FAULTS = [
	{fault: 'mishear', word: 'morning', as: 'mourning', by: 'realtime', times: 99},
	{fault: 'mishear', word: 'meeting', as: '', by: 'realtime', times: 99},
	{fault: 'mishear', word: 'begin', as: 'being', by: 'batch', times: 99},
] as const;

interface Started {
	readonly name: string;
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: Readonly<Record<string, string>>;
	readonly faults?: NonNullable<Parameters<typeof startEmulator>[0]>['faults'];
}

/** The app on its compare tab, with a service, and places of its own. */
async function start({name, columns = 80, rows = 24, environment = {}, faults = [...FAULTS]}: Started) {
	const service = await startEmulator({faults, processingTime: () => 300});
	const app = TestTerminal.start([program.path], {
		columns,
		rows,
		cwd: program.folder,
		env: {
			...program.environment,
			XDG_CONFIG_HOME: program.at(name, 'config'),
			XDG_DATA_HOME: program.at(name, 'data'),
			XDG_STATE_HOME: program.at(name, 'state'),
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: service.batchUrl,
			SPEECHMATICS_RT_URL: service.realtimeUrl,
			...environment,
		},
	});
	await app.waitFor((screen) => screen.includes('No recordings yet') && app.modes.bracketedPasteMode);
	app.press('3');
	await app.waitFor('pick a recording, or drop one here');
	return {
		app,
		async [Symbol.asyncDispose]() {
			await app[Symbol.asyncDispose]();
			await service[Symbol.asyncDispose]();
		},
	};
}

const UNTIL_DONE = {timeout: 20_000};

test('a recording goes both ways, is judged by what was said, read, and saved', async () => {
	mkdirSync(program.at('out'));
	writeFileSync(program.at('out/talk.wav'), readFileSync(program.at('talk.wav')));
	await using session = await start({name: 'whole'});
	const {app} = session;

	app.press('t');
	await app.waitFor('What was said');
	app.paste('nowhere.txt');
	app.press('enter');
	await app.waitFor('there is no such file');
	expect(app.screen()).toContain('What was said, a file (empty: none): nowhere.txt');
	app.press('ctrl+u');
	app.paste('said.txt');
	app.press('enter');
	await app.waitFor('Both are judged by said.txt');

	app.paste('out/talk.wav');
	const running = await app.waitFor(/✓ Batch {2}done .*│ {2}● Realtime {2}streaming/);
	expect(running).toContain('talk.wav  0:04  judged by said.txt');
	expect(running).toMatch(/ SIMULATED$/m);
	// Other tabs can be looked at meanwhile.
	app.press('1');
	await app.waitFor('No recordings yet');
	expect(app.line(0)).toMatch(/Compare {2}● 0:0\d/);
	app.press('3');

	// Of 7 words: batch being for begin; realtime mourning for morning, and meeting missed.
	await app.waitFor(/word error rate +14\.3 % +28\.6 %/, UNTIL_DONE);
	expect(app.screen()).toMatch(/✓ batch +✓ realtime/);
	expect(app.screen()).toMatch(/replaced +1 +1\n +missed +0 +1\n +too many +0 +0/);
	app.press('n');
	await app.waitFor(/^❯ 0:00 +Good morning, everyone.* │ Good mourning, everyone/m);
	app.press('n', 'n');
	await app.waitFor(/^❯ 0:03 +today's meeting\. +│ today's\. ·/m);

	app.press('v');
	await app.waitFor(/0:00 +Good morning, everyone\. +│ Good mourning, everyone\.$/m);
	expect(app.line(4)).toMatch(/^ +Batch +│ Realtime$/);
	app.press('n');
	await app.waitFor('place 1 of 3');
	const chosen = app
		.cells()
		.slice(3)
		.flat()
		.filter(({inverse}) => inverse);
	expect(chosen.map(({character}) => character).join('')).toBe('morning,mourning,');
	app.press('v', 'v');
	await app.waitFor(/^ +Realtime +│ What was said$/m);
	app.press('v');
	await app.waitFor('first word that stays');

	app.press('w');
	await app.waitFor('Saved talk.comparison.txt and 4 more');
	expect(readdirSync(program.at('out')).sort()).toEqual([
		...['talk.batch.json', 'talk.batch.txt', 'talk.comparison.txt'],
		...['talk.realtime.json', 'talk.realtime.txt', 'talk.wav'],
	]);
	const report = readFileSync(program.at('out/talk.comparison.txt'), 'utf8');
	expect(report).toStartWith('[SIMULATED]');
	expect(report).toContain('Realtime against the reference: word error rate 28.6 % of 7 words');

	app.press('q');
	expect(await app.exited).toBe(0);
	expect(app.leftovers()).toEqual([]);
}, 60_000);

test('the report is copied as the command prints it, and rates are written to the settings', async () => {
	await using session = await start({name: 'rates'});
	const {app} = session;
	app.paste('talk.wav');
	await app.waitFor('c sets what an hour costs you', UNTIL_DONE);
	app.press('c');
	await app.waitFor('What an hour of batch costs you:');
	app.type('36');
	app.press('enter');
	await app.waitFor('What an hour of realtime costs you:');
	app.type('72');
	app.press('enter');
	await app.waitFor('In which currency:');
	app.type('EUR');
	app.press('enter');
	await app.waitFor(/cost +0\.040 EUR +0\.080 EUR/);
	expect(readFileSync(program.at('rates/config/speechdeck/config.toml'), 'utf8')).toContain(
		'[compare]\nbatch_rate = 36\nrealtime_rate = 72\ncurrency = "EUR"',
	);
	app.press('y');
	await app.waitFor('Copied the report');

	// What was said can be named afterwards: nothing is sent again.
	app.paste('said.txt');
	await app.waitFor(/word error rate +14\.3 % +28\.6 %/);
	app.press('q');
	expect(await app.exited).toBe(0);
}, 60_000);

test('it can be stopped, fail, and be left while it runs', async () => {
	await using session = await start({
		name: 'stop',
		faults: [{fault: 'error', type: 'not_authorised', second: 0, after: 1}, ...FAULTS],
	});
	const {app} = session;
	app.paste('nothing.wav');
	await app.waitFor('there is no such file');
	app.press('escape');
	await app.waitGone('there is no such file');
	app.paste('long.wav');
	await app.waitFor(/Realtime {2}streaming/);
	await app.waitFor(/✓ Batch {2}done/);
	app.press('x');
	await app.waitFor('- realtime');
	expect(app.screen()).toMatch(/✓ batch +- realtime/);
	app.press('G');
	await app.waitFor('Which for what');

	app.press('r');
	await app.waitFor(/Realtime failed: .*/, UNTIL_DONE);
	expect(app.screen()).toMatch(/✓ batch +✗ realtime/);

	app.press('r');
	await app.waitFor(/Realtime {2}streaming/);
	app.press('q');
	await app.waitFor('Still running: a comparison');
	app.press('n');
	await app.waitFor(/Realtime {2}streaming/);
	app.press('q');
	await app.waitFor('Still running: a comparison');
	app.press('y');
	expect(await app.exited).toBe(0);
	expect(app.leftovers()).toEqual([]);
	expect(existsSync(program.at('long.batch.txt'))).toBe(false);
}, 60_000);

/** What was measured: seconds and factors; not the rates of errors, nor what is advised. */
const FIGURE: Mask = {
	pattern: /(?<![\d.]|delay |to )\d+\.\d+(?![\d.]| %)/,
	as: '0.0',
};

describe.each(GOLDEN_WINDOWS)('at $columns x $rows, colour $colour', ({columns, rows, colour}) => {
	const name = (screen: string) => goldenName(screen, {columns, rows, colour});

	test.concurrent('the screens are as they were found good', async () => {
		// No player is found, whatever this machine has.
		const environment = {PATH: program.at('nowhere'), ...(colour ? {} : {NO_COLOR: '1'})};
		await using session = await start({name: name('.golden'), columns, rows, environment});
		const {app} = session;
		await expectScreen(app, name('compare-empty'));
		app.paste('said.txt');
		await app.waitFor('Both are judged by said.txt');
		app.paste('talk.wav');
		await app.waitFor('is compared: 3 places differ', UNTIL_DONE);
		app.press('n');
		await app.waitFor('❯ ');
		await app.waitGone('is compared', {timeout: 20_000});
		const masks = [FIGURE];
		await expectScreen(app, name('compare-report'), {masks});
		app.press('v', 'n');
		await app.waitFor('place 1 of 3');
		await expectScreen(app, name('compare-texts'), {masks});
		app.press('q');
		await app.exited;
	}, 60_000);
});
