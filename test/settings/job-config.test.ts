import {describe, expect, test} from 'bun:test';
import {batchJobConfig, DEFAULTS, realtimeConfig} from '../../src/settings/job-config.ts';
import type {Origin} from '../../src/settings/origin.ts';
import {TRANSCRIPTION_OPTIONS, valueSchemas} from '../../src/settings/transcription-options.ts';
import {unknownFields} from '../../src/speechmatics/check-config.ts';
import {JobConfig} from '../../src/speechmatics/config.ts';
import {complaint} from './home.ts';

const layer = (values: Record<string, unknown>, origin: Origin) =>
	new Map(Object.entries(values).map(([name, value]) => [name, {value, origin}]));
const flags = (values: Record<string, unknown>) =>
	new Map(
		Object.entries(values).map(([name, value]) => [
			name,
			{value, origin: {kind: 'flag', flag: `--${name.replaceAll('_', '-')}`} as const},
		]),
	);
const profile = (values: Record<string, unknown>) =>
	layer(values, {kind: 'profile', file: '/x/config.toml', line: 7});
const configFile = (content: unknown) => ({content, file: 'job.json'});
const word = (content: string) => ({content, soundsLike: [], place: content});

test('nothing said: our defaults, visibly', () => {
	expect(batchJobConfig({}).config).toEqual({
		type: 'transcription',
		transcription_config: {language: 'en', model: 'enhanced', diarization: 'speaker'},
	});
	expect(realtimeConfig({}).start).toEqual({
		transcriptionConfig: {language: 'en', model: 'enhanced', enable_partials: true, max_delay: 2},
	});
	expect(batchJobConfig({}).origins.get('model')).toEqual({kind: 'default'});
});

test('the flag counts before --config, that before the profile, that before the default', () => {
	const {config, origins} = batchJobConfig({
		flags: flags({language: 'de'}),
		configFile: configFile({transcription_config: {language: 'fr', domain: 'medical', model: null}}),
		profile: profile({language: 'es', domain: 'finance', output_locale: 'en-GB', model: 'standard'}),
	});
	expect(config.transcription_config).toEqual({
		language: 'de',
		domain: 'medical',
		output_locale: 'en-GB',
		model: 'standard',
		diarization: 'speaker',
	});
	expect(Object.fromEntries(origins)).toEqual({
		language: {kind: 'flag', flag: '--language'},
		domain: {kind: 'config', file: 'job.json'},
		output_locale: {kind: 'profile', file: '/x/config.toml', line: 7},
		model: {kind: 'profile', file: '/x/config.toml', line: 7},
		diarization: {kind: 'default'},
	});
});

test('every option reaches a place that the schema knows', () => {
	const samples: Record<string, unknown> = {
		dictionary: [word('a')],
		vocab: [word('b')],
		replacements: [{from: 'a', to: 'b'}],
		replace: [{from: 'c', to: 'd'}],
		known_speakers: [{label: 'Ann', speaker_identifiers: ['x']}],
		details: {a: 1},
		notify: ['https://x/y'],
		notify_headers: ['A: b'],
		fetch_headers: ['A: b'],
		diarization: 'channel',
		punctuation_marks: ['.'],
		low_confidence_action: 'reject',
		summary_content: 'auto',
		summary_length: 'brief',
		summary_type: 'bullets',
		audio_event_types: ['music'],
		max_delay_mode: 'fixed',
		max_delay: 1,
		max_speakers: 2,
		notify_contents: ['jobinfo'],
		notify_method: 'put',
	};
	const sampleOf = ({name, kind}: (typeof TRANSCRIPTION_OPTIONS)[number]) =>
		samples[name] ?? {text: 'x', number: 1, switch: true, list: ['x']}[kind as 'text'];
	const all = flags(
		Object.fromEntries(TRANSCRIPTION_OPTIONS.map((option) => [option.name, sampleOf(option)])),
	);
	const {config, fetch} = batchJobConfig({flags: all});
	expect(unknownFields(JobConfig, config)).toEqual([]);
	// Of what a job may carry, only these are left to --config.
	const reached = (value: unknown, key: string) => JSON.stringify(value).includes(`"${key}"`);
	const fields = Object.keys(JobConfig.shape.transcription_config.shape);
	expect(fields.filter((field) => !reached(config, field))).toEqual(['operating_point', 'max_delay_mode']);
	expect(Object.keys(JobConfig.shape).filter((field) => !reached(config, field))).toEqual(['fetch_data']);
	expect(fetch).toEqual({url: undefined, authHeaders: ['A: b']});
	const {start} = realtimeConfig({flags: all});
	expect(start.transcriptionConfig).toMatchObject({
		max_delay: 1,
		enable_partials: true,
		conversation_config: {end_of_utterance_silence_trigger: 1},
		speaker_diarization_config: {max_speakers: 2, speaker_sensitivity: 1},
		additional_vocab: [{content: 'a'}, {content: 'b'}],
	});
	expect(start.translationConfig).toEqual({target_languages: ['x'], enable_partials: true});
	expect(start.audioEventsConfig).toEqual({types: ['music']});
});

test('every option that is sent as it was said is checked before', () => {
	const unchecked = TRANSCRIPTION_OPTIONS.filter(
		(option) => option.becomes === 'value' && valueSchemas(option).length !== option.services.length,
	);
	expect(unchecked.map(({name}) => name)).toEqual([]);
	const names = TRANSCRIPTION_OPTIONS.map(({name}) => name);
	expect(
		Object.values(DEFAULTS)
			.flatMap(Object.keys)
			.filter((name) => !names.includes(name)),
	).toEqual([]);
});

describe('add-ons', () => {
	test('a detail typed asks for its add-on; one in the profile waits for it', () => {
		const detailed = profile({summary_length: 'detailed'});
		expect(batchJobConfig({profile: detailed}).config.summarization_config).toBeUndefined();
		expect(batchJobConfig({profile: detailed, flags: flags({summarize: true})}).config).toMatchObject({
			summarization_config: {summary_length: 'detailed'},
		});
		expect(batchJobConfig({flags: flags({summary_type: 'bullets'})}).config).toMatchObject({
			summarization_config: {summary_type: 'bullets'},
		});
	});

	test('--no-summarize undoes what stands elsewhere', () => {
		const parts = {
			profile: profile({summarize: true, chapters: true}),
			configFile: configFile({summarization_config: {}}),
			flags: flags({summarize: false}),
		};
		const {config} = batchJobConfig(parts);
		expect(config.summarization_config).toBeUndefined();
		expect(config.auto_chapters_config).toEqual({});
		const both = batchJobConfig({flags: flags({summarize: false, summary_type: 'bullets'})});
		expect(both.config.summarization_config).toBeUndefined();
	});
});

describe('what waits for something else', () => {
	test('translation for a language to translate into', () => {
		const waiting = profile({translation_partials: true});
		expect(realtimeConfig({profile: waiting}).start.translationConfig).toBeUndefined();
		expect(
			realtimeConfig({profile: waiting, flags: flags({translate: ['de']})}).start.translationConfig,
		).toEqual({
			target_languages: ['de'],
			enable_partials: true,
		});
		expect(complaint(() => realtimeConfig({flags: flags({translation_partials: true})}))).toContain(
			'translation_config.target_languages: it must be a list, and it is missing',
		);
		const none = {profile: profile({translate: ['de']}), flags: flags({translate: []})};
		expect(batchJobConfig(none).config.translation_config).toBeUndefined();
	});

	test('language identification for the language auto', () => {
		const waiting = profile({expected_languages: ['en', 'de']});
		expect(batchJobConfig({profile: waiting}).config.language_identification_config).toBeUndefined();
		expect(batchJobConfig({profile: waiting, flags: flags({language: 'auto'})}).config).toMatchObject({
			language_identification_config: {expected_languages: ['en', 'de']},
		});
	});
});

describe('words', () => {
	test('typed ones are added to the dictionary, and --config replaces the one of the profile', () => {
		const parts = {flags: flags({vocab: [word('typed')]}), profile: profile({dictionary: [word('kept')]})};
		expect(batchJobConfig(parts).config.transcription_config.additional_vocab).toEqual([
			{content: 'kept'},
			{content: 'typed'},
		]);
		const file = configFile({transcription_config: {additional_vocab: [{content: 'filed'}]}});
		expect(batchJobConfig({...parts, configFile: file}).config.transcription_config.additional_vocab).toEqual(
			[{content: 'filed'}, {content: 'typed'}],
		);
	});

	test('what the service would drop is left out with a warning, by the language that counts', () => {
		const entry = {content: 'gnocchi', soundsLike: ['ньоки'], place: 'w.txt line 1'};
		const {warnings, config} = batchJobConfig({profile: profile({dictionary: [entry]})});
		expect(warnings[0]).toContain('w.txt line 1: "ньоки" as a sound of "gnocchi" is left out');
		expect(config.transcription_config.additional_vocab).toEqual([{content: 'gnocchi'}]);
		expect(batchJobConfig({profile: profile({dictionary: [entry], language: 'bg'})}).warnings).toEqual([]);
	});

	test('those of --config are freed of it, too', () => {
		const long = 'a b c d e f g';
		const {config, warnings} = batchJobConfig({
			configFile: configFile({transcription_config: {additional_vocab: [{content: long}]}}),
		});
		expect(config.transcription_config.additional_vocab).toBeUndefined();
		expect(warnings[0]).toContain('job.json entry 1: "a b c d e f g" is left out');
	});

	test('too many are refused', () => {
		const many = Array.from({length: 1001}, (_, index) => word(`w${index}`));
		expect(complaint(() => realtimeConfig({flags: flags({dictionary: many})}))).toContain('may have 1000');
	});

	test('typed replacements come first, since the first that fits counts', () => {
		const {config} = batchJobConfig({
			flags: flags({replace: [{from: 'a', to: '1'}]}),
			profile: profile({replacements: [{from: 'a', to: '2'}]}),
		});
		expect(config.transcription_config.transcript_filtering_config?.replacements).toEqual([
			{from: 'a', to: '1'},
			{from: 'a', to: '2'},
		]);
	});
});

describe('notifications', () => {
	test('details count for each address', () => {
		const {config} = batchJobConfig({
			flags: flags({notify: ['https://a/x', 'https://b/x'], notify_contents: ['jobinfo']}),
		});
		expect(config.notification_config).toEqual([
			{url: 'https://a/x', contents: ['jobinfo']},
			{url: 'https://b/x', contents: ['jobinfo']},
		]);
	});

	test('headers of the profile do not go to an address that was typed', () => {
		const hook = {
			notify: ['https://mine/x'],
			notify_headers: ['Authorization: secret'],
			notify_method: 'put',
		};
		expect(batchJobConfig({profile: profile(hook)}).config.notification_config).toEqual([
			{url: 'https://mine/x', auth_headers: ['Authorization: secret'], method: 'put'},
		]);
		const typed = batchJobConfig({profile: profile(hook), flags: flags({notify: ['https://other/x']})});
		expect(typed.config.notification_config).toEqual([{url: 'https://other/x', method: 'put'}]);
		expect(typed.warnings).toEqual([
			'The headers of config.toml line 7 are for mine and are not sent to other: add --notify-headers',
		]);
		const same = batchJobConfig({profile: profile(hook), flags: flags({notify: ['https://mine/y']})});
		expect(same.config.notification_config).toMatchObject([{auth_headers: ['Authorization: secret']}]);
		const {notify: _, ...general} = hook;
		const any = batchJobConfig({profile: profile(general), flags: flags({notify: ['https://other/x']})});
		expect(any.config.notification_config).toMatchObject([{auth_headers: ['Authorization: secret']}]);
	});

	test('details alone are dropped from a profile and refused from a flag', () => {
		const details = {notify_contents: ['jobinfo']};
		expect(batchJobConfig({profile: profile(details)}).config.notification_config).toBeUndefined();
		expect(complaint(() => batchJobConfig({flags: flags(details)}))).toBe(
			'--notify-contents needs an address: add --notify URL',
		);
	});
});

describe("the vendor's own job config", () => {
	test('goes as it is, the old name of the model as the new one, and its address apart', () => {
		const {config, fetch, warnings} = batchJobConfig({
			configFile: configFile({
				type: 'transcription',
				fetch_data: {url: 'https://x/a.wav', auth_headers: ['A: b']},
				transcription_config: {language: 'de', operating_point: 'standard', brand_new: 1},
				tracking: {details: {any: 'thing'}},
			}),
		});
		expect(config).toEqual({
			type: 'transcription',
			transcription_config: {language: 'de', model: 'standard', brand_new: 1, diarization: 'speaker'},
			tracking: {details: {any: 'thing'}},
		} as JobConfig);
		expect(fetch).toEqual({url: 'https://x/a.wav', authHeaders: ['A: b']});
		expect(warnings).toEqual([
			'job.json: transcription_config.brand_new is not known here and is sent as it is',
		]);
	});

	test.each([
		[[], 'job.json must hold an object'],
		[
			{transcription_config: {diarization: 'x'}},
			'job.json is wrong at transcription_config.diarization: it must be one of "none", "speaker", "channel", not "x"',
		],
		[{type: 'alignment'}, 'job.json is wrong at type: it must be "transcription", not "alignment"'],
		[{transcription_config: {model: 'a', operating_point: 'b'}}, 'Give either model or operating_point'],
		[
			{transcription_config: {additional_vocab: [{content: ' '}]}},
			'job.json entry 1 must be a text, or have "content"',
		],
	])('%j is refused', (content, message) => {
		expect(complaint(() => batchJobConfig({configFile: configFile(content)}))).toContain(message);
	});

	test('a realtime session takes a StartRecognition message, and says what it leaves out', () => {
		const {start, warnings} = realtimeConfig({
			configFile: configFile({
				message: 'StartRecognition',
				audio_format: {type: 'file'},
				transcription_config: {language: 'fr', max_delay: 1},
				summarization_config: {},
			}),
		});
		expect(start).toEqual({
			transcriptionConfig: {language: 'fr', model: 'enhanced', enable_partials: true, max_delay: 1},
		});
		expect(warnings).toEqual([
			'job.json: summarization_config means nothing to the realtime service and is left out',
		]);
	});
});

test('what only the other service takes is told by where it was said', () => {
	expect(complaint(() => batchJobConfig({profile: profile({diarization: 'channel_and_speaker'})}))).toBe(
		'config.toml line 7: diarization must be one of "none", "speaker", "channel", not "channel_and_speaker"',
	);
	expect(complaint(() => realtimeConfig({flags: flags({diarization: 'channel'})}))).toContain(
		'transcription_config.channel_diarization_labels: must name the channels',
	);
	expect(complaint(() => batchJobConfig({flags: flags({notify_headers: ['broken']})}))).toBe(
		'--notify-headers[0] must be a header line such as "Name: value"',
	);
});
