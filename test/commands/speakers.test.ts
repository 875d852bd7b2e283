import {afterEach, beforeEach, expect, test} from 'bun:test';
import {
	speakersForgetCommand,
	speakersListCommand,
	speakersRenameCommand,
} from '../../src/commands/speakers.ts';
import type {Streams} from '../../src/commands/streams.ts';
import {markStale, remember} from '../../src/settings/speaker-book.ts';
import {changeSpeakerBook, readSpeakerBook} from '../../src/settings/speaker-book-file.ts';
import {temporaryFolder} from '../helpers/kept-sessions.ts';
import {ndjson} from '../helpers/program.ts';
import {keptStreams} from '../helpers/run-command.ts';

const ABOUT = {model: 'enhanced', place: 'eu', account: 'abc'};
const before = process.env.XDG_DATA_HOME;
let home: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
	home = temporaryFolder();
	process.env.XDG_DATA_HOME = home.path;
	changeSpeakerBook((book) => {
		const bea = remember(book, 'Bea', ['id-1', 'id-2'], ABOUT, new Date(2026, 0, 1, 9));
		const all = remember(bea, 'An\u001B[31mna', ['id-3'], ABOUT, new Date(2026, 0, 2, 9));
		return markStale(all, ABOUT, [{label: 'Bea'}]);
	});
});
afterEach(() => {
	if (before === undefined) delete process.env.XDG_DATA_HOME;
	else process.env.XDG_DATA_HOME = before;
	home[Symbol.dispose]();
});

function run(command: (streams: Streams) => number, terminal = false) {
	const {streams, stdout, stderr} = keptStreams({terminal});
	return {code: command(streams), stdout: stdout(), stderr: stderr()};
}

test('the list is a table, columns or objects, and shows no identifier', () => {
	const table = run((streams) => speakersListCommand({}, streams), true).stdout.split('\n');
	expect(table[0]).toMatch(/^NAME\s+SAMPLES\s+MODEL\s+SERVICE\s+NOTED\s+NOTE$/);
	expect(table[1]).toStartWith('An\uFFFD[31mna');
	expect(table[2]).toMatch(/^Bea\s+2\s+enhanced\s+eu\s+2026-01-01 09:00\s+refused by the service$/);
	const plain = run((streams) => speakersListCommand({}, streams)).stdout;
	expect(plain.split('\n')[1]).toBe('Bea\t2\tenhanced\teu\t2026-01-01 09:00\trefused by the service');
	const objects = run((streams) => speakersListCommand({json: true}, streams)).stdout;
	expect(ndjson(objects)[1]).toMatchObject({name: 'Bea', samples: 2, isStale: true});
	expect(table.join() + plain + objects).not.toContain('id-');
});

test('an empty book says how it is filled', () => {
	changeSpeakerBook(() => []);
	const {code, stdout, stderr} = run((streams) => speakersListCommand({}, streams), true);
	expect({code, stdout}).toEqual({code: 0, stdout: ''});
	expect(stderr).toStartWith('The book is empty');
});

test('somebody is forgotten; a name nobody has changes nothing', () => {
	expect(() => run((streams) => speakersForgetCommand(['Bea', 'Nobody'], streams))).toThrow(
		'Nobody in the book is called "Nobody"',
	);
	expect(readSpeakerBook()).toHaveLength(2);
	expect(run((streams) => speakersForgetCommand(['Bea'], streams)).stderr).toBe('Bea is forgotten.\n');
	expect(readSpeakerBook()).toHaveLength(1);
});

test('somebody gets another name, but none that the service keeps for itself', () => {
	expect(run((streams) => speakersRenameCommand('Bea', ' Beate ', streams)).stderr).toBe(
		'Bea is Beate now.\n',
	);
	for (const name of ['S2', 'UU', ' ']) {
		expect(() => run((streams) => speakersRenameCommand('Beate', name, streams))).toThrow(
			"cannot be a speaker's name",
		);
	}
	expect(readSpeakerBook().map(({name}) => name)).toContain('Beate');
});
