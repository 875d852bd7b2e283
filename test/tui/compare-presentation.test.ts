import {describe, expect, test} from 'bun:test';
import {reduceComparison} from '../../src/compare/comparison.ts';
import {widthOf} from '../../src/platform/width.ts';
import type {AppController} from '../../src/tui/controllers/app-controller.ts';
import {press} from '../../src/tui/keys/press.ts';
import {windowOf} from '../../src/tui/presentation/window.ts';
import {type Look, lookOf} from '../../src/tui/theme/look.tsx';
import {comparisonAfter, eventsOf, fakeCompare, live, transcriptOf} from '../helpers/compared.ts';
import {fakeApp} from '../helpers/fake-app.ts';
import {text, WINDOWS} from '../helpers/presentation.ts';

const LOOK = lookOf({LANG: 'C.UTF-8', TERM: 'xterm', SSH_TTY: 'x'}, 'linux');
const SAID = 'Good morning all. We like it very much, in and around our Geschwindigkeitsbegrenzungsanlage.';
const BATCH = transcriptOf(SAID, {simulated: true});
const REALTIME = transcriptOf(SAID.replace('morning', 'mourning').replace(' it', ''), {simulated: true});
const DONE = comparisonAfter(eventsOf(BATCH, REALTIME, SAID));
const UNDER_WAY = comparisonAfter(eventsOf(BATCH, REALTIME).slice(0, 5));
const CHINESE = comparisonAfter(
	eventsOf(
		transcriptOf('今天我们开会讨论下一个版本的计划。'),
		transcriptOf('今天我们开会讨论下一个版木的计划。'),
	),
);

function appWith(state: object): AppController {
	const app = fakeApp({compare: fakeCompare([])});
	app.show('compare');
	app.compare.store.setState({elapsed: 3, ...state});
	return app;
}

const rowsOf = (app: AppController, columns: number, rows: number, look: Look = LOOK) =>
	windowOf(app, {columns, rows}, look).lines.map((line) => text(line).trimEnd());

const screenOf = (app: AppController, columns = 80, rows = 24, look = LOOK) =>
	rowsOf(app, columns, rows, look).join('\n');

describe.each(WINDOWS)('at %d columns and %d rows', (columns, rows) => {
	const size = {columns, rows};

	test.each([
		['nothing', {comparison: undefined}],
		['nothing, with a reference', {comparison: undefined, reference: '/a/very long name of a text.txt'}],
		['what is under way', {comparison: UNDER_WAY, running: true}],
		['what is stopping', {comparison: UNDER_WAY, running: true, stopping: true}],
		['what is done', {comparison: DONE, reference: '/talks/said.txt'}],
		['what is done in Chinese', {comparison: CHINESE}],
	])('%s fits, wherever the reader is', (_, state) => {
		const app = appWith(state);
		const fits = () => {
			const shown = rowsOf(app, columns, rows);
			expect(shown).toHaveLength(rows);
			for (const row of shown) expect(widthOf(row)).toBeLessThanOrEqual(columns);
		};
		fits();
		for (const key of ['G', 'n', 'v', 'n', 'n', 'pagedown', 'v', 'v', 't']) {
			press(app, key, size);
			fits();
		}
	});
});

describe('the report', () => {
	test('shows each place with its words on both sides', () => {
		const screen = screenOf(appWith({comparison: DONE}), 80, 60);
		expect(screen).toMatch(/0:01 +Good morning all\. We like +│ Good mourning all\. We like$/m);
		expect(screen).toMatch(/0:05 +all\. We like it very .*│ all\. We like · very /);
		expect(screen).toMatch(/✓ batch +✓ realtime/);
		expect(screen).toMatch(/whole text +1\.5 s +20\.5 s/);
		expect(screen).toContain('Which for what');
		expect(screen).toContain('Realtime against batch: word error rate');
		expect(screen).toContain('Batch against what was said: no word differs');
	});

	test('keeps SIMULATED in sight at any place', () => {
		const app = appWith({comparison: DONE});
		const size = {columns: 80, rows: 16};
		for (const key of ['g', 'G', 'v', 'G']) {
			press(app, key, size);
			expect(rowsOf(app, 80, 16)[2]).toMatch(/talk\.wav {2}0:20 .* SIMULATED$/);
		}
		expect(screenOf(appWith({comparison: CHINESE}))).not.toContain('SIMULATED');
	});

	test('brings the next place in sight, and marks it', () => {
		const app = appWith({comparison: DONE});
		const size = {columns: 80, rows: 14};
		expect(screenOf(app, 80, 14)).not.toContain('mourning');
		press(app, 'n', size);
		expect(screenOf(app, 80, 14)).toMatch(/^❯ 0:01 +.*mourning/m);
		expect(screenOf(app, 80, 14)).toContain('place 1 of ');
	});

	test('says what a way failed of, and shows no empty table', () => {
		const failed = comparisonAfter([
			eventsOf(BATCH, REALTIME)[0]!,
			{type: 'failed', mode: 'batch', reason: 'the key is wrong', cause: 'authentication', at: 1},
			{type: 'failed', mode: 'realtime', reason: 'the key is wrong', cause: 'authentication', at: 1},
			{type: 'ended', findings: {}, at: 1},
		]);
		const screen = screenOf(appWith({comparison: failed}));
		expect(screen).toContain('Batch failed: the key is wrong');
		expect(screen).toContain('Realtime failed: the key is wrong');
		expect(screen).not.toContain('first word that stays');
		expect(screen).toContain('no words to compare');
	});

	test('names the key for the rates where they are not set, and costs where they are', () => {
		const settings = {groups: () => [], set: async () => undefined, unset: async () => undefined};
		const screenAt = (rates: object) => {
			const app = fakeApp({
				compare: fakeCompare([], {rates: () => rates}),
				settings: {...settings, keyOrigin: async () => undefined},
			});
			app.show('compare');
			app.compare.store.setState({comparison: DONE});
			return screenOf(app);
		};
		expect(screenAt({})).toContain('c sets what an hour costs you');
		const screen = screenAt({batch: 36, realtime: 72, currency: 'EUR'});
		expect(screen).toMatch(/cost +0\.20 EUR +0\.40 EUR/);
		expect(screen).not.toContain('c sets');
	});

	test('stands beside the guide where there is room', () => {
		expect(rowsOf(appWith({comparison: DONE}), 140, 50)[4]).toMatch(/✓ batch +✓ realtime +Which for what/);
	});

	test('is not laid out again while it is scrolled', () => {
		const app = appWith({comparison: DONE});
		const [before] = [app.place.screen({rows: 10, columns: 80}, LOOK).body];
		press(app, 'down', {columns: 80, rows: 14});
		const after = app.place.screen({rows: 10, columns: 80}, LOOK).body;
		// The spans of a row are those that were made for the first frame.
		expect(after[2]![0]).toBe(before[3]![0]!);
	});
});

describe('the texts', () => {
	const app = () => {
		const shown = appWith({comparison: DONE, reference: '/talks/said.txt'});
		press(shown, 'v', {columns: 80, rows: 24});
		return shown;
	};

	test('stand side by side, batch on the left, then beside what was said, then the report again', () => {
		const shown = app();
		const headings = [0, 1, 2, 3].map(() => {
			const [, , , , heading = ''] = rowsOf(shown, 80, 24);
			press(shown, 'v', {columns: 80, rows: 24});
			return heading.trim().replace(/ +/g, ' ');
		});
		expect(headings).toEqual([
			'Batch │ Realtime',
			'Batch │ What was said',
			'Realtime │ What was said',
			'✓ batch ✓ realtime',
		]);
	});

	test('mark what differs without colour, and what is chosen', () => {
		const shown = app();
		press(shown, 'n', {columns: 80, rows: 24});
		const spans = windowOf(shown, {columns: 80, rows: 24}, LOOK).lines.flat();
		const styled = (style: string) => spans.filter((span) => span.style === style).map((span) => span.text);
		expect(styled('found')).toEqual(['morning', 'mourning']);
		expect(styled('unsure')).toEqual(['it', '·']);
	});

	test('are told in words where they are read aloud', () => {
		const look = lookOf({LANG: 'C.UTF-8', TERM: 'xterm', INK_SCREEN_READER: 'true'}, 'linux');
		expect(screenOf(app(), 200, 24, look)).toMatch(/We like \[it\] very .*We like \[nothing\] very/);
	});

	test('stand side by side in a language without spaces', () => {
		const shown = appWith({comparison: CHINESE});
		press(shown, 'v', {columns: 40, rows: 14});
		expect(screenOf(shown, 40, 14)).toMatch(/今天.* │ 今天/);
	});
});

describe('while it runs', () => {
	test('both sides tell how far they are', () => {
		const screen = screenOf(appWith({comparison: UNDER_WAY, running: true}));
		expect(screen).toMatch(/● Batch {2}processing +0:03 │ {2}● Realtime {2}streaming +0:03/);
		expect(screen).toContain('Realtime has heard 0:01 of 0:20');
		expect(screen).toContain('Compare  ● 0:03');
	});

	test('the words of batch are those of the seconds that realtime has heard', () => {
		const done = eventsOf(BATCH, REALTIME).slice(0, 7).reduce(reduceComparison, UNDER_WAY);
		const heard = reduceComparison(done, live({type: 'level', rms: 0, peak: 0} as never, 2.5));
		const [, batch = ''] = /^ (Good[^│]*)│/m.exec(screenOf(appWith({comparison: heard, running: true})))!;
		expect(batch.trim()).toBe('Good morning all.');
	});

	test('what may still change goes on behind what is final', () => {
		const results = transcriptOf('We like').results;
		const comparison = [
			live({type: 'final', text: 'We like', startTime: 0, endTime: 2, results}, 2),
			live({type: 'partial', text: 'it very', startTime: 2, endTime: 3, results: []}, 3),
		].reduce(reduceComparison, UNDER_WAY);
		expect(screenOf(appWith({comparison, running: true}))).toMatch(/│ {2}We like it very$/m);
	});

	test('a long text is not wrapped as a whole', () => {
		const long = {...UNDER_WAY, realtime: {...UNDER_WAY.realtime, text: 'many words here. '.repeat(20_000)}};
		const screen = screenOf(appWith({comparison: long, running: true}), 80, 24);
		expect(screen.match(/many words here\./g)!.length).toBeLessThan(20);
	});
});

test('what is typed stands beside any message', () => {
	const app = appWith({comparison: DONE});
	const size = {columns: 60, rows: 20};
	press(app, 't', size);
	for (const key of '/no.txt') press(app, key, size);
	app.notices.tell('There is no such file', 'problem');
	const rows = rowsOf(app, 60, 20);
	expect(rows.at(-3)).toContain('What was said, a file (empty: none): /no.txt');
	expect(rows.at(-2)).toContain('There is no such file');
	press(app, 'escape', size);
	press(app, 'escape', size);
	expect(screenOf(app, 60, 20)).not.toContain('What was said, a file');
});

test('in ASCII all signs have a twin', () => {
	const look = lookOf({LANG: 'C', TERM: 'xterm'}, 'linux');
	const app = appWith({comparison: DONE});
	press(app, 'n', {columns: 80, rows: 24});
	expect(rowsOf(app, 80, 24, look).slice(2, -2).join('').replace(/[–…]/g, '')).toMatch(/^[\x20-\x7E]*$/);
});
