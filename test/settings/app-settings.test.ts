import {afterEach, beforeEach, expect, test} from 'bun:test';
import {appSettings} from '../../src/settings/app-settings.ts';
import {openKeyStore} from '../../src/settings/key-store.ts';
import {listSettings} from '../../src/settings/list.ts';
import {loadSettings} from '../../src/settings/load.ts';
import {originText} from '../../src/settings/origin.ts';
import {complaint, Home} from './home.ts';

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => home[Symbol.dispose]());

const load = (profile?: string) => loadSettings({environment: home.environment, profile});

const FILE = `
[app]
notify = "bell"
mouse = true
theme = "light"
[profile.quiet.app]
notify = "off"
progress = false
animations = false
`;

test('nothing said is no value: the defaults are the app’s', () => {
	expect(Object.values(appSettings(load()))).toEqual(Array.from({length: 5}));
});

test('the flag counts before the profile, the profile before the file', () => {
	home.write(home.profilePath, FILE);
	expect(appSettings(load())).toEqual({
		notify: 'bell',
		progress: undefined,
		mouse: true,
		theme: 'light',
		animations: undefined,
	});
	expect(appSettings(load('quiet'), {mouse: false})).toEqual({
		notify: 'off',
		progress: false,
		mouse: false,
		theme: 'light',
		animations: false,
	});
	expect(appSettings(load(), {mouse: true}).mouse).toBe(true);
});

test('they are listed with their origins', async () => {
	home.write(home.profilePath, FILE);
	const listed = await listSettings(load('quiet'), openKeyStore(home.environment));
	const shown = listed
		.filter(({name}) => name.startsWith('app.'))
		.map(({name, value, origin}) => `${name} ${value} ${originText(origin)}`);
	expect(shown).toEqual([
		'app.notify off config.toml line 7',
		'app.progress false config.toml line 8',
		'app.mouse true config.toml line 4',
		'app.theme light config.toml line 5',
		'app.animations false config.toml line 9',
	]);
});

test('a value that is none says which are', () => {
	home.write(home.profilePath, '[app]\ntheme = "blue"\n');
	expect(complaint(() => load())).toContain('config.toml line 2: app.theme');
});
