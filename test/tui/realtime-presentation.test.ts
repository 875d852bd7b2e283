import {describe, expect, test} from 'bun:test';
import {FLOOR} from '../../src/audio/level.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {knobText, turned} from '../../src/realtime/knobs.ts';
import {LiveView} from '../../src/realtime/live-view.ts';
import type {MidSessionConfig} from '../../src/speechmatics/config.ts';
import {type Line, lineWidth} from '../../src/tui/presentation/line.ts';
import {meterSpans} from '../../src/tui/presentation/meter.ts';
import {pausedLine, realtimeLines} from '../../src/tui/presentation/realtime-lines.ts';
import {detailLine} from '../../src/tui/presentation/realtime-status.ts';
import {storedText} from '../../src/tui/presentation/stored-text.ts';
import {glyphs, text, WINDOWS} from '../helpers/presentation.ts';
import {mark, word} from '../helpers/results.ts';

function listening(...events: RealtimeEvent[]): LiveView {
	const view = new LiveView();
	view.apply({type: 'state', state: 'listening'}, 0);
	view.apply({type: 'level', rms: -20, peak: -6}, 0);
	for (const event of events) view.apply(event, 0);
	return view;
}

const started = (connection: number): RealtimeEvent => ({
	type: 'started',
	sessionId: 'x',
	connection,
	offset: 0,
	model: 'enhanced',
	language: 'en',
	simulated: false,
});

const final = (start: number, speaker: string, ...words: string[]): RealtimeEvent => ({
	type: 'final',
	text: '',
	startTime: start,
	endTime: start + words.length * 0.3,
	latency: 0.8,
	results: [
		...words.map((content, index) => word(content, start + index * 0.3, {speaker})),
		mark('.', start + words.length * 0.3, {speaker}),
	],
});

const partial = (said: string): RealtimeEvent => ({
	type: 'partial',
	text: said,
	startTime: 0,
	endTime: 1,
	results: [],
});

function screen(
	view: LiveView,
	{
		columns = 80,
		rows = 20,
		now = 0,
		config = {},
	}: {
		columns?: number;
		rows?: number;
		now?: number;
		config?: MidSessionConfig;
	} = {},
): Line[] {
	return realtimeLines(
		{view, scroll: undefined, sourceName: 'a microphone', now, config},
		glyphs,
		rows,
		columns,
	);
}

const shown = (...args: Parameters<typeof screen>) => screen(...args).map(text);

describe('the realtime screen', () => {
	test.each(WINDOWS)('fits %i columns and %i rows, whatever happens', (columns, rows) => {
		const translation = {
			type: 'translation',
			language: 'de',
			isFinal: true,
			segments: [{text: 'Guten Morgen allerseits '.repeat(9), start: 0, end: 0.6}],
		} as const;
		const events: RealtimeEvent[] = [
			started(12),
			partial('长语句'.repeat(100)),
			final(0, 'S1', 'Good', 'morning'),
			translation,
			{type: 'recording', path: '/somewhere/1.wav'},
			{type: 'usage', usage: 1, quota: 2},
			{type: 'microphone', is: 'lost'},
			{type: 'state', state: 'reconnecting', reason: 'why '.repeat(50), attempt: 12, retryInSeconds: 15},
		];
		const view = listening();
		for (const event of events) {
			view.apply(event, 0);
			const lines = screen(view, {columns, rows: rows - 4});
			expect(lines).toHaveLength(rows - 4);
			for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
		}
	});

	test('shows the end of a partial that is too long', () => {
		const lines = shown(listening(partial(`start ${'word '.repeat(60)}newest`)), {columns: 60});
		expect(lines.at(-2)).toStartWith(' …');
		expect(lines.at(-1)).toEndWith('newest');
		expect(lines.join('\n')).not.toContain('start ');
	});

	test('draws steadily what stands still in a partial, and faintly what may change', () => {
		const view = listening(partial('one two three'), partial('one two threat'));
		expect(screen(view).at(-2)!.slice(1)).toEqual([
			{text: 'one two', style: 'plain'},
			{text: ' threat', style: 'muted'},
		]);
	});

	test('tells what was missed while scrolled away', () => {
		const view = listening(final(0, 'S1', 'Yes'), final(2, 'S2', 'No'), final(4, 'S1', 'Yes'));
		expect(text(pausedLine(view, {position: {block: 0, row: 0}, seen: 1}))).toStartWith(' paused, 2 new');
	});

	test('has a translation beside the words where there is room, and else below', () => {
		const view = listening(final(0, 'S1', 'Good', 'morning'), final(9, 'S1', 'Yes'));
		const segments = [{text: 'Guten Morgen.', start: 0, end: 0.6}];
		view.apply({type: 'translation', language: 'de', isFinal: true, segments}, 0);
		const wide = shown(view, {columns: 120});
		expect(wide.find((line) => line.includes('Good'))).toMatch(/Good morning\. {10,}Guten Morgen\.$/);
		const narrow = shown(view, {columns: 80});
		const at = narrow.findIndex((line) => line.includes('Good morning.'));
		expect(narrow[at + 1]).toBe('             de  Guten Morgen.');
	});
});

test('words begin in one column, whoever speaks, and times beyond ten hours are whole', () => {
	const view = listening(final(36_000, 'S1', 'Yes'), final(36_002, 'S2', 'No'));
	view.apply({type: 'speaker', label: 'S2', name: 'Anna'}, 0);
	const rows = realtimeLines(
		{view, scroll: undefined, sourceName: '', now: 0, config: {}, labels: 4},
		glyphs,
		20,
		80,
	).map(text);
	expect(rows).toContain('10:00:00  S1    Yes.');
	expect(rows).toContain('10:00:02  Anna  No.');
});

describe('the status', () => {
	test('says why it reconnects, and counts down to the next try', () => {
		const view = listening(started(1));
		view.apply(
			{
				type: 'state',
				state: 'reconnecting',
				reason: 'the connection was lost',
				attempt: 3,
				retryInSeconds: 4,
			},
			1000,
		);
		const [state, detail] = shown(view, {now: 2500});
		expect(state).toStartWith(' ● reconnecting, try 3 in 3 s ');
		expect(detail).toStartWith('   the connection was lost ');
		expect(shown(view, {now: 6000})[0]).toStartWith(' ● reconnecting, try 3 ');
		view.apply(started(2), 6000);
		view.apply({type: 'state', state: 'listening'}, 6000);
		const [back, facts] = shown(view, {now: 6000});
		expect(back).toStartWith(' ● listening ');
		expect(facts).toMatch(/a microphone .*connection 2 .*max delay 4\.0 s $/);
	});

	test('moves nothing when something comes or goes', () => {
		const view = listening();
		const place = (what: RegExp) => shown(view, {now: 61_000})[0]!.search(what);
		const before = place(/1:01/);
		for (const event of [
			{type: 'recording', path: '/x.wav'},
			{type: 'microphone', is: 'muted'},
			{type: 'microphone', is: 'unmuted'},
			{type: 'paused', paused: true},
			{type: 'paused', paused: false},
			{type: 'microphone', is: 'lost'},
			{type: 'state', state: 'reconnecting', reason: 'x', attempt: 2, retryInSeconds: 9},
		] as const) {
			view.apply(event, 0);
			expect(place(/1:01/)).toBe(before);
		}
		expect(shown(view)[0]).toContain('REC');
		expect(shown(view)[1]).toStartWith('   The microphone is gone');
	});

	test('tells the measured latency, the sessions at once, and what was changed', () => {
		const view = listening(final(0, 'S1', 'Yes'), {type: 'usage', usage: 1, quota: 2});
		const config = {max_delay: 2, enable_partials: false, audio_filtering_config: {volume_threshold: 3}};
		expect(shown(view, {columns: 140, config})[1]).toEndWith(
			'latency 0.8/0.8 s  quota 1/2  volume > 3  partials off  max delay 2.0 s ',
		);
		expect(shown(view, {columns: 60, config})[1]).toEndWith('latency 0.8/0.8 s  quota 1/2 ');
	});

	test.each([60, 80, 140])(
		'has the state, the level, the time, the latency and the quota in %i columns',
		(columns) => {
			const view = listening(final(0, 'S1', 'Yes'), {type: 'usage', usage: 1, quota: 2});
			const [state, facts] = shown(view, {columns, now: 61_000});
			expect(state).toMatch(/^ ● listening .*█.*│ +-20 dB .* 1:01 $/);
			expect(facts).toMatch(/^ {3}a microphone .*latency 0\.8\/0\.8 s {2}quota 1\/2/);
		},
	);

	test('says that it is paused, wherever one looks', () => {
		const view = listening({type: 'paused', paused: true});
		const [state, detail] = shown(view);
		expect(state).toMatch(/^ ● paused .* paused /);
		expect(detail).toStartWith('   Nothing is sent or recorded ');
		view.apply({type: 'paused', paused: false}, 0);
		expect(shown(view)[0]).toStartWith(' ● listening ');
	});

	test('says how to be heard where that takes a key', () => {
		const detail = (talk: {isTalking: boolean; tellsReleases: boolean}) => {
			const model = {view: listening(), sourceName: '', now: 0, config: {}, talk: {isOn: true, ...talk}};
			return text(detailLine(model, 80)).trim().split('  ')[0];
		};
		expect(detail({isTalking: false, tellsReleases: true})).toBe('Hold t to talk');
		expect(detail({isTalking: true, tellsReleases: true})).toBe('You are heard');
		expect(detail({isTalking: false, tellsReleases: false})).toBe('Press t to talk');
		expect(detail({isTalking: true, tellsReleases: false})).toBe('You are heard until t');
	});

	test('asks about permission where only silence comes', () => {
		const view = listening({type: 'microphone', is: 'silent', seconds: 3});
		expect(shown(view)[1]).toContain('Only silence comes: permission or mute?');
		view.apply({type: 'microphone', is: 'heard'}, 0);
		expect(shown(view)[1]).not.toContain('permission');
	});
});

describe('the meter', () => {
	const meter = (event: Partial<Extract<RealtimeEvent, {type: 'level'}>>) =>
		text(meterSpans(listening({type: 'level', rms: -30, peak: -30, ...event}), glyphs, 10));

	test('marks the loudest moment of late beyond its bar', () => {
		expect(meter({})).toBe('█████│     -30 dB');
		expect(meter({hold: -12})).toBe('█████   │  -30 dB');
	});

	test('says so when it clips, for as long as the peak is held', () => {
		expect(meter({peak: -20, hold: 0})).toEndWith('CLIPS');
		expect(meter({peak: 0})).toEndWith('CLIPS');
		expect(meter({peak: -3, hold: -0.5})).not.toContain('CLIPS');
		const spans = meterSpans(listening({type: 'level', rms: -3, peak: 0, hold: 0, clipped: 5}), glyphs, 10);
		expect(spans.map(({style}) => style)).not.toContain('ok');
	});

	test('says in words why it shows nothing', () => {
		const instead = (event: RealtimeEvent) => text(meterSpans(listening(event), glyphs, 10)).trim();
		expect(instead({type: 'microphone', is: 'muted'})).toBe('muted');
		expect(instead({type: 'microphone', is: 'lost'})).toBe('no microphone');
		expect(instead({type: 'paused', paused: true})).toBe('paused');
	});

	test('is always as wide', () => {
		for (const event of [
			{rms: FLOOR, peak: FLOOR},
			{rms: 0, peak: 0, hold: 0},
			{rms: -59, hold: -59},
		]) {
			expect(meter(event)).toHaveLength(17);
		}
		expect(meter({rms: FLOOR, peak: FLOOR})).toEndWith(' silent');
	});
});

test('a knob goes step by step and stops at its ends', () => {
	expect(turned('maxDelay', {}, 1)).toBeUndefined();
	expect(turned('maxDelay', {}, -1)).toEqual({max_delay: 3.5});
	expect(turned('maxDelay', {max_delay: 0.8}, -1)).toEqual({max_delay: 0.7});
	expect(turned('silence', {}, 1)).toEqual({conversation_config: {end_of_utterance_silence_trigger: 0.3}});
	expect(knobText('silence', {})).toBe('silence off');
});

test('a session that broke off is named by its time, and its day where that is another one', () => {
	const startedAt = new Date(2026, 10, 20, 14, 2);
	const named = (today: Date, seconds: number) => storedText({id: 'x', startedAt, seconds}, today);
	expect(named(new Date(2026, 10, 20, 18), 4320)).toBe('the session of 14:02, 1 h 12 m');
	expect(named(new Date(2026, 10, 21), 40)).toBe('the session of 2026-11-20 14:02, 40 s');
});
