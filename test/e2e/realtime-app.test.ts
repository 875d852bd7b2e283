/** Live sessions in the compiled app, in a real pseudo-terminal: what a person sees when things go wrong, and can do. */
import {afterAll, describe, expect, test} from 'bun:test';
import {copyFileSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {startEmulator} from '../../src/emulator/server.ts';
import {untilReady} from '../helpers/app-terminal.ts';
import {CODED_RATE, codedAudio, codedService, codedWords} from '../helpers/coded-service.ts';
import {cuttingProxy} from '../helpers/cutting-proxy.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {type Said, scriptedSession} from '../helpers/scripted-session.ts';
import {TestTerminal} from '../helpers/terminal.ts';
import {wavBytes} from '../helpers/wav-bytes.ts';

const program = new Program({SPEECHMATICS_API_KEY: 'k'});
afterAll(() => program.remove());
copyFileSync(SAMPLE, program.at('sample.wav'));

const SAID: Said = [
	['S1', 'Good morning everyone.'],
	['S2', 'Happy to be here.'],
];

let worlds = 0;

/** The app with sessions of its own, unless told whose. */
function open(
	url: string,
	args: readonly string[] = [],
	{size = {columns: 80, rows: 24}, data = `.data-${++worlds}`} = {},
) {
	return TestTerminal.start([program.path, ...args], {
		...size,
		cwd: program.folder,
		env: {
			...program.environment,
			LANG: 'C.UTF-8',
			SPEECHMATICS_RT_URL: url,
			XDG_DATA_HOME: program.at(data),
		},
	});
}

async function openRealtime(...args: Parameters<typeof open>) {
	const app = open(...args);
	await untilReady(app);
	app.press('2');
	await app.waitFor('Live captions');
	return app;
}

describe('a connection that is lost', () => {
	test('is shown with its reason and the next try, comes back, and no word is missing', async () => {
		const blocks = 40;
		await using service = await codedService();
		await using proxy = await cuttingProxy(service.port);
		writeFileSync(program.at('coded.wav'), wavBytes(codedAudio(blocks), CODED_RATE));
		await using app = await openRealtime(proxy.url, ['--output-dir', 'coded']);
		app.paste('coded.wav');
		await app.waitFor(/0:0\d {2}w1 w2/);
		const before = app.line(2);
		proxy.cut('refuse', 3000);
		await app.waitFor(/● reconnecting, try \d+( in \d s)?/);
		expect(app.line(2)).toMatch(/^ ● reconnecting.* 0:0\d$/);
		expect(app.line(3)).toMatch(/^ {3}\w.{10,}/);
		// What was heard stays where it is.
		expect(app.screen()).toContain('w1 w2');
		expect(before).toMatch(/^ ● listening/);
		await app.waitFor(/● listening/, {timeout: 20_000});
		await app.waitFor(/connection \d/);
		await app.waitFor('Saved', {timeout: 30_000});
		const [text] = readdirSync(program.at('coded')).filter((name) => name.endsWith('.txt'));
		const words = readFileSync(program.at('coded', text!), 'utf8').match(/w\d+/g) ?? [];
		expect([...words]).toEqual(codedWords(blocks));
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	}, 60_000);

	test('of the emulator comes back with each sentence once', async () => {
		await using emulator = await startEmulator();
		await using proxy = await cuttingProxy(emulator.port);
		await using app = await openRealtime(proxy.url, ['--output-dir', 'cut'], {
			size: {columns: 100, rows: 40},
		});
		app.paste('sample.wav');
		await app.waitFor('Good morning, everyone.', {timeout: 20_000});
		proxy.cut('reset');
		await app.waitFor(/connection 2/, {timeout: 20_000});
		await app.waitFor("Let's begin today's meeting.", {timeout: 20_000});
		app.press('space');
		await app.waitFor('Saved', {timeout: 20_000});
		expect(app.screen().split('Good morning, everyone.')).toHaveLength(2);
		expect(app.screen().split("Let's begin today's meeting.")).toHaveLength(2);
	}, 60_000);
});

describe('while a session runs', () => {
	test('moments are marked, speakers named, and knobs turned', async () => {
		await using service = await scriptedSession(SAID, 'and the rest');
		await using app = await openRealtime(service.url);
		// Before it begins too.
		app.press('-');
		await app.waitFor(/max delay 1\.5 s$/m);
		app.paste('sample.wav');
		await app.waitFor('and the rest');
		expect(app.line(3)).toMatch(/sample\.wav .*max delay 1\.5 s$/);
		app.press('-');
		await app.waitFor(/max delay 1\.0 s$/m);
		app.press('p');
		await app.waitFor('partials off  max delay 1.0 s');
		app.press('>');
		await app.waitFor('silence 0.3 s');
		app.press('b', 'b');
		await app.waitFor('→ mark 2');
		app.press('n');
		await app.waitFor('Which speaker?');
		app.press('down', 'enter');
		await app.waitFor('Who is S2?');
		app.type('Anna');
		app.press('enter');
		await app.waitFor(/Anna {2}Happy to be here\./);
		expect(app.screen()).toMatch(/S1 {4}Good morning/);
		app.press('m');
		await app.waitFor('Not now: it is no microphone that is captioned');
		app.press('enter', 'space');
		await app.waitFor('Saved');
		app.press('b');
		await app.waitFor('Not now: no session is running');
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	}, 30_000);
});

test('a session that was killed is offered at the next start, and completed', async () => {
	await using service = await scriptedSession(SAID, 'and the rest');
	{
		await using app = await openRealtime(service.url, ['--output-dir', 'killed'], {data: '.killed'});
		app.paste('sample.wav');
		await app.waitFor('Happy to be here.');
		app.kill('SIGKILL');
		await app.exited;
	}
	await using app = open(service.url, ['--output-dir', 'killed'], {data: '.killed'});
	await app.waitFor(/Recover the session of \d\d:\d\d, \d+ s\?/);
	app.press('n');
	await app.waitFor('No recordings yet');
	app.press('q');
	expect(await app.exited).toBe(0);

	await using again = open(service.url, [], {data: '.killed'});
	await again.waitFor(/Recover the session of/);
	again.press('y');
	await again.waitFor('Saved', {timeout: 20_000});
	const [text] = readdirSync(program.at('killed')).filter((name) => name.endsWith('.txt'));
	expect(readFileSync(program.at('killed', text!), 'utf8')).toContain('Happy to be here.');

	again.press('o');
	await again.waitFor('Which session?');
	again.press('enter');
	await again.waitFor('How fast?');
	again.press('down', 'down', 'down', 'down', 'enter');
	await again.waitFor(/the session of \d\d:\d\d, \d+ s, 20x/);
	await again.waitFor('Happy to be here.');
	await again.waitFor('stopped');
	again.press('q');
	expect(await again.exited).toBe(0);
	expect(again.leftovers()).toEqual([]);
}, 60_000);
