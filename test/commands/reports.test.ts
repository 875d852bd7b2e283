import {describe, expect, test} from 'bun:test';
import {Writable} from 'node:stream';
import {batchReporter} from '../../src/commands/batch-report.ts';
import {realtimeReporter} from '../../src/commands/realtime-report.ts';
import {ndjsonLine, OutputStream} from '../../src/commands/streams.ts';
import {mark, word} from '../helpers/results.ts';

function streams({terminal = false} = {}) {
	const make = () => {
		let unread = '';
		const stream = new Writable({
			write(chunk, _encoding, done) {
				unread += chunk;
				done();
			},
		});
		const text = () => {
			const read = unread;
			unread = '';
			return read;
		};
		return {output: new OutputStream(Object.assign(stream, {isTTY: terminal, columns: 40})), text};
	};
	const out = make();
	const err = make();
	return {out: out.output, err: err.output, stdout: out.text, stderr: err.text};
}

const piece = (...results: ReturnType<typeof word>[]) => ({
	text: results.map((result) => result.alternatives![0]!.content).join(' '),
	startTime: 0,
	endTime: 1,
	results,
});

describe('the transcript on stdout', () => {
	const options = {json: false, simulated: false, source: 'talk.wav', receivedSamples: undefined};
	const ended = {type: 'ended', reason: 'source', sentFrames: 1, sentBytes: 2, connections: 1} as const;

	test('is spelled as the joined words say, across messages', () => {
		const io = streams();
		const reporter = realtimeReporter(io, options);
		reporter.report({type: 'final', ...piece(word('Good', 0), word('morning', 1))});
		reporter.report({type: 'partial', ...piece(word('ignored', 2))});
		reporter.report({type: 'final', ...piece(mark('.', 1.5), word('Yes', 2))});
		expect(io.stdout()).toBe('Good morning. Yes');
		reporter.report({type: 'final', ...piece(mark('!', 2.5))});
		reporter.report(ended);
		expect(io.stdout()).toBe('!\n');
		expect(io.stderr()).toBe('');
	});

	test('begins a line with each speaker', () => {
		const io = streams();
		const reporter = realtimeReporter(io, options);
		reporter.report({
			type: 'final',
			...piece(word('Hi', 0, {speaker: 'S1'}), mark('.', 0.5, {speaker: 'S1'})),
		});
		reporter.report({type: 'final', ...piece(word('Yes', 1, {speaker: 'S2'}))});
		reporter.report(ended);
		expect(io.stdout()).toBe('S1: Hi.\nS2: Yes\n');
	});

	test('on a terminal holds a sentence back until it is whole, with the partial below', () => {
		const io = streams({terminal: true});
		const reporter = realtimeReporter(io, options);
		reporter.report({type: 'final', ...piece(word('Good', 0))});
		reporter.report({type: 'partial', ...piece(word('morning', 1))});
		expect(io.stdout()).toBe('');
		expect(io.stderr()).toEndWith('Good morning');
		reporter.report({type: 'final', ...piece(word('morning', 1), mark('.', 1.5), word('Yes', 2))});
		expect(io.stdout()).toBe('Good morning.\n');
	});
});

test('a status line never wraps: it is cut to the width', () => {
	const io = streams({terminal: true});
	const reporter = realtimeReporter(io, {
		json: false,
		simulated: false,
		source: 'mic',
		receivedSamples: undefined,
	});
	reporter.report({
		type: 'partial',
		...piece(...Array.from({length: 30}, (_, index) => word('word', index))),
	});
	const drawn = io.stderr().split('\u001B[2K').at(-1)!;
	expect(drawn).toHaveLength(39);
	expect(drawn).toStartWith('…');
});

describe('events as NDJSON', () => {
	test('carry nothing a terminal obeys', () => {
		expect(ndjsonLine({name: '\u001B[2J\u009B1m\u007F\u2028'})).toBe(
			'{"name":"\\u001b[2J\\u009b1m\\u007f\\u2028"}',
		);
	});

	test('are marked in the demo', () => {
		const io = streams();
		batchReporter(io, {json: true, simulated: true}).report({type: 'queued', file: 'a', name: 'a', bytes: 1});
		expect(JSON.parse(io.stdout())).toEqual({
			type: 'queued',
			file: 'a',
			name: 'a',
			bytes: 1,
			simulated: true,
		});
	});
});

test('names with escape sequences reach the terminal without them', () => {
	const io = streams({terminal: true});
	const reporter = batchReporter(io, {json: false, simulated: false});
	const file = '\u001B]0;owned\u0007.wav';
	reporter.report({type: 'queued', file, name: file, bytes: 1});
	reporter.report({type: 'failed', file, reason: 'server said \u001B[2J', cause: 'service'});
	const shown = io.stderr().replaceAll('\r\u001B[2K', '');
	expect(shown).not.toContain('\u001B');
	expect(shown).not.toContain('\u0007');
});
