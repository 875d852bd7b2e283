/** The two forms of the app, down to config.toml and to what is sent. */
import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {jobOptionServices} from '../../src/commands/tui-job-options.ts';
import {AppRequests} from '../../src/commands/tui-requests.ts';
import {settingsServices} from '../../src/commands/tui-settings.ts';
import {loadSettings} from '../../src/settings/load.ts';
import {OptionSheet} from '../../src/tui/controllers/option-sheet.ts';
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

async function open(given: Readonly<Record<string, unknown>> = {}) {
	const read = () => loadSettings({environment: home.environment});
	const requests = await AppRequests.open({read, given: {values: given}, flags: {}, demo: false});
	const apply = () => requests.change();
	const {environment} = home;
	return {
		requests,
		settings: new OptionSheet(settingsServices({environment, profile: undefined, read, apply})),
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
		expect(sheet.selected).toMatchObject({value: 'en', origin: 'default'});
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
