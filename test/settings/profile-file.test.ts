import {describe, expect, test} from 'bun:test';
import {OUTPUT_FORMATS} from '../../src/captions/render.ts';
import {parseProfileFile} from '../../src/settings/profile-file.ts';
import {PROGRAM_SETTINGS} from '../../src/settings/program-settings.ts';
import {ConfigurationError} from '../../src/speechmatics/errors.ts';
import {complaint} from './home.ts';

const parse = (...lines: string[]) =>
	parseProfileFile(lines.join('\n'), '/home/ann/config.toml', '/home/ann');

describe('what is wrong is told by file, line and field', () => {
	test.each([
		[['[batch]', '# many', 'concurrency = 0'], 'config.toml line 3: batch.concurrency must be at least 1'],
		[['', '[batch]', 'concurrency = "8"'], 'config.toml line 3: batch.concurrency must be a number, not "8"'],
		[
			['[batch]', 'tags = [', '  "a",', ']', 'speaker_sensitivity = 3'],
			'config.toml line 5: batch.speaker_sensitivity must be at most 1',
		],
		[['batch.volume_threshold = 101'], 'config.toml line 1: batch.volume_threshold must be at most 100'],
		[
			['[profile.news.batch]', 'diarization = "speakers"'],
			'config.toml line 2: batch.diarization must be one of "none", "speaker", "channel", not "speakers"',
		],
		[
			['[output]', 'formats = ["txt", "docx"]'],
			'config.toml line 2: output.formats[1] must be one of "txt", "json", "srt", "vtt", "csv", "md", not "docx"',
		],
		[
			['[service]', 'batch_url = "ftp://x"'],
			'config.toml line 2: service.batch_url: "ftp://x" is not a service address: it must begin with https:// or http://',
		],
		[
			['[batch]', 'translate = ["a","b","c","d","e","f"]'],
			'line 2: batch.translate must be a list of at most 5 items',
		],
		[['[batch', 'x = 1'], 'config.toml line 1, column'],
		[['profile = "news"'], 'config.toml: profile must be a table'],
		[
			['[profile."a b".batch]', 'model = "x"'],
			'config.toml line 1: a profile is a table with a name of letters',
		],
	])('%j', (lines, message) => {
		expect(complaint(() => parse(...lines))).toContain(message);
		expect(() => parse(...lines)).toThrow(ConfigurationError);
	});
});

test('a key in the file is refused without being repeated', () => {
	for (const name of ['api_key', 'auth_token', 'key', 'password']) {
		const message = complaint(() => parse('[service]', `${name} = "s3cret"`));
		expect(message).toBe(
			`config.toml line 2: service.${name} looks like a key, and keys do not belong in this file: run "speechdeck login", or set SPEECHMATICS_API_KEY`,
		);
	}
});

test('unknown names are warned about with what may have been meant, and the rest counts', () => {
	const {warnings, base} = parse(
		'[batch]',
		'concurency = 3',
		'concurrency = 3',
		'[transcription]',
		'max_delay = 1',
		'zzzzzzzzz = 1',
		'[outptu]',
		'dir = "x"',
	);
	expect(warnings).toEqual([
		'config.toml line 2: there is no setting batch.concurency, did you mean batch.concurrency?',
		'config.toml line 5: there is no setting transcription.max_delay, did you mean realtime.max_delay?',
		'config.toml line 6: there is no setting transcription.zzzzzzzzz',
		'config.toml line 8: there is no setting outptu.dir, did you mean output.dir?',
	]);
	expect(base.get('batch.concurrency')?.value).toBe(3);
});

test('each value knows its line, paths are meant from the folder of the file, and one text may stand for a list', () => {
	const {base, profiles} = parse(
		'[transcription]',
		'dictionary = "names.txt"',
		'[batch]',
		'notify_headers = "env:HOOK"',
		'fetch_headers = "~/headers"',
		'tags = "a, b"',
		'[profile.news.output]',
		'dir = "/srv/out"',
	);
	const at = (line: number) => ({kind: 'profile', file: '/home/ann/config.toml', line}) as const;
	expect(Object.fromEntries(base)).toEqual({
		'transcription.dictionary': {value: ['/home/ann/names.txt'], origin: at(2)},
		'batch.notify_headers': {value: 'env:HOOK', origin: at(4)},
		'batch.fetch_headers': {value: '/home/ann/headers', origin: at(5)},
		'batch.tags': {value: ['a', 'b'], origin: at(6)},
	});
	expect(profiles.get('news')?.get('output.dir')).toEqual({value: '/srv/out', origin: at(8)});
});

test('every format that can be written can be set', () => {
	const {options} = PROGRAM_SETTINGS['output.formats'].schema.element;
	expect(OUTPUT_FORMATS.filter((format) => !(options as readonly string[]).includes(format))).toEqual([]);
});
