import {expect, test} from 'bun:test';
import {chmodSync, mkdirSync, readdirSync} from 'node:fs';
import {configurationCheck, foldersCheck, type Room} from '../../src/doctor/settings-checks.ts';
import {loadSettings, type Settings} from '../../src/settings/load.ts';
import type {ConfigurationError} from '../../src/speechmatics/errors.ts';
import {Home} from '../settings/home.ts';
import {found} from './fakes.ts';

function configuration({environment}: Home, profile?: string) {
	let loaded: Settings | ConfigurationError;
	try {
		loaded = loadSettings({environment, profile});
	} catch (error) {
		loaded = error as ConfigurationError;
	}
	return found(configurationCheck(loaded, environment));
}

test('a configuration may be missing, right, unknown in part, wrong, or open to others', async () => {
	using home = new Home();
	expect(await configuration(home)).toEqual({
		state: 'ok',
		facts: 'no ~/config/speechdeck/config.toml, so the defaults count',
	});

	home.write(home.profilePath, '[profile.news.batch]\nconcurrency = 3\n');
	expect(await configuration(home, 'news')).toEqual({
		state: 'ok',
		facts: '~/config/speechdeck/config.toml, profile news',
	});
	const nowhere = await configuration(home, 'sport');
	expect(nowhere).toMatchObject({state: 'error'});
	expect(nowhere.remedy).toContain('--profile');

	home.write(home.profilePath, '[batch]\nconcurency = 3\nuplods = 2\n');
	expect(await configuration(home)).toEqual({
		state: 'warn',
		facts:
			'config.toml line 2: there is no setting batch.concurency, did you mean batch.concurrency? (and 1 more)',
		remedy: 'Correct or remove these lines in ~/config/speechdeck/config.toml.',
	});

	home.write(home.profilePath, '[batch\n');
	const malformed = await configuration(home);
	expect(malformed).toMatchObject({state: 'error'});
	expect(malformed.facts).toStartWith('config.toml line 1');

	home.write(home.profilePath, '', 0o644);
	expect((await configuration(home)).state).toBe('ok');
	chmodSync(home.profilePath, 0o666);
	const open = await configuration(home);
	expect(open).toMatchObject({state: 'warn', remedy: `Run "chmod go-w '${home.profilePath}'".`});
});

function folders(room: Partial<Room>) {
	const environment = {HOME: '/home/a', USERPROFILE: '/home/a'};
	return found(foldersCheck(environment, {write: async () => {}, free: async () => 38e9, ...room}));
}

test('folders tell what is left, and warn before the disk is full', async () => {
	expect((await folders({})).facts).toStartWith('can be written; 38 GB free in ~');
	expect(await folders({free: async () => 499e6})).toMatchObject({state: 'warn'});
	const full = await folders({free: async () => 19e6});
	expect(full).toMatchObject({state: 'error'});
	expect(full.remedy).toContain('Make room');
	expect(await folders({free: async () => undefined})).toEqual({state: 'ok', facts: 'can be written'});
});

test('a folder that cannot be written is named with its reason', async () => {
	const failing = (code: string) => ({
		write: () => Promise.reject(Object.assign(new Error('no'), {code})),
	});
	const denied = await folders(failing('EACCES'));
	expect(denied).toMatchObject({state: 'error'});
	expect(denied.facts).toContain('permission is denied');
	expect(denied.remedy).toContain('XDG_CONFIG_HOME');
	expect((await folders(failing('ENOSPC'))).remedy).toContain('Make room');
});

test('looking makes no folder and leaves no file', async () => {
	using home = new Home();
	const environment = {...home.environment, XDG_DATA_HOME: home.at('data'), XDG_STATE_HOME: home.at('state')};
	expect((await found(foldersCheck(environment))).state).toBe('ok');
	expect(readdirSync(home.path)).toEqual([]);

	mkdirSync(home.at('data', 'speechdeck'), {recursive: true});
	expect((await found(foldersCheck(environment))).state).toBe('ok');
	expect(readdirSync(home.at('data', 'speechdeck'))).toEqual([]);

	home.write(home.at('state'), 'a file');
	expect(await found(foldersCheck(environment))).toMatchObject({state: 'error'});
});
