import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {sessionsDeleteCommand} from '../../src/commands/sessions/delete.ts';
import {sessionsExportCommand} from '../../src/commands/sessions/export.ts';
import {findSession} from '../../src/commands/sessions/find.ts';
import {sessionsListCommand} from '../../src/commands/sessions/list.ts';
import {sessionsRecoverCommand} from '../../src/commands/sessions/recover.ts';
import {sessionsReplayCommand} from '../../src/commands/sessions/replay.ts';
import {sessionsShowCommand} from '../../src/commands/sessions/show.ts';
import type {Streams} from '../../src/commands/streams.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import {transcriptOf} from '../../src/realtime/stored-sessions.ts';
import {FastClock} from '../helpers/fast-clock.ts';
import {ASKED, final, over, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {mark, word} from '../helpers/results.ts';
import {keptStreams} from '../helpers/run-command.ts';

const before = process.env.XDG_DATA_HOME;
let home: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
	home = temporaryFolder();
	process.env.XDG_DATA_HOME = home.path;
});
afterEach(() => {
	if (before === undefined) delete process.env.XDG_DATA_HOME;
	else process.env.XDG_DATA_HOME = before;
	home[Symbol.dispose]();
});

/** A session of the first of January at an hour. @param isOver otherwise it broke off */
async function session(hour: number, {isOver = true, asked = ASKED} = {}): Promise<string> {
	const kept = SessionFolder.create(asked, {show: () => {}, startedAt: new Date(2026, 0, 1, hour)});
	kept.emit(started());
	kept.emit(final(word('Good', 0), word('day', 1), mark('.', 1.5)));
	kept.emit({type: 'mark', time: 1, text: 'the \u001B[31mbeginning'});
	if (isOver) {
		kept.emit(over());
		await kept.finish(await transcriptOf(kept));
	} else kept.close();
	return kept.path;
}

async function run(command: (streams: Streams) => Promise<number>, terminal = false) {
	const {streams, stdout, stderr} = keptStreams({terminal});
	const code = await command(streams);
	return {code, stdout: stdout(), stderr: stderr()};
}

describe('sessions list', () => {
	test('is a table for people, columns for programs, and objects', async () => {
		await session(9);
		await session(10, {isOver: false});
		const table = await run((streams) => sessionsListCommand({}, streams), true);
		expect(table.stdout.split('\n')[0]).toMatch(/^ID\s+STATE\s+LENGTH\s+LANGUAGE\s+SOURCE$/);
		const plain = await run((streams) => sessionsListCommand({}, streams));
		expect(plain.stdout.split('\n').map((line) => line.split('\t').slice(0, 2))).toEqual([
			['2026-01-01T10-00-00', 'crashed'],
			['2026-01-01T09-00-00', 'finished'],
			[''],
		]);
		expect(plain.stderr).toContain('sessions recover');
		const json = await run((streams) => sessionsListCommand({json: true}, streams));
		expect(JSON.parse(json.stdout.split('\n')[1]!)).toMatchObject({
			id: '2026-01-01T09-00-00',
			state: 'finished',
			source: 'mic',
			language: 'en',
			seconds: 1.5,
		});
	});

	test('of nothing says so', async () => {
		expect(await run((streams) => sessionsListCommand({}, streams))).toEqual({
			code: 0,
			stdout: '',
			stderr: 'There are no sessions yet.\n',
		});
	});
});

test('a session is found by its id, the beginning of it, and as the last one', async () => {
	await session(9);
	await session(10);
	expect((await findSession('2026-01-01T09')).id).toBe('2026-01-01T09-00-00');
	expect((await findSession('last')).id).toBe('2026-01-01T10-00-00');
	expect(findSession('2026')).rejects.toThrow('2 sessions begin with "2026"');
	expect(findSession('../..')).rejects.toThrow('There is no session');
});

test('sessions show tells what happened, without what a terminal would obey', async () => {
	await session(9);
	const {stdout} = await run((streams) => sessionsShowCommand('last', {}, streams));
	expect(stdout).toMatch(/^state\s+finished$/m);
	expect(stdout).toMatch(/^connection\s+at 0:00: session-1$/m);
	expect(stdout).toMatch(/^mark\s+at 0:01: the .*beginning$/m);
	expect(stdout).not.toContain('\u001B');
});

describe('sessions export', () => {
	test('writes, or prints, and never over another file', async () => {
		await session(9);
		using out = temporaryFolder();
		const flags = {format: ['txt', 'srt'] as const, outputDir: out.path};
		const {code, stderr} = await run((streams) => sessionsExportCommand('last', flags, streams));
		expect(code).toBe(0);
		const path = join(out.path, 'realtime-2026-01-01T09-00-00.txt');
		expect(stderr).toContain(path);
		expect(readFileSync(path, 'utf8')).toBe('Good day.\n');
		const printed = await run((streams) =>
			sessionsExportCommand('last', {format: ['txt'], output: '-'}, streams),
		);
		expect(printed.stdout).toBe('Good day.\n');
	});
});

describe('sessions recover', () => {
	test('completes all that broke off, by --no-send without any key', async () => {
		const path = await session(9, {isOver: false});
		const {code, stderr} = await run((streams) => sessionsRecoverCommand(undefined, {send: false}, streams));
		expect(code).toBe(0);
		expect(stderr).toContain(join(path, 'transcript.txt'));
		expect(readFileSync(join(path, 'transcript.txt'), 'utf8')).toBe('Good day.\n');
		const again = await run((streams) => sessionsRecoverCommand(undefined, {send: false}, streams));
		expect(again).toEqual({code: 0, stdout: '', stderr: 'No session broke off.\n'});
	});

	test('removes what broke off before its first word', async () => {
		const kept = SessionFolder.create(ASKED, {show: () => {}});
		kept.emit(started());
		kept.close();
		const {stderr} = await run((streams) => sessionsRecoverCommand(undefined, {send: false}, streams));
		expect(stderr).toBe('No session broke off.\n');
		expect(existsSync(kept.path)).toBe(false);
	});
});

test('sessions replay prints what realtime printed', async () => {
	await session(9);
	const {code, stdout} = await run((streams) =>
		sessionsReplayCommand('last', {speed: 1}, streams, new FastClock()),
	);
	expect({code, stdout}).toEqual({code: 0, stdout: 'Good day.\n'});
});

describe('sessions delete', () => {
	const asking = (answer: 'yes' | 'no' | undefined) =>
		run((streams) => sessionsDeleteCommand(['last'], {}, streams, async () => answer));

	test('asks first, and deletes nothing where nobody can be asked', async () => {
		const path = await session(9);
		expect(asking(undefined)).rejects.toThrow('--yes');
		expect((await asking('no')).code).toBe(1);
		expect(existsSync(path)).toBe(true);
		expect((await asking('yes')).code).toBe(0);
		expect(existsSync(path)).toBe(false);
	});

	test('leaves one that runs', async () => {
		const kept = SessionFolder.create(ASKED, {show: () => {}});
		kept.emit(started());
		const {code} = await run((streams) => sessionsDeleteCommand(['last'], {yes: true}, streams));
		expect(code).toBe(1);
		expect(existsSync(kept.path)).toBe(true);
		kept.close();
	});
});
