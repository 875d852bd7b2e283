import {describe, expect, test} from 'bun:test';
import type {Command} from 'commander';
import {commandLine} from '../../src/commands/program.ts';
import {widthOf} from '../../src/platform/width.ts';
import {keptStreams, runCommand} from '../helpers/run-command.ts';

/** The narrowest terminal that is promised a help without broken lines. */
const COLUMNS = 80;
/** A command with more options of its own than this shows how it is used. */
const FEW_OPTIONS = 4;

const program = commandLine(keptStreams().streams, () => {});

/** Every command that the help names, by what is typed after the program's name. */
const commands = visibleCommands(program, []);

function visibleCommands(command: Command, path: readonly string[]): Array<[string, Command]> {
	const subs = command
		.createHelp()
		.visibleCommands(command)
		.filter((sub) => command.commands.includes(sub));
	return [[path.join(' '), command], ...subs.flatMap((sub) => visibleCommands(sub, [...path, sub.name()]))];
}

/** As it is printed, the examples included. */
function helpOf(command: Command): string {
	let text = '';
	command.configureOutput({
		writeOut: (more) => {
			text += more;
		},
		getOutHelpWidth: () => COLUMNS,
	});
	command.outputHelp();
	return text;
}

describe.each(commands)('speechdeck %s', (path, command) => {
	const args = path === '' ? [] : path.split(' ');

	test('prints its help and is done', async () => {
		const {code, stdout, stderr} = await runCommand([...args, '--help']);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toStartWith(`Usage: ${['speechdeck', ...args].join(' ')}`);
	});

	test(`fits ${COLUMNS} columns`, () => {
		const wide = helpOf(command)
			.split('\n')
			.filter((line) => widthOf(line) > COLUMNS || /\s$/.test(line));
		expect(wide).toEqual([]);
	});

	test('says what each option and argument is for', () => {
		const help = command.createHelp();
		expect(command.description()).not.toBe('');
		const nameless = [...help.visibleOptions(command), ...help.visibleArguments(command)].filter(
			({description}) => description.trim() === '',
		);
		expect(nameless).toEqual([]);
	});

	test('speaks as the others do', () => {
		const help = command.createHelp();
		const texts = [...help.visibleOptions(command), ...help.visibleArguments(command)].map(
			({description}) => description,
		);
		expect(texts.filter((text) => /\.$/.test(text) || /^[A-Z][a-z]/.test(text))).toEqual([]);
		// Its own help may introduce it in whole sentences; the list of commands does not.
		const listed = command.summary() || command.description();
		if (path !== '') expect(listed).not.toMatch(/\.$|^[A-Z][a-z]/);
	});

	const own = command.options.filter(({hidden}) => !hidden);
	if (own.length <= FEW_OPTIONS && args.length > 0) return;

	test('shows an example that can be typed', () => {
		const examples = helpOf(command)
			.split('\n')
			.map((line) => /^\s+speechdeck (.*)$/.exec(line)?.[1])
			.filter((line) => line !== undefined);
		expect(examples.length).toBeGreaterThan(0);
		for (const example of examples) {
			const words = example
				.split(/ [|>] /)[0]!
				.trim()
				.split(/\s+/);
			expect(unknownIn(words)).toEqual([]);
		}
	});
});

/** What of an example the program does not know: commands and options. */
function unknownIn(words: readonly string[]): string[] {
	let command = program;
	let depth = 0;
	for (const word of words) {
		const next = command.commands.find((sub) => sub.name() === word);
		if (next === undefined) break;
		command = next;
		depth += 1;
	}
	const options = words.slice(depth).filter((word) => word.startsWith('--'));
	const known = new Set(
		command
			.createHelp()
			.visibleOptions(command)
			.map(({long}) => long),
	);
	const unknown = options.filter((word) => !known.has(word.split('=')[0]));
	return depth === 0 && !words[0]!.startsWith('-') ? [words[0]!, ...unknown] : unknown;
}

test('the help of the program names every command once', () => {
	const names = program
		.createHelp()
		.visibleCommands(program)
		.map((command) => command.name());
	expect(new Set(names).size).toBe(names.length);
	for (const name of names) expect(helpOf(program)).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
});
