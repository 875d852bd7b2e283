import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {writeFileSync} from 'node:fs';
import {Command, CommanderError} from 'commander';
import {exitCodeOf, sentence} from '../../src/commands/failure.ts';
import {positionFrom} from '../../src/commands/history/position.ts';
import {addHistoryCommand} from '../../src/commands/lines/history-line.ts';
import type {HistoryPlaces} from '../../src/history/sources.ts';
import {widthOf} from '../../src/platform/width.ts';
import {keepSession, placesIn, said, saveTranscript} from '../helpers/kept-history.ts';
import {temporaryFolder} from '../helpers/kept-sessions.ts';
import {ndjson} from '../helpers/program.ts';
import {keptStreams} from '../helpers/run-command.ts';

const VARIABLES = ['XDG_DATA_HOME', 'XDG_STATE_HOME', 'NO_COLOR', 'TERM'] as const;
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
let home: ReturnType<typeof temporaryFolder>;
let places: HistoryPlaces;

beforeEach(() => {
	home = temporaryFolder();
	process.env.XDG_DATA_HOME = `${home.path}/data`;
	process.env.XDG_STATE_HOME = `${home.path}/state`;
	process.env.TERM = 'xterm';
	delete process.env.NO_COLOR;
	places = placesIn(`${home.path}/data/speechdeck`, `${home.path}/state/speechdeck`);
});
afterEach(() => {
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	home[Symbol.dispose]();
});

/** Runs `speechdeck history` with what follows it. */
async function run(args: readonly string[], {terminal = false, columns = 80} = {}) {
	const {streams, stdout, stderr} = keptStreams({terminal, columns});
	let code = 0;
	const program = new Command('speechdeck').enablePositionalOptions().exitOverride();
	program.configureOutput({
		writeOut: streams.out.write.bind(streams.out),
		writeErr: streams.err.write.bind(streams.err),
	});
	addHistoryCommand(program, {
		streams,
		end: (exitCode) => {
			code = exitCode;
		},
		withDemo: (flags) => flags,
	});
	try {
		await program.parseAsync(['history', ...args], {from: 'user'});
	} catch (error) {
		if (error instanceof CommanderError) code = error.exitCode === 0 ? 0 : 2;
		else {
			streams.err.line(sentence(error));
			code = exitCodeOf(error);
		}
	}
	return {code, stdout: stdout(), stderr: stderr()};
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

async function keepTwo() {
	saveTranscript(places, 'a', said(['S1', 'the budget for Zürich is small'], ['S2', 'that is a pity']), {
		name: 'interview with a rather long name of a file.wav',
		at: '2026-01-31T12:00:00Z',
	});
	await keepSession(places, said('another budget is discussed'), {
		more: [{type: 'mark', time: 5, text: 'ask \u001B[31mAnna'}],
	});
}

describe('history', () => {
	test('of nothing says what to do', async () => {
		expect(await run([])).toEqual({
			code: 0,
			stdout: '',
			stderr:
				'Nothing was transcribed here yet.\n"speechdeck batch FILE" and "speechdeck realtime" make a beginning.\n',
		});
		expect((await run(['search', 'word'])).stderr).toContain('Nothing was transcribed here yet.');
	});

	test('is a table for people, columns for programs, and objects', async () => {
		await keepTwo();
		const table = await run([], {terminal: true});
		expect(lines(table.stdout)[0]).toMatch(
			/^ID {6}TRANSCRIBED {7}KIND {3}LENGTH {2}WORDS {2}LANGUAGE {2}NAME$/,
		);
		expect(lines(table.stdout)[1]).toMatch(/^[0-9a-f]{6} {2}2026-02-01 10:00 {2}live .* mic$/);
		const plain = await run([]);
		expect(lines(plain.stdout).map((line) => line.split('\t').slice(1))).toEqual([
			['live', expect.any(String), '3.5', 'en', '0', '4', 'finished', 'mic'],
			[
				'batch',
				'2026-01-31T12:00:00.000Z',
				'60',
				'en',
				'2',
				'10',
				'finished',
				expect.stringContaining('interview'),
			],
		]);
		const json = ndjson((await run(['--json', '--kind', 'batch'])).stdout);
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({
			kind: 'batch',
			startedAt: '2026-01-31T12:00:00.000Z',
			words: 10,
			audio: [],
		});
	});

	test('lists as many as are wanted, and says that there are more', async () => {
		await keepTwo();
		const listed = await run(['--limit', '1']);
		expect(lines(listed.stdout)).toHaveLength(1);
		expect(listed.stderr).toBe('1 of 2 are listed: --limit N lists more.\n');
		expect(lines((await run(['--since', '2026-02-01'])).stdout)).toHaveLength(1);
		expect(await run(['--name', 'nobody'])).toMatchObject({
			code: 0,
			stderr: 'Nothing in the history is like that.\n',
		});
	});

	test.each([
		[['--kind', 'other']],
		[['--limit', '0']],
		[['--since', 'yesterday']],
		[['nonsense']],
		[['show']],
		[['show', 'last', '--at', '1:99']],
	])('refuses %p', async (args) => {
		expect(await run(args)).toMatchObject({code: 2, stdout: ''});
	});
});

describe('history search', () => {
	test('shows where something was said, with bold only where it can be', async () => {
		await keepTwo();
		const {stdout, stderr} = await run(['search', 'budget', 'zurich'], {terminal: true});
		const bold = (text: string) => `\u001B[1m${text}\u001B[22m`;
		expect(lines(stdout)).toEqual([
			expect.stringMatching(
				/^[0-9a-f]{6} {2}2026-01-31 {2}interview with a rather long name of a file\.wav$/,
			),
			`     0:00  S1: the ${bold('budget')} for ${bold('Zürich')} is small.`,
		]);
		expect(stderr).toMatch(/^\n"speechdeck history show [0-9a-f]{6} --at 0:00" reads on from there\.\n$/);
		process.env.NO_COLOR = '1';
		expect((await run(['search', 'budget'], {terminal: true})).stdout).not.toContain('\u001B');
		delete process.env.NO_COLOR;
		process.env.TERM = 'dumb';
		expect((await run(['search', 'budget'], {terminal: true})).stdout).not.toContain('\u001B');
	});

	test('keeps within the columns, and shows nothing that controls a terminal', async () => {
		await keepTwo();
		process.env.NO_COLOR = '1';
		for (const columns of [40, 80, 200]) {
			const {stdout} = await run(['search', 'budget*'], {terminal: true, columns});
			expect(lines(stdout)).toHaveLength(4);
			for (const line of lines(stdout)) expect(widthOf(line)).toBeLessThanOrEqual(columns);
		}
		expect((await run(['search', 'ask'], {terminal: true})).stdout).toContain('  mark: ask \uFFFD[31mAnna');
	});

	test('gives programs each passage', async () => {
		await keepTwo();
		const rows = lines((await run(['search', 'budget'])).stdout).map((line) => line.split('\t'));
		expect(rows.map((row) => row.slice(3))).toEqual([
			['0', '', 'speech', 'another budget is discussed.'],
			['0', 'S1', 'speech', 'the budget for Zürich is small.'],
		]);
		const [hit] = ndjson((await run(['search', 'zurich', '--json'])).stdout);
		expect(hit).toMatchObject({in: 'speech', start: 0, speaker: 'S1', marks: [[15, 21]]});
	});

	test('takes what the shell has taken out of quotes for a phrase', async () => {
		await keepTwo();
		expect(lines((await run(['search', 'budget for'])).stdout)).toHaveLength(1);
		expect(lines((await run(['search', 'for budget'])).stdout)).toHaveLength(0);
	});

	test('without a word says so', async () => {
		expect(await run(['search', '***'])).toMatchObject({
			code: 2,
			stderr: expect.stringContaining('There is no word'),
		});
	});

	test('says how many passages and entries there are more', async () => {
		saveTranscript(places, 'a', said(...Array.from({length: 9}, () => 'same words')));
		saveTranscript(places, 'b', said('same words'));
		const {stdout, stderr} = await run(['search', 'same', '--limit', '1'], {terminal: true});
		expect(stderr).toContain('1 of 2 are shown: --limit N shows more.');
		expect(`${stdout}${(await run(['search', 'same'], {terminal: true})).stdout}`).toContain(
			'           and 6 more\n',
		);
	});
});

describe('history show', () => {
	test('reads a transcript, from a moment on, or around it', async () => {
		saveTranscript(
			places,
			'a',
			said(['S1', 'one is first'], ['S1', 'two is second'], ['S2', 'three is third']),
		);
		const all = await run(['show', 'last'], {terminal: true});
		expect(all.stderr).toMatch(/^talk\.wav, 2026-01-31 \d\d:\d\d, 1m 0s, en\n$/);
		expect(lines(all.stdout).map((line) => line.trim())).toEqual([
			'0:00  S1  one is first.',
			'0:10      two is second.',
			'0:20  S2  three is third.',
		]);
		expect((await run(['show', 'last', '--at', '0:10'])).stdout).toBe(
			'0:10  S1: two is second.\n0:20  S2: three is third.\n',
		);
		expect((await run(['show', 'last', '--at', '10', '--around', '2'])).stdout).toBe(
			'0:10  S1: two is second.\n',
		);
		expect(ndjson((await run(['show', 'last', '--at', '20', '--json'])).stdout)).toEqual([
			{kind: 'speech', start: 20, end: 23, speaker: 'S2', text: 'three is third.'},
		]);
	});

	test('shows marks of a session, and nothing that controls a terminal', async () => {
		await keepTwo();
		for (const terminal of [true, false]) {
			const {stdout} = await run(['show', 'last'], {terminal});
			expect(stdout).toContain('ask \uFFFD[31mAnna');
			expect(stdout).not.toContain('\u001B');
		}
	});

	test('says what is wrong with an id or a place', async () => {
		await keepTwo();
		expect(await run(['show', 'zzz'])).toEqual({
			code: 2,
			stdout: '',
			stderr: 'There is no entry "zzz": "speechdeck history" tells which there are.\n',
		});
		await keepSession(places, said('more'), {startedAt: new Date(2026, 1, 1, 11)});
		expect((await run(['show', '2026-02'])).stderr).toBe(
			'2 entries begin with "2026-02", such as 2026-02-01T11-00-00: type more of the id.\n',
		);
		expect(await run(['show', 'last', '--at', '99:00:00'])).toMatchObject({
			code: 1,
			stderr: 'Nothing is said there: the last words begin at 0:00.\n',
		});
		expect((await run(['show', 'last', '--around', '5'])).code).toBe(2);
	});
});

test('history rebuild says what it made, and what it could not read', async () => {
	await keepTwo();
	const rebuilt = async () => (await run(['rebuild'])).stderr;
	expect(await rebuilt()).toBe('The history was made anew: 2 entries.\n');
	writeFileSync(saveTranscript(places, 'a', []), 'half a transcr');
	expect(await rebuilt()).toBe('The history was made anew: 1 entry.\n1 file could not be read.\n');
});

test.each([
	['90', 90],
	['1.5', 1.5],
	['12:03', 723],
	['1:02:03', 3723],
	['00:00', 0],
	['12:60', undefined],
	['1:2', undefined],
	['-1', undefined],
	['', undefined],
	['1h', undefined],
])('the place %p', (text, seconds) => {
	expect(positionFrom(text)).toBe(seconds);
});
