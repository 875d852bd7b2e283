import {describe, expect, test} from 'bun:test';
import type {BatchEvent} from '../../src/batch/events.ts';
import type {KeptJob} from '../../src/batch/kept-job.ts';
import type {JobRecord} from '../../src/batch/ledger/records.ts';
import {BatchTable} from '../../src/batch/table.ts';
import {type Details, detailsLines} from '../../src/tui/presentation/details-lines.ts';
import {besideOf, detailsScreen, lastTop, withPane} from '../../src/tui/presentation/details-screen.ts';
import {lineWidth} from '../../src/tui/presentation/line.ts';
import {writingLine} from '../../src/tui/presentation/re-export-lines.ts';
import {inAscii} from '../../src/tui/theme/ascii.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {glyphs, text, WINDOWS} from '../helpers/presentation.ts';

const file = '/talks/会议录音.wav';
const NOON = new Date(2026, 4, 3, 12, 0, 0).getTime();
const HOUR = 3_600_000;
const queued = {type: 'queued', file, name: '会议录音.wav', bytes: 1_400_000, audioSeconds: 480} as const;
const DONE: ReadonlyArray<readonly [number, BatchEvent]> = [
	[0, queued],
	[10, {type: 'uploading', file, sentBytes: 0, totalBytes: 1_400_000}],
	[11, {type: 'uploading', file, sentBytes: 1_400_000, totalBytes: 1_400_000}],
	[12, {type: 'retrying', file, reason: 'Too many requests\u001B[31m', times: 2, inSeconds: 5}],
	[20, {type: 'uploading', file, sentBytes: 0, totalBytes: 1_400_000}],
	[21, {type: 'uploading', file, sentBytes: 1_400_000, totalBytes: 1_400_000}],
	[22, {type: 'submitted', file, jobId: 'job1', requestId: 'request1'}],
	[62, {type: 'saving', file, jobId: 'job1'}],
	[62, {type: 'done', file, jobId: 'job1', outputs: ['/out/a.txt'], seconds: 62, realTimeFactor: 0.08}],
];

/** @param events at seconds after noon */
function detailsAfter(
	events: ReadonlyArray<readonly [number, BatchEvent]>,
	more: Partial<Details> = {},
): Details {
	let wall = NOON;
	const table = new BatchTable(() => wall);
	for (const [seconds, event] of events) {
		wall = NOON + seconds * 1000;
		table.apply(event, seconds * 1000);
	}
	return {
		row: table.row(file)!,
		timeline: table.timeline(file),
		kept: undefined,
		config: undefined,
		requestIds: [],
		service: 'https://eu1.asr.api.speechmatics.com/v2',
		isSimulated: false,
		answer: undefined,
		now: wall - NOON,
		wall,
		...more,
	};
}

const keptJob = (job: Partial<JobRecord>): KeptJob =>
	({job, recording: undefined, config: undefined, outputs: []}) as unknown as KeptJob;

const shown = (details: Details, columns = 80) => detailsLines(details, glyphs, columns).map(text).join('\n');

const FULL: Partial<Details> = {
	config: {
		transcription_config: {additional_vocab: [{content: '録音'.repeat(40)}, {content: 'a\u001B[31mb'}]},
	},
	requestIds: ['request1', 'request2'],
	answer: {
		at: NOON,
		status: 'rejected',
		createdAt: NOON,
		seconds: 480,
		errors: ['because '.repeat(30)],
		requestIds: [],
	},
};

describe('the details of a recording', () => {
	test.each(WINDOWS)('fit %i columns and %i rows, whatever is told', (columns, rows) => {
		const details = detailsAfter(DONE, FULL);
		for (const line of detailsLines(details, glyphs, columns)) {
			expect(lineWidth(line)).toBeLessThanOrEqual(columns);
			expect(text(line)).not.toContain('\u001B');
		}
		const reading = {file, top: 1000, details: () => details};
		const {body, status} = detailsScreen(reading, {rows, columns}, glyphs);
		expect(body.length).toBeLessThanOrEqual(rows);
		expect(lineWidth(status)).toBeLessThanOrEqual(columns);
	});

	test('tell what happened at which time, and how long after it was added', () => {
		const lines = shown(detailsAfter(DONE));
		expect(lines).toMatch(/12:00:00 {3}\+0:00 {2}· added/);
		expect(lines).toMatch(
			/12:00:12 {3}\+0:12 {2}↻ Too many requests�\[31m \(again in 5\.0 s, 2 failures in a\n +row\)/,
		);
		expect(lines).toMatch(/12:00:22 {3}\+0:22 {2}◐ sent 1\.4 MB, 700 kB\/s: job job1/);
		expect(lines).toMatch(/12:01:02 {3}\+1:02 {2}↓ transcript here/);
		expect(lines).toMatch(/12:01:02 {3}\+1:02 {2}✓ done: 1 file saved/);
		expect(lines).toMatch(/Took +0m 52s, 13x speed/);
	});

	test('show where the time went without any colour', () => {
		const [here, uploading, service] = ['waiting here', 'uploading', 'at the service'].map(
			(name) =>
				shown(detailsAfter(DONE))
					.split('\n')
					.find((line) => line.startsWith(`  ${name}`))!,
		);
		// 18, 4 and 40 seconds of 62.
		expect(here).toMatch(/ {4}━{11,12} +18 s$/);
		expect(uploading).toMatch(/━{2,4} +4\.0 s$/);
		expect(service).toMatch(/━{24,26} +40 s$/);
		expect(service!.indexOf('━')).toBeGreaterThan(uploading!.indexOf('━'));
		expect(uploading!.indexOf('━')).toBeGreaterThan(here!.lastIndexOf('━') - 2);
	});

	test('have signs in ASCII where a terminal shows no others', () => {
		const ascii = glyphsFor({LANG: 'C'}, 'linux');
		const events = DONE.map(([at, event]) => [at, {...event, file: 'a'} as BatchEvent] as const);
		const table = new BatchTable(() => NOON);
		for (const [at, event] of events) table.apply({...event, ...('name' in event && {name: 'a'})}, at);
		const details = {...detailsAfter(DONE), row: table.row('a')!, timeline: table.timeline('a')};
		for (const line of detailsLines(details, ascii, 80))
			expect(inAscii(text(line))).toMatch(/^[\x20-\x7E]*$/);
	});

	test('say how many they leave out of what happened a thousand times', () => {
		const again = Array.from(
			{length: 1000},
			(_, index): Array<readonly [number, BatchEvent]> => [
				[index, {type: 'uploading', file, sentBytes: 0, totalBytes: 10}],
				[index, {type: 'retrying', file, reason: 'Nobody answers', times: index + 1, inSeconds: 1}],
			],
		);
		const lines = detailsLines(detailsAfter([[0, queued], ...again.flat()]), glyphs, 80);
		expect(lines.length).toBeLessThan(50);
		expect(lines.map(text).join('\n')).toMatch(/… 1981 more, \d+ of them failures …/);
	});

	test('tell what earlier runs did, with their day, from what is kept of the job', () => {
		const job = {
			submittingAt: NOON - 24 * HOUR,
			submittedAt: NOON - 24 * HOUR + 5000,
			fetchedAt: NOON - 24 * HOUR + 45_000,
			processingSeconds: 40,
			audioSeconds: 480,
		};
		const before = {type: 'done', file, jobId: 'job1', outputs: [], seconds: 1, isFromBefore: true} as const;
		const lines = shown(
			detailsAfter(
				[
					[0, queued],
					[1, before],
				],
				{kept: keptJob(job)},
			),
		);
		expect(lines).toMatch(/2026-05-02\n +12:00:00 +↑ upload began, in an earlier run\n/);
		expect(lines).toMatch(
			/12:00:45 +↓ transcript here, 40 s after the job was made\n +2026-05-03\n +12:00:00 +\+0:00/,
		);
		expect(lines).toMatch(/Took then +0m 40s, 12x speed/);
		// What this run did itself is not told twice.
		const own = detailsAfter(DONE, {
			kept: keptJob({submittingAt: NOON + 10_000, submittedAt: NOON + 22_000}),
		});
		expect(shown(own)).not.toContain('earlier run');
	});

	test('of a failure say what to do about it', () => {
		const failed = {
			type: 'failed',
			file,
			reason: 'Job job1 was rejected: no audio',
			cause: 'service',
		} as const;
		const events = [...DONE.slice(0, -2), [63, failed] as const];
		const unknown = shown(detailsAfter(events, {requestIds: ['q1', 'q2']}));
		expect(unknown).toMatch(/State +failed/);
		expect(unknown).toMatch(/Why +Job job1 was rejected: no audio/);
		expect(unknown).toMatch(/What to do +r tries again, and pays nothing twice/);
		expect(unknown).toMatch(/Job +job1\n +Requests +q1\n +q2\n +Service +https:\/\/eu1/);
		expect(shown(detailsAfter(events, {kept: keptJob({state: 'rejected'})}))).toMatch(
			/What to do +Convert it and add what comes out: ffmpeg/,
		);
	});

	test('say that the service is simulated', () => {
		expect(shown(detailsAfter(DONE, {isSimulated: true}))).toMatch(/Service +SIMULATED/);
	});
});

describe('details beside the table', () => {
	const reading = (more: object = {}) => ({file, top: 0, details: () => detailsAfter(DONE, FULL), ...more});

	test('stand there from 140 columns on', () => {
		expect(besideOf(139)).toBeUndefined();
		for (const columns of [140, 160, 300]) {
			const {table, pane} = besideOf(columns)!;
			expect(table).toBeGreaterThanOrEqual(76);
			expect(pane).toBeGreaterThanOrEqual(56);
			for (const top of [0, 10, 1000]) {
				const lines = withPane(
					[[{text: 'x'.repeat(400), style: 'plain'}]],
					reading({top}),
					{rows: 45, columns},
					glyphs,
				);
				expect(lines).toHaveLength(45);
				for (const line of lines) {
					expect(lineWidth(line)).toBeLessThanOrEqual(columns);
					expect(text(line).slice(table + 1, table + 2)).toBe('│');
				}
			}
		}
	});

	test('scroll no further than to their end', () => {
		const size = {rows: 20, columns: 140};
		const last = lastTop(reading(), size);
		const end = withPane([], reading({top: last}), size, glyphs).map(text);
		expect(end.at(-1)).toMatch(/│ +}/);
		expect(end[0]).toMatch(new RegExp(`${last + 1}–${last + 18} of ${last + 18} $`));
	});
});

test('how far the writing is has a line of its own', () => {
	expect(writingLine({progress: undefined, ending: false}, glyphs)).toBeUndefined();
	const line = writingLine({progress: {done: 250, total: 1000}, ending: false}, glyphs)!;
	expect(text(line)).toBe(' Writing again ━━━───────── 250 of 1000  Esc stops');
	expect(lineWidth(writingLine({progress: {done: 1, total: 2}, ending: true}, glyphs)!)).toBeLessThan(60);
});
