import {describe, expect, test} from 'bun:test';
import {answerText, completionsFor} from '../../src/commands/completions/answer.ts';
import {SHELLS} from '../../src/commands/completions/scripts.ts';
import {commandLine} from '../../src/commands/program.ts';
import {keptStreams, runCommand} from '../helpers/run-command.ts';

const program = commandLine(keptStreams().streams, () => {});
const offered = (...words: string[]) => completionsFor(program, words).candidates.map(({value}) => value);
const pathsAt = (...words: string[]) => completionsFor(program, words).paths;

describe('what can stand next', () => {
	test.each([
		[['ba'], ['batch']],
		[
			['jobs', 'l'],
			['list', 'log'],
		],
		[['--demo', 'real'], ['realtime']],
		[['--language', 'de', 'real'], ['realtime']],
		[['completions', 'b'], ['bash']],
		[['batch', '--form'], ['--format']],
		[['batch', '--format', 's'], ['srt']],
		[['batch', '--format', 'srt,t'], ['srt,txt']],
		[['batch', '--format=s'], ['--format=srt']],
		[
			['batch', '--diarization', ''],
			['none', 'speaker', 'channel'],
		],
		[['batch', '--model', 'e'], ['enhanced']],
		[['jobs', 'list', '--status', 'done,rej'], ['done,rejected']],
		[['jobs', 'list', '--deleted', '--js'], ['--json']],
		[['realtime', '--source', 'm'], ['mic']],
		[['batch', 'jobs', 'l'], []],
		[['batch', '--', '--form'], []],
		[['nonsense', 'ba'], []],
		[['batch', '--nonsense', '--form'], ['--format']],
		[['devices', 'x'], []],
	])('%j: %j', (words, expected) => {
		expect(offered(...words)).toEqual(expected);
	});

	test('at the beginning: every command but the hidden ones', () => {
		const names = offered('');
		expect(names).toContain('jobs');
		expect(names.filter((name) => name.startsWith('_'))).toEqual([]);
	});

	test('paths, where a path is asked for', () => {
		expect([
			pathsAt('batch', ''),
			pathsAt('batch', 'a.wav', 'b'),
			pathsAt('realtime', '--source', ''),
		]).toEqual(['files', 'files', 'files']);
		expect([pathsAt('batch', '--output-dir', 'x'), pathsAt('batch', '--output-dir=x')]).toEqual([
			'folders',
			'folders',
		]);
		expect([pathsAt('jobs', 'get', ''), pathsAt(''), pathsAt('batch', '--model', '')]).toEqual([
			'none',
			'none',
			'none',
		]);
	});

	test('a description stays on its line', () => {
		const candidates = [
			{value: 'a', description: 'one\n\ttwo'},
			{value: 'b', description: ''},
		];
		expect(answerText({paths: 'files', candidates})).toBe('files\na\tone two\nb\n');
	});

	test('words come from what the service accepts, for each of the services its own', () => {
		expect(offered('batch', '--diarization', '')).toContain('channel');
		expect(offered('realtime', '--diarization', '')).toContain('channel_and_speaker');
		expect(offered('batch', '--low-confidence-action', 're')).toEqual(['reject']);
		expect(offered('realtime', '--max-delay-mode', 'f')).toEqual(['flexible', 'fixed']);
		expect(pathsAt('batch', '--dictionary', '')).toBe('files');
	});

	test('settings by their names', () => {
		expect(offered('config', 'set', 'batch.conc')).toEqual(['batch.concurrency']);
	});
});

describe('the command', () => {
	test.each(SHELLS)('prints a script for %s', async (shell) => {
		const {code, stdout, stderr} = await runCommand(['completions', shell]);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toContain(' __complete ');
		// Words of a command line that are evaluated would be run before Enter was pressed.
		expect(stdout).not.toMatch(/\beval\b|Invoke-Expression/);
	});

	test('another shell is a wrong command line', async () => {
		expect(await runCommand(['completions', 'tcsh'])).toMatchObject({code: 2, stdout: ''});
		expect((await runCommand(['completions'])).code).toBe(2);
	});

	test('an empty word can be told by an option, for shells that drop it', async () => {
		const told = await runCommand(['__complete', '--new-word', '--', 'jobs']);
		expect(told).toEqual(await runCommand(['__complete', '--', 'jobs', '']));
		expect(told.stdout).toStartWith('none\nlist\t');
	});

	test('is asked about options of its own without obeying them', async () => {
		expect((await runCommand(['__complete', '--', '--vers'])).stdout).toBe(
			'none\n--version\toutput the version number\n',
		);
		expect((await runCommand(['__complete', '--', '--version', 'ba'])).stdout).toStartWith('none\nbatch\t');
	});
});
