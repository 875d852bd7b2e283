/** Settings and the checkup in a real pseudo-terminal, down to config.toml. */
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'bun:test';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {type AppOptions, accountAt, openApp, showSettings} from '../helpers/app-terminal.ts';
import {Program} from '../helpers/program.ts';
import type {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
const FOLDER = program.at('config/speechdeck');
const FILE = program.at('config/speechdeck/config.toml');
let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
});
afterAll(async () => {
	await emulator.close();
	program.remove();
});
afterEach(() => rmSync(program.at('config'), {recursive: true, force: true}));

function configure(toml: string): void {
	mkdirSync(FOLDER, {recursive: true});
	writeFileSync(FILE, toml);
}

const open = ({env = {}, ...options}: AppOptions = {}) =>
	openApp(program, {
		...options,
		env: {...accountAt(emulator), XDG_CONFIG_HOME: program.at('config'), ...env},
	});

/** Moves to an option, which must be below the cursor. */
async function downTo(app: TestTerminal, label: string): Promise<void> {
	const isThere = (screen: string) => new RegExp(`^ ❯ ${label}  `, 'm').test(screen);
	for (let step = 0; step < 80 && !isThere(app.screen()); step++) {
		const before = app.screen();
		app.press('j');
		await app.waitFor((screen) => screen !== before);
	}
	expect(isThere(app.screen())).toBe(true);
}

const kept = () => readFileSync(FILE, 'utf8');

describe('settings', () => {
	test('are typed and chosen in place, written to config.toml, and taken away again', async () => {
		await using app = await open();
		await showSettings(app);
		await app.waitFor(/key +is set +SPEECHMATICS_API_KEY/);
		await app.waitFor('Not here: "speechdeck login" changes it');
		await downTo(app, 'language');
		app.press('enter');
		await app.waitFor('Enter take it  Esc as before');
		app.press('backspace', 'backspace');
		// What is typed is text, though 2 would show another tab.
		app.type('d2');
		app.press('left', 'delete');
		app.type('e');
		await app.waitFor(/language +de /);
		app.press('enter');
		await app.waitFor(/language +de +config\.toml line \d/);
		await app.waitFor('Written to config.toml');
		expect(kept()).toContain('language = "de"');

		app.press('j', 'right');
		await app.waitFor(/model +(?!enhanced)\S+ +config\.toml/);
		app.press('left');
		await app.waitFor(/model +enhanced +config\.toml/);
		app.press('x');
		await app.waitFor(/model +enhanced +default/);
		await app.waitFor('Taken out of config.toml');
		expect(kept()).not.toContain('model');
		expect(app.line(-1)).not.toContain('take away');
		app.press('x');
		await app.waitFor('Not now: it is not set');
	}, 30_000);

	test('what is typed and left is as it was; what cannot be says why and is not written', async () => {
		await using app = await open();
		await showSettings(app);
		await downTo(app, 'dictionary');
		app.press('enter');
		await app.waitFor('Enter take it');
		app.type('none.txt');
		app.press('enter');
		await app.waitFor(/none\.txt cannot be\s+read: there is no such file/);
		await app.waitFor('Enter take it  Esc as before');
		app.press('escape');
		await app.waitFor(/dictionary +·/);
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(() => kept()).toThrow();
		// Had it been kept, the program would not start any more.
		await using again = await open();
		again.press('q');
		expect(await again.exited).toBe(0);
	}, 30_000);

	test('what the environment says wins, and says so', async () => {
		await using app = await open();
		await showSettings(app);
		app.press('j');
		await app.waitFor('Not here: SPEECHMATICS_BATCH_URL of the environment counts first');
		expect(app.line(-1)).not.toContain('change');
		app.press('enter');
		await app.waitFor('Not now: SPEECHMATICS_BATCH_URL of the environment');
	}, 20_000);

	test('go into the profile that was chosen, by the flag or by the environment', async () => {
		for (const [args, env] of [
			[['--profile', 'work'], {}],
			[[], {SPEECHDECK_PROFILE: 'work'}],
		] as const) {
			configure('[transcription]\nlanguage = "de"\n[profile.work]\nbatch.model = "standard"\n');
			await using app = await open({args, env});
			await showSettings(app);
			await downTo(app, 'language');
			app.press('x');
			await app.waitFor('Not now: it is set outside of the profile');
			app.press('enter', 'backspace', 'backspace');
			app.type('fr');
			app.press('enter');
			await app.waitFor('Written to config.toml, profile work');
			expect(kept()).toContain('language = "de"');
			expect(kept()).toContain('[profile.work.transcription]\nlanguage = "fr"');
			app.press('x');
			await app.waitFor(/language +de +config\.toml line 2/);
		}
	}, 30_000);

	test('a file that becomes wrong while the app is open is told, and the app stays', async () => {
		await using app = await open();
		configure('[transcription]\nlanguage = 3\n');
		await showSettings(app);
		const told = 'config.toml line 2: transcription.language must be a string, not 3';
		await app.waitFor(told);
		await downTo(app, 'model');
		app.press('right');
		await app.waitFor((screen) => screen.split(told).length === 3);
		expect(kept()).toBe('[transcription]\nlanguage = 3\n');
		configure('[transcription]\nlanguage = "fr"\n');
		app.press('r');
		await app.waitFor(/language +fr +config\.toml line 2/);
		await app.waitFor('The settings were read again');
	}, 20_000);

	test('at 40x10 and in ASCII they have their place', async () => {
		await using app = await open({columns: 40, rows: 10, env: {LANG: 'C'}});
		await showSettings(app);
		app.press('j', 'j', 'j', 'j');
		await app.waitFor(/^ > language/m);
		expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
	}, 20_000);
});

describe('the checkup', () => {
	const TITLES = [
		...['Program', 'Configuration', 'Folders', 'Keychain', 'Key', 'Clock', 'Batch service'],
		...['Realtime service', 'Proxy', 'PortAudio', 'Microphone', 'ffmpeg', 'Terminal'],
	];

	test('looks at everything, says what is found, once more on r, and closes', async () => {
		await using app = await open({columns: 140, rows: 50});
		await showSettings(app);
		app.press('d');
		await app.waitFor(/Nothing is wrong|All is well|\d wrong/, {timeout: 30_000});
		const titles = app
			.screen()
			.split('\n')
			.flatMap((row) => /^ [✓!✗–] (.{16}) {2}\S/.exec(row)?.[1]?.trim() ?? []);
		expect(titles).toEqual(TITLES);
		expect(app.screen()).toMatch(/✓ Key +from SPEECHMATICS_API_KEY; 127\.0\.0\.1:\d+ accepts it/);
		expect(app.screen()).toMatch(/✓ Batch service +127\.0\.0\.1:\d+ answers in/);
		app.press('r');
		await app.waitFor(/Checking: \d+ of 13/);
		await app.waitFor(/Nothing is wrong|All is well|\d wrong/, {timeout: 30_000});
		app.press('escape');
		await app.waitFor('Account');
	}, 90_000);

	test('says what to do about what is wrong', async () => {
		await using app = await open({
			env: {SPEECHMATICS_BATCH_URL: 'http://127.0.0.1:9/v2'},
			columns: 140,
			rows: 50,
		});
		app.press(':');
		await app.waitFor('Enter do it');
		app.type('network');
		await app.waitFor('Check key, network, sound and the rest');
		app.press('enter');
		await app.waitFor(/✗ Batch service +.*127\.0\.0\.1:9/, {timeout: 30_000});
		await app.waitFor(/\d wrong.*: what to do stands below each/, {timeout: 30_000});
	}, 60_000);

	test('is scrolled where there is no room, in ASCII too', async () => {
		await using app = await open({columns: 40, rows: 10, env: {LANG: 'C'}, args: ['--demo']});
		await showSettings(app);
		app.press('d');
		await app.waitFor('Program');
		await app.waitFor(/Nothing is wrong|All is well|\d wrong/, {timeout: 30_000});
		app.press('G');
		await app.waitFor('Terminal');
		expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
		app.press('g');
		await app.waitFor('Program');
		app.press('q');
		await app.waitFor('Account');
	}, 60_000);
});
