/** `speechdeck config`, `login` and `logout` as a person runs them. */
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'bun:test';
import {existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {ndjson} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';
import {Home} from './home.ts';

const PROGRAM = [process.execPath, resolve(import.meta.dir, '../../src/main.ts')];

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => home[Symbol.dispose]());

async function run(args: readonly string[], more: Record<string, string> = {}, input = '') {
	const child = Bun.spawn([...PROGRAM, ...args], {
		cwd: home.path,
		env: {PATH: process.env.PATH ?? '', ...home.environment, ...more},
		stdin: new TextEncoder().encode(input),
		stdout: 'pipe',
		stderr: 'pipe',
	});
	const [stdout, stderr, code] = await Promise.all([
		new Response(child.stdout).text(),
		new Response(child.stderr).text(),
		child.exited,
	]);
	return {code, stdout, stderr};
}

describe('config', () => {
	test('path says where the file is, also where it is not', async () => {
		expect(await run(['config', 'path'])).toEqual({code: 0, stdout: `${home.profilePath}\n`, stderr: ''});
		expect(existsSync(home.profilePath)).toBe(false);
	});

	test('keys lists each name once, and set takes it', async () => {
		const {stdout} = await run(['config', 'keys']);
		const names = stdout.split('\n').map((line) => line.split(' ')[0]);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toContain('transcription.language');
		expect(names).toContain('realtime.max_delay');
		expect(names).not.toContain('batch.language');
		expect(stdout).toMatch(/^output\.dir +where transcripts go$/m);
	});

	test('set and unset change the profile that the environment names', async () => {
		await run(['config', 'set', 'transcription.language', 'de', '--profile', 'work']);
		const inProfile = {SPEECHDECK_PROFILE: 'work'};
		expect(await run(['config', 'set', 'transcription.language', 'fr'], inProfile)).toMatchObject({code: 0});
		expect(home.profile).toMatch(/\[profile\.work\.transcription\]\nlanguage = "fr"/);
		await run(['config', 'unset', 'transcription.language'], inProfile);
		expect(home.profile).not.toContain('language');
	});

	test('set makes a private file, show tells it with its origin, unset takes it out', async () => {
		expect(await run(['config', 'set', 'transcription.language', 'de'])).toMatchObject({
			code: 0,
			stderr: `transcription.language is set in ${home.profilePath}.\n`,
		});
		await run(['config', 'set', 'batch.concurrency', '8', '--profile', 'archive']);
		await run(['config', 'set', 'output.formats', 'txt, srt']);
		await run(['config', 'set', 'transcription.dictionary', 'names.txt']);
		expect(home.profile).toBe(
			`[transcription]\nlanguage = "de"\ndictionary = [ "${home.at('names.txt')}" ]\n\n[profile.archive.batch]\nconcurrency = 8\n\n[output]\nformats = [ "txt", "srt" ]\n`,
		);
		expect(statSync(home.profilePath).mode & 0o777).toBe(0o600);
		expect(readdirSync(join(home.profilePath, '..'))).toEqual(['config.toml']);

		const shown = await run(['config', 'show', '--origin', '--profile', 'archive'], {
			SPEECHMATICS_API_KEY: 's3cret',
		});
		expect(shown.stdout).toMatch(/^batch\.language +de +config\.toml line 2$/m);
		expect(shown.stdout).toMatch(/^batch\.concurrency +8 +config\.toml line 6$/m);
		expect(shown.stdout).toMatch(/^realtime\.max_delay +2 +default$/m);
		expect(shown.stdout).toMatch(/^output\.formats +txt, srt +config\.toml line 9$/m);
		expect(shown.stdout).toMatch(/^batch key +\(not shown\) +SPEECHMATICS_API_KEY$/m);
		const json = await run(['config', 'show', '--json'], {SPEECHMATICS_API_KEY: 's3cret'});
		expect(ndjson(json.stdout)).toContainEqual({
			name: 'batch.language',
			value: 'de',
			origin: {kind: 'profile', file: home.profilePath, line: 2},
		});
		expect(shown.stdout + json.stdout).not.toContain('s3cret');

		await run(['config', 'unset', 'transcription.dictionary']);
		await run(['config', 'unset', 'batch.concurrency', '--profile', 'archive']);
		expect(home.profile).not.toContain('dictionary');
		expect(home.profile).not.toContain('concurrency');
		expect((await run(['config', 'unset', 'batch.uploads'])).stderr).toBe('batch.uploads was not set.\n');
	});

	test('set refuses what may not stand there and leaves the file alone', async () => {
		home.write(home.profilePath, '# mine\n');
		const refused = [
			[['batch.concurrency', '0'], 'batch.concurrency must be at least 1'],
			[['batch.concurrency', 'many'], 'batch.concurrency must be a number, not "many"'],
			[['batch.concurency', '1'], 'There is no setting batch.concurency, did you mean batch.concurrency?'],
			[
				['service.api_key', 's3cret'],
				'service.api_key looks like a key, and keys do not belong in this file',
			],
			[['realtime.max_delay', '9'], 'realtime.max_delay must be at most 4'],
			[['batch.model', 'x', '--profile', 'a b'], '"a b" is no name for a profile'],
		] as const;
		for (const [args, message] of refused) {
			const {code, stderr} = await run(['config', 'set', ...args]);
			expect(stderr).toContain(message);
			expect(stderr).not.toContain('s3cret');
			expect(code).toBe(2);
		}
		expect(home.profile).toBe('# mine\n');
		home.write(home.profilePath, '[batch]\nconcurrency = "x"\n');
		expect((await run(['config', 'set', 'batch.model', 'x'])).stderr).toContain(
			'config.toml line 2: batch.con',
		);
	});

	test('a file that is a link stays one', async () => {
		const real = home.write(home.at('dotfiles.toml'), '# mine\n');
		home.write(join(home.profilePath, '..', 'other'), '');
		symlinkSync(real, home.profilePath);
		await run(['config', 'set', 'batch.model', 'standard']);
		expect(lstatSync(home.profilePath).isSymbolicLink()).toBe(true);
		expect(readFileSync(real, 'utf8')).toBe('# mine\n\n[batch]\nmodel = "standard"\n');
	});

	test('unset takes out what is unknown, too', async () => {
		home.write(home.profilePath, '[batch]\nconcurency = 3\n');
		expect((await run(['config', 'unset', 'batch.concurency'])).code).toBe(0);
		expect(home.profile).toBe('[batch]\n');
	});

	test("import takes over the legacy CLI's addresses and keys, once", async () => {
		home.write(
			home.legacyPath,
			'[default]\nauth_token = "s3cret"\ngenerate_temp_token = true\n[onprem]\nauth_token = "other"\nbatch_url = "https://asr.local/v2"\nrealtime_url = "wss://asr.local/v2"\n',
		);
		const first = await run(['config', 'import']);
		expect(first.code).toBe(0);
		expect(first.stderr).toContain('service.batch_url of profile onprem is https://asr.local/v2.');
		expect(first.stderr).toContain('Warning: there is no keychain here');
		expect(first.stdout + first.stderr + home.profile).not.toMatch(/s3cret|other/);
		expect(home.profile).toBe(
			'[profile.onprem.service]\nbatch_url = "https://asr.local/v2"\nrealtime_url = "wss://asr.local/v2"\n',
		);
		const keys = home.at('config', 'speechdeck', 'keys');
		expect(readdirSync(keys).sort()).toEqual(['default', 'onprem@asr.local']);
		expect(readFileSync(join(keys, 'default'), 'utf8')).toBe('s3cret\n');
		const again = await run(['config', 'import']);
		expect(again.stderr).toContain('service.batch_url of profile onprem stays as config.toml line 2 has it.');
		expect(again.stderr).toContain('A key is kept already and stays.');
	});

	test('import says where it found nothing', async () => {
		expect(await run(['config', 'import'])).toMatchObject({
			code: 2,
			stderr: `There is nothing to import in ${home.legacyPath}.\n`,
		});
	});
});

describe('login', () => {
	let emulator: Emulator;
	let service: Record<string, string>;
	beforeAll(async () => {
		emulator = await startEmulator({apiKey: 'good-key'});
		service = {SPEECHMATICS_BATCH_URL: emulator.batchUrl, SPEECHMATICS_RT_URL: emulator.realtimeUrl};
	});
	afterAll(() => emulator.close());
	const keyFile = () => home.at('config', 'speechdeck', 'keys', `default@127.0.0.1_${emulator.port}`);

	test('tries a piped key, keeps it and says where', async () => {
		const {code, stderr, stdout} = await run(['login'], service, 'good-key\n');
		expect(stderr).toBe(
			`The key works on 127.0.0.1:${emulator.port}.\nIt is kept in ${keyFile()}.\nWarning: there is no keychain here, so the key is in a file: whoever can read your files can read it.\n`,
		);
		expect({code, stdout}).toEqual({code: 0, stdout: ''});
		expect(statSync(keyFile()).mode & 0o777).toBe(0o600);

		const out = await run(['logout'], service);
		expect(out).toMatchObject({code: 0, stderr: `The key is removed from ${keyFile()}.\n`});
		expect(existsSync(keyFile())).toBe(false);
		expect((await run(['logout'], service)).stderr).toBe('No key was kept.\n');
	});

	test('keeps no key that the service refuses, and none that is empty', async () => {
		const refused = await run(['login'], service, 'bad-key');
		expect(refused.code).toBe(4);
		expect(refused.stderr).not.toContain('bad-key');
		expect(await run(['login'], service, ' \n')).toMatchObject({code: 2});
		expect((await run(['login', '--no-check'], service, 'two words')).code).toBe(4);
		expect((await run(['login'], service, 'x'.repeat(10_000))).code).toBe(2);
		expect(existsSync(keyFile())).toBe(false);
		expect((await run(['login', '--no-check'], service, 'bad-key')).code).toBe(0);
		expect(readFileSync(keyFile(), 'utf8')).toBe('bad-key\n');
	});

	test('says that another key wins', async () => {
		const {stderr} = await run(['login'], {...service, SPEECHMATICS_API_KEY: 'x'}, 'good-key');
		expect(stderr).toContain('The key from SPEECHMATICS_API_KEY is used instead of it.');
	});

	test('asks at a terminal without showing the key, and Ctrl-C keeps nothing', async () => {
		const start = () =>
			TestTerminal.start([...PROGRAM, 'login'], {cwd: home.path, env: {...home.environment, ...service}});
		await using asking = start();
		await asking.waitFor('API key:');
		asking.press('ctrl+c');
		expect(await asking.exited).toBe(130);
		expect(existsSync(keyFile())).toBe(false);
		await using terminal = start();
		await terminal.waitFor('API key:');
		terminal.type('good-key');
		await terminal.waitFor('********');
		terminal.press('enter');
		await terminal.waitFor('The key works');
		expect(await terminal.exited).toBe(0);
		expect(terminal.screen()).not.toContain('good-key');
		expect(readFileSync(keyFile(), 'utf8')).toBe('good-key\n');
	});
});
