import {describe, expect, test} from 'bun:test';
import {remedyFor} from '../../src/batch/remedies.ts';
import {withoutSecrets} from '../../src/batch/shown-config.ts';
import {factsOf} from '../../src/commands/jobs/facts.ts';
import {jobColumns, noteOn, plainJobColumns} from '../../src/commands/jobs/table.ts';
import {dayFrom, momentFrom, roughSpan} from '../../src/commands/moments.ts';
import {tabbedLine, tableLines} from '../../src/commands/text-table.ts';
import {localTime} from '../../src/platform/local-time.ts';
import {widthOf} from '../../src/platform/width.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');

function job(fields: object = {}) {
	return factsOf({
		id: 'a1b2c3d4e5',
		status: 'done',
		created_at: new Date(NOW - HOUR).toISOString(),
		data_name: 'a recording with quite a long name.wav',
		duration: 3725,
		config: {
			type: 'transcription',
			transcription_config: {language: 'en', model: 'enhanced'},
			tracking: {reference: 'newsroom/2026/03/10/talk'},
		},
		...fields,
	});
}

describe('the table of jobs', () => {
	const rows = [
		job(),
		job({
			id: 'f6g7h8i9j0',
			status: 'rejected',
			errors: [{message: 'unable to read audio'}],
			data_name: '会議.wav',
		}),
	];

	test('has every column where there is room', () => {
		const [head, first, second] = tableLines(rows, jobColumns(NOW), 200);
		expect(head!.split(/\s+/)).toEqual([
			'ID',
			'STATUS',
			'CREATED',
			'LENGTH',
			'NAME',
			'LANGUAGE',
			'REFERENCE',
			'NOTE',
		]);
		expect(first).toContain(
			'1:02:05  a recording with quite a long name.wav  en enhanced  newsroom/2026/03/10/talk',
		);
		expect(second).toEndWith('unable to read audio');
		expect(first!.indexOf('newsroom')).toBe(head!.indexOf('REFERENCE'));
	});

	test('never is wider than the terminal, and what matters most goes last', () => {
		const shown = new Map<number, string[]>();
		for (let width = 12; width <= 160; width++) {
			const lines = tableLines(rows, jobColumns(NOW), width);
			for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
			shown.set(width, lines[0]!.trim().split(/\s+/));
		}
		expect(shown.get(12)).toEqual(['ID']);
		expect(shown.get(40)).toEqual(['ID', 'STATUS', 'NAME']);
		expect(shown.get(80)).toEqual(['ID', 'STATUS', 'CREATED', 'LENGTH', 'NAME', 'NOTE']);
	});

	test('leaves out a column that says nothing', () => {
		const [head] = tableLines([job({config: null})], jobColumns(NOW), 200);
		expect(head).not.toMatch(/LANGUAGE|REFERENCE|NOTE/);
	});

	test('shows no control characters of a name', () => {
		const evil = [
			job({data_name: 'evil\u001B[31m\t.wav', status: 'rejected', errors: [{message: 'a\u0007b'}]}),
		];
		const text = [...tableLines(evil, jobColumns(NOW), 200), tabbedLine(evil[0]!, jobColumns(NOW))].join(
			'\n',
		);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the purpose.
		expect(text).not.toMatch(/[\u001B\u0007]/);
		expect(tabbedLine(evil[0]!, jobColumns(NOW)).split('\t')).toHaveLength(8);
	});

	test('for programs it has times that sort and seconds', () => {
		expect(tabbedLine(rows[0]!, plainJobColumns(NOW)).split('\t').slice(0, 5)).toEqual([
			'a1b2c3d4e5',
			'done',
			'2026-03-10T11:00:00.000Z',
			'3725',
			'a recording with quite a long name.wav',
		]);
	});
});

describe('what is told of a job', () => {
	test.each([
		[7 * 24 - 5.5, 'expires in 5 h'],
		[7 * 24 - 0.5, 'expires in 30 min'],
		[7 * 24 + 1, 'expires any moment'],
		[7 * 24 - 25, ''],
	])('made %d hours ago: %j', (hours, note) => {
		expect(noteOn(job({created_at: new Date(NOW - hours * HOUR).toISOString()}), NOW)).toBe(note);
	});

	test('a running job does not expire, and a rejected one has its reason', () => {
		const old = {created_at: new Date(NOW - 167 * HOUR).toISOString()};
		expect(noteOn(job({...old, status: 'running'}), NOW)).toBe('');
		expect(noteOn(job({...old, status: 'rejected', errors: null}), NOW)).toBe('the service gave no reason');
	});

	test('a fetched recording is named by its address, without what signs it', () => {
		const fetched = job({
			data_name: '',
			config: {fetch_data: {url: 'https://bucket.example/in/my%20talk.mp3?sig=secret'}},
		});
		expect(fetched.name).toBe('my talk.mp3');
	});

	test('an old name of the model and a missing config are understood', () => {
		expect(job({config: {transcription_config: {language: 'de', operating_point: 'standard'}}}).model).toBe(
			'standard',
		);
		expect(job({config: null, created_at: 'yesterday'})).toMatchObject({
			language: undefined,
			createdAt: undefined,
		});
	});

	test.each([
		['unable to fetch audio: http status code 404', 'the address can be reached'],
		["The identified language 'uz' is not supported for transcription", '--language'],
		['No speech found for language identification', '--language'],
		['unable to read audio', 'ffmpeg'],
		['unable to send notification: unable to send notification: Response status: 500', 'jobs get'],
	])('%s: there is a remedy', (reason, remedy) => {
		expect(remedyFor(reason)).toContain(remedy);
	});

	test('secrets of a config are hidden, and nothing else is', () => {
		const config = {
			type: 'transcription',
			fetch_data: {
				url: 'https://me:pw@x.example/a.wav?X-Sig=abc',
				auth_headers: ['Authorization: Bearer abc'],
			},
			notification_config: [{url: 'https://x.example/hook', contents: ['transcript'], auth_headers: ['abc']}],
		};
		expect(withoutSecrets(config)).toEqual({
			type: 'transcription',
			fetch_data: {
				url: 'https://(hidden)@x.example/a.wav?(hidden)',
				auth_headers: ['Authorization: (hidden)'],
			},
			notification_config: [
				{url: 'https://x.example/hook', contents: ['transcript'], auth_headers: ['(hidden)']},
			],
		});
	});
});

describe('moments', () => {
	test.each([
		['2d', NOW - 48 * HOUR],
		['90m', NOW - 1.5 * HOUR],
		['1w', NOW - 168 * HOUR],
		['2026-03-01T10:00:00Z', Date.parse('2026-03-01T10:00:00Z')],
		['2026-03-01T10:00+02:00', Date.parse('2026-03-01T08:00:00Z')],
		['2026-03-01', new Date(2026, 2, 1).getTime()],
		['2026-02-30', undefined],
		['yesterday', undefined],
		['2', undefined],
		['', undefined],
	])('%j', (text, moment) => {
		expect(momentFrom(text, NOW)).toBe(moment);
	});

	test('days of UTC', () => {
		expect(['30d', '2026-01-31', '2026-13-01', 'x'].map((text) => dayFrom(text, NOW))).toEqual([
			'2026-02-08',
			'2026-01-31',
			undefined,
			undefined,
		]);
	});

	test('are told shortly', () => {
		expect(localTime(new Date(2026, 0, 5, 9, 5).getTime())).toBe('2026-01-05 09:05');
		expect([10_000, 59 * 60_000, 47 * HOUR, 49 * HOUR].map(roughSpan)).toEqual([
			'1 min',
			'59 min',
			'47 h',
			'2 d',
		]);
	});
});
