import {describe, expect, test} from 'bun:test';
import {parse} from 'smol-toml';
import {withoutValue, withValue} from '../../src/settings/toml-edit.ts';
import {lineOf, statementsOf} from '../../src/settings/toml-statements.ts';

const FILE = `# mine
[batch] # the archive
concurrency = 4 # not more: the proxy
tags = [
	"a", # first
	"b",
]

[transcription]
language = "de#1" # with a hash
text = """
[not.a.table]
concurrency = 9
"""
`;

describe('setting a value', () => {
	test('changes its line and keeps every comment', () => {
		expect(withValue(FILE, ['batch', 'concurrency'], 8)).toBe(
			FILE.replace('concurrency = 4 #', 'concurrency = 8 #'),
		);
		expect(withValue(FILE, ['transcription', 'language'], 'en')).toBe(FILE.replace('"de#1"', '"en"'));
	});

	test('replaces a value of many lines', () => {
		const text = withValue(FILE, ['batch', 'tags'], ['c']);
		expect(parse(text)).toMatchObject({batch: {tags: ['c'], concurrency: 4}});
		expect(text).toContain(
			'[batch] # the archive\nconcurrency = 4 # not more: the proxy\ntags = [ "c" ]\n\n[trans',
		);
	});

	test('adds a line to its table, or the table', () => {
		expect(withValue(FILE, ['batch', 'model'], 'standard')).toBe(
			FILE.replace(']\n\n[transcription]', ']\nmodel = "standard"\n\n[transcription]'),
		);
		expect(withValue(FILE, ['profile', 'a', 'output', 'dir'], '/x')).toBe(
			`${FILE}\n[profile.a.output]\ndir = "/x"\n`,
		);
		expect(withValue('', ['batch', 'model'], 'x')).toBe('[batch]\nmodel = "x"\n');
	});

	test('finds dotted keys', () => {
		expect(withValue('batch.model = "a" # so', ['batch', 'model'], 'b')).toBe('batch.model = "b" # so');
	});

	test('keeps the line ends of Windows', () => {
		expect(withValue('[batch]\r\nmodel = "a"\r\n', ['batch', 'model'], 'b')).toBe(
			'[batch]\r\nmodel = "b"\r\n',
		);
	});

	test('refuses where it would have to rewrite what it does not own', () => {
		expect(() => withValue('batch = {model = "a"}\n', ['batch', 'model'], 'b')).toThrow('by hand');
	});
});

test('unsetting takes the lines of the value out, and nothing else', () => {
	expect(withoutValue(FILE, ['batch', 'tags'])).toBe(FILE.replace(/tags = \[[^\]]*\]\n/, ''));
	expect(withoutValue(FILE, ['batch', 'nothing'])).toBe(FILE);
});

test('the line of a value is found, whatever lies before it', () => {
	const statements = statementsOf(FILE);
	expect(lineOf(statements, ['batch', 'concurrency'])).toBe(3);
	expect(lineOf(statements, ['batch', 'tags'])).toBe(4);
	expect(lineOf(statements, ['transcription', 'text'])).toBe(11);
	expect(lineOf(statements, ['transcription', 'missing'])).toBe(9);
	expect(lineOf(statementsOf('\n[a.b.c]\nd = 1'), ['a'])).toBe(2);
});
