/** The two forms of the app, down to config.toml and to what is sent. */
import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {mkdirSync, symlinkSync} from 'node:fs';
import {jobOptionServices} from '../../src/commands/tui-job-options.ts';
import {AppRequests} from '../../src/commands/tui-requests.ts';
import {settingsServices} from '../../src/commands/tui-settings.ts';
import {loadSettings} from '../../src/settings/load.ts';
import {OptionSheet} from '../../src/tui/controllers/option-sheet.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {sheetBindings} from '../../src/tui/keys/sheet-bindings.ts';
import {Home} from './home.ts';

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => home[Symbol.dispose]());

const moveTo = (sheet: OptionSheet, name: string) =>
	sheet.moveTo(() => sheet.rows.findIndex((row) => row.name === name));

async function typed(sheet: OptionSheet, name: string, text: string): Promise<string | undefined> {
	moveTo(sheet, name);
	sheet.edit();
	sheet.field.set(text);
	await sheet.commit();
	return sheet.store.getState().problem;
}

async function open(
	given: Readonly<Record<string, unknown>> = {},
	{profile, demo = false}: {profile?: string; demo?: boolean} = {},
) {
	const read = () => loadSettings({environment: home.environment, profile});
	const requests = await AppRequests.open({read, given: {values: given}, flags: {}, demo});
	const apply = () => requests.change();
	const {environment} = home;
	return {
		requests,
		settings: new OptionSheet(settingsServices({environment, profile, read, apply})),
		jobs: jobOptionServices(requests),
	};
}

describe('settings', () => {
	test('are written to config.toml as they are typed, tell where they come from, and count at once', async () => {
		const {settings, requests} = await open();
		expect(await typed(settings, 'transcription.language', 'de')).toBeUndefined();
		expect(home.profile).toContain('language = "de"');
		expect(settings.selected).toMatchObject({value: 'de', origin: 'config.toml line 2'});
		expect(requests.current.job.config.transcription_config?.language).toBe('de');
		expect(requests.current.session.start.transcriptionConfig.language).toBe('de');
		await settings.unset();
		expect(settings.selected).toMatchObject({value: undefined, fallback: 'en'});
		expect(requests.current.job.config.transcription_config?.language).toBe('en');
	});

	test('a value that cannot be says why, stays to be mended, and is written nowhere', async () => {
		const {settings} = await open();
		expect(await typed(settings, 'batch.concurrency', 'many')).toMatch(/^batch\.concurrency.*number/);
		expect(settings.store.getState().editing).toBe(true);
		expect(() => home.profile).toThrow();
	});

	test.each([
		['transcription.dictionary', 'none.txt'],
		['service.ca_file', 'none.pem'],
	])('%s that names no file is not kept, as the next start would fail of it', async (name, file) => {
		home.write(home.profilePath, '# mine\n[transcription]\nlanguage = "de"\n');
		const {settings} = await open();
		expect(await typed(settings, name, home.at(file))).toContain(file);
		expect(home.profile).toBe('# mine\n[transcription]\nlanguage = "de"\n');
		expect(settings.store.getState().editing).toBe(true);
	});

	test('a folder that cannot be written is named', async () => {
		const {settings} = await open();
		// Not even the superuser can make a folder where a link leads nowhere.
		mkdirSync(home.at('config'));
		symlinkSync(home.at('nowhere/at/all'), home.at('config/speechdeck'));
		const problem = await typed(settings, 'transcription.language', 'de');
		expect(problem).toStartWith(`${home.profilePath} cannot be written: `);
		expect(settings.selected?.value).toBeUndefined();
	});

	test('a file that was not there is not there after a change that cannot be', async () => {
		const {settings} = await open();
		await typed(settings, 'transcription.dictionary', home.at('none.txt'));
		expect(() => home.profile).toThrow();
	});

	test('go into the profile that the environment chose, and what stands outside of it stays', async () => {
		home.write(home.profilePath, '[transcription]\nlanguage = "de"\n[profile.work]\nbatch.language = "fr"\n');
		home.environment.SPEECHDECK_PROFILE = 'work';
		const {settings} = await open();
		await typed(settings, 'transcription.model', 'standard');
		expect(settings.store.getState().told).toBe('Written to config.toml, profile work');
		expect(home.profile).toContain('[profile.work.transcription]\nmodel = "standard"');
		moveTo(settings, 'transcription.language');
		expect(settings.selected?.kept).toBe('it is set outside of the profile');
	});

	test('several words stay several: here only one is typed', async () => {
		home.write(home.profilePath, '[transcription]\nvocab = ["Foo", "Bar"]\n');
		const {settings} = await open();
		moveTo(settings, 'transcription.vocab');
		expect(settings.selected).toMatchObject({value: 'Foo; Bar', locked: expect.stringContaining('several')});
		expect(await typed(settings, 'transcription.replace', 'a:b; c:d')).toContain('Only one goes in here');
	});

	test('the choices are those that both services know, where it is for both', async () => {
		const {settings, jobs} = await open();
		const choicesOf = (sheet: OptionSheet, name: string) =>
			sheet.rows.find((row) => row.name === name)?.choices;
		expect(choicesOf(settings, 'transcription.diarization')).toEqual(['none', 'speaker', 'channel']);
		expect(choicesOf(new OptionSheet(jobs), 'diarization')).toEqual(['none', 'speaker', 'channel']);
	});

	test('an option that comes or goes leaves the cursor where it is', async () => {
		home.write(home.profilePath, '[batch]\nlanguage = "de"\n');
		const {settings} = await open();
		moveTo(settings, 'app.theme');
		home.write(home.profilePath, '');
		settings.reload();
		expect(settings.selected?.name).toBe('app.theme');
	});

	test('a click on another option leaves what was being typed', async () => {
		const {settings} = await open();
		moveTo(settings, 'transcription.language');
		settings.edit();
		settings.field.set('de');
		moveTo(settings, 'transcription.domain');
		expect(settings.store.getState().editing).toBe(false);
		expect(settings.selected?.value).toBeUndefined();
	});

	test('a value confirmed as it was is not written', async () => {
		const {settings} = await open();
		moveTo(settings, 'transcription.language');
		settings.edit();
		expect(settings.field.text).toBe('en');
		await settings.commit();
		expect(settings.store.getState().editing).toBe(false);
		expect(() => home.profile).toThrow();
	});

	test('what the environment says cannot be changed here, and says so', async () => {
		home.environment.SPEECHMATICS_BATCH_URL = 'http://127.0.0.1:1/v2';
		const {settings} = await open();
		moveTo(settings, 'service.batch_url');
		settings.edit();
		expect(settings.store.getState().editing).toBe(false);
		expect(settings.selected?.locked).toContain('SPEECHMATICS_BATCH_URL');
	});

	test('choices go round, both ways', async () => {
		const {settings} = await open();
		moveTo(settings, 'output.timestamps');
		const values: Array<string | undefined> = [];
		for (const by of [1, 1, 1, -1] as const) {
			await settings.choose(by);
			values.push(settings.selected?.value);
		}
		expect(values).toEqual(['on', 'off', 'on', 'off']);
	});
});

describe('options of the next jobs', () => {
	test('change what is sent and the command for it, and are written nowhere', async () => {
		const {jobs, requests} = await open({language: 'fr'});
		const sheet = new OptionSheet(jobs);
		moveTo(sheet, 'language');
		expect(sheet.selected).toMatchObject({value: 'fr', origin: '--language'});
		await typed(sheet, 'language', 'es');
		expect(sheet.selected).toMatchObject({value: 'es', origin: 'this run'});
		await typed(sheet, 'translate', 'de, en');
		await typed(sheet, 'vocab', "Brontë: bronty; O'Neill");
		await typed(sheet, 'format', 'txt,srt');
		moveTo(sheet, 'summarize');
		await sheet.choose(1);
		expect(jobs.request()).toMatchObject({
			transcription_config: {language: 'es', additional_vocab: [{content: 'Brontë'}, {content: "O'Neill"}]},
			translation_config: {target_languages: ['de', 'en']},
			summarization_config: {},
		});
		expect(requests.current.output.formats).toEqual(['txt', 'srt']);
		expect(jobs.commandLine()).toBe(
			`speechdeck batch --language es --vocab 'Brontë: bronty' --vocab 'O'\\''Neill' --translate de,en --summarize --format txt,srt FILE…`,
		);
		expect(() => home.profile).toThrow();
		moveTo(sheet, 'language');
		await sheet.unset();
		expect(sheet.selected).toMatchObject({value: undefined, fallback: 'en'});
	});

	test('what config.toml says counts, and cannot be taken away for one run', async () => {
		home.write(home.profilePath, '[transcription]\nlanguage = "de"\n');
		const {jobs} = await open();
		const sheet = new OptionSheet(jobs);
		moveTo(sheet, 'language');
		expect(sheet.selected).toMatchObject({value: 'de', origin: 'config.toml line 2'});
		const reasons: string[] = [];
		dispatch('x', [{title: '', bindings: sheetBindings(sheet, 5)}], (reason) => reasons.push(reason));
		expect(reasons).toEqual(['config.toml line 2 has it, see Settings']);
		expect(await typed(sheet, 'language', '')).toContain('config.toml line 2 has it');
	});

	test('the command says by which profile, and that it is the demo', async () => {
		home.write(home.profilePath, '[profile.work]\nbatch.language = "fr"\n');
		const {jobs} = await open({}, {profile: 'work', demo: true});
		expect(jobs.commandLine()).toBe('speechdeck batch --demo --profile work FILE…');
	});

	test('changes made one right after the other all count', async () => {
		const {jobs} = await open();
		const sheet = new OptionSheet(jobs);
		moveTo(sheet, 'diarization');
		const changes = [sheet.choose(1), sheet.choose(1)];
		moveTo(sheet, 'summarize');
		await Promise.all([...changes, sheet.choose(1)]);
		expect(jobs.request()).toMatchObject({
			transcription_config: {diarization: 'none'},
			summarization_config: {},
		});
	});

	test('what does not fit together leaves all as it was', async () => {
		const {jobs, requests} = await open();
		const sheet = new OptionSheet(jobs);
		expect(await typed(sheet, 'known_speakers', home.at('none.json'))).toContain('none.json');
		expect(requests.current.changes.values).toEqual({});
		expect(await typed(sheet, 'speaker_sensitivity', '7')).toMatch(/^speaker_sensitivity/);
	});

	test('secrets are not shown', async () => {
		home.environment.HOOK = 'Authorization: Bearer abc';
		process.env.HOOK = home.environment.HOOK;
		const {jobs} = await open({notify: ['https://example.com/hook'], notify_headers: 'env:HOOK'});
		delete process.env.HOOK;
		expect(JSON.stringify(jobs.request())).not.toContain('abc');
		expect(jobs.commandLine()).not.toContain('abc');
	});
});
