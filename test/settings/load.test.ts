import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {loadSettings, optionOf, settingOf} from '../../src/settings/load.ts';
import {originText} from '../../src/settings/origin.ts';
import {batchRequest, realtimeRequest} from '../../src/settings/requests.ts';
import {complaint, Home} from './home.ts';

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => home[Symbol.dispose]());

const load = (profile?: string, more: Record<string, string> = {}) =>
	loadSettings({environment: {...home.environment, ...more}, profile});

const PROFILES = `
[batch]
concurrency = 2
model = "standard"
[transcription]
language = "de"
[realtime]
language = "it"
[profile.news.transcription]
language = "fr"
[profile.news.batch]
concurrency = 9
`;

describe('which value counts', () => {
	test('nothing is there: nothing is set, and that is fine', () => {
		const settings = load();
		expect(settings.warnings).toEqual([]);
		expect(settingOf(settings, 'batch.concurrency')).toBeUndefined();
	});

	test('the profile before what stands outside of it, and a flag before both', () => {
		home.write(home.profilePath, PROFILES);
		const [plain, news] = [load(), load('news')];
		expect(settingOf(plain, 'batch.concurrency')?.value).toBe(2);
		expect(settingOf(news, 'batch.concurrency')?.value).toBe(9);
		expect(optionOf(plain, 'batch', {name: 'language'})?.value).toBe('de');
		expect(optionOf(plain, 'realtime', {name: 'language'})?.value).toBe('it');
		expect(optionOf(news, 'realtime', {name: 'language'})?.value).toBe('fr');
		expect(optionOf(news, 'realtime', {name: 'model'})).toBeUndefined();
		expect(optionOf(news, 'batch', {name: 'model'})?.value).toBe('standard');
		const flag = {name: '--concurrency', value: 1};
		expect(settingOf(news, 'batch.concurrency', flag)).toEqual({
			value: 1,
			origin: {kind: 'flag', flag: '--concurrency'},
		});
		expect(settingOf(news, 'batch.concurrency', {...flag, value: undefined})?.value).toBe(9);
	});

	test('SPEECHDECK_PROFILE chooses where --profile does not', () => {
		home.write(home.profilePath, `${PROFILES}[profile.old.batch]\nconcurrency = 5\n`);
		expect(settingOf(load(undefined, {SPEECHDECK_PROFILE: 'news'}), 'batch.concurrency')?.value).toBe(9);
		expect(settingOf(load('old', {SPEECHDECK_PROFILE: 'news'}), 'batch.concurrency')?.value).toBe(5);
		expect(complaint(() => load('nwes'))).toBe(
			`There is no profile "nwes" in ${home.profilePath}: it has news, old`,
		);
	});

	test('an address: environment, file, legacy file, each with its origin', () => {
		const address = (more: Record<string, string> = {}) => {
			const found = settingOf(load(undefined, more), 'service.batch_url');
			return found && `${found.value} ${originText(found.origin)}`;
		};
		expect(address()).toBeUndefined();
		home.write(home.legacyPath, '[default]\nbatch_url = "https://legacy/v2"\n');
		expect(address()).toBe(`https://legacy/v2 ${home.legacyPath} (legacy CLI, profile default)`);
		home.write(home.profilePath, '\n[service]\nbatch_url = "https://mine/v2"\n');
		expect(address()).toBe('https://mine/v2 config.toml line 3');
		expect(address({SPEECHMATICS_BATCH_URL: ' https://env/v2 '})).toBe(
			'https://env/v2 SPEECHMATICS_BATCH_URL',
		);
	});

	test("a legacy file that is broken is a warning: it is another program's", () => {
		home.write(home.legacyPath, '[default\n');
		expect(load().warnings).toEqual([
			expect.stringContaining(`${home.legacyPath} of the legacy CLI cannot be read`),
		]);
	});
});

describe('from files to what is sent', () => {
	test('dictionaries, replacements, headers and speakers are read', () => {
		home.write(home.at('config', 'speechdeck', 'names.txt'), '# ours\ngnocchi: nyohki\n');
		home.write(home.at('swaps.txt'), '# from:to\nfoo:bar\n/c(h)eese:/:$1\n');
		home.write(home.at('hook'), 'Authorization: Bearer s3cret\n\n');
		home.write(home.at('talk.json'), '{"speakers": [{"label": "Ann", "speaker_identifiers": ["x"]}]}');
		home.write(
			home.profilePath,
			'[transcription]\ndictionary = ["names.txt"]\n[batch]\nnotify_headers = "env:HOOK"\n',
		);
		const settings = load(undefined, {HOOK: 'X-Key: 1'});
		const {config, warnings} = batchRequest(settings, {
			values: {
				vocab: ['CEO: see ee oh'],
				replacements: home.at('swaps.txt'),
				known_speakers: home.at('talk.json'),
				fetch_headers: home.at('hook'),
			},
		});
		expect(warnings).toEqual([]);
		expect(config.transcription_config).toMatchObject({
			additional_vocab: [
				{content: 'gnocchi', sounds_like: ['nyohki']},
				{content: 'CEO', sounds_like: ['see ee oh']},
			],
			transcript_filtering_config: {
				replacements: [
					{from: 'foo', to: 'bar'},
					{from: '/c(h)eese:/', to: '$1'},
				],
			},
			speaker_diarization_config: {speakers: [{label: 'Ann', speaker_identifiers: ['x']}]},
		});
		const hooked = batchRequest(settings, {values: {notify: ['https://x/y']}});
		expect(hooked.config.notification_config).toEqual([{url: 'https://x/y', auth_headers: ['X-Key: 1']}]);
		expect(realtimeRequest(settings, {values: {}}).start.transcriptionConfig.additional_vocab).toHaveLength(
			1,
		);
	});

	test.each([
		[{dictionary: ['/none.txt']}, '--dictionary: /none.txt cannot be read: there is no such file'],
		[{replace: ['nothing']}, '--replace: a replacement is written "from:to" or "/pattern/:to"'],
		[{replace: ['/(/:x']}, '--replace: Invalid regular expression'],
		[{notify_headers: 'env:NO_SUCH'}, '--notify-headers: the variable NO_SUCH is not set'],
		[{vocab: [': x']}, '--vocab: there is no word before the colon'],
	])('%j is refused', (values, message) => {
		expect(complaint(() => batchRequest(load(), {values}))).toContain(message);
	});

	test('what the profile names is told by its line, unless a flag takes its place', () => {
		home.write(home.profilePath, '\n[batch]\nknown_speakers = "gone.json"\n');
		home.write(home.at('some.json'), '[]');
		expect(complaint(() => batchRequest(load(), {values: {}}))).toContain(
			'config.toml line 3: known_speakers: ',
		);
		expect(complaint(() => batchRequest(load(), {values: {known_speakers: home.at('some.json')}}))).toBe('');
	});

	test('--config is read and named in what it does wrong', () => {
		const config = home.write(home.at('job.json'), '{"transcription_config": {"language": ""}}');
		expect(complaint(() => batchRequest(load(), {values: {}, config}))).toBe(
			'job.json is wrong at transcription_config.language: it must not be empty',
		);
		home.write(config, 'no');
		expect(complaint(() => batchRequest(load(), {values: {}, config}))).toContain(
			`--config: ${config} is not JSON`,
		);
	});
});
