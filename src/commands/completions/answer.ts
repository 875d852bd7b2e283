/** What could stand next on a command line, from the program's own tree of commands. Pure. */
import type {Command, Option} from 'commander';
import {argumentValues, optionValues, type Values} from './values.ts';

export interface Candidate {
	/** The whole word. */
	readonly value: string;
	readonly description: string;
}

export interface Answer {
	readonly candidates: readonly Candidate[];
	/** What the shell itself may offer besides. */
	readonly paths: Values['paths'];
}

const NOTHING: Answer = {candidates: [], paths: 'none'};

/**
 * @param program the root of the tree
 * @param words all after the program's name, the last one being the one under the cursor, which may be empty
 */
export function completionsFor(program: Command, words: readonly string[]): Answer {
	const current = words.at(-1) ?? '';
	const {command, pending, argumentCount, optionsEnded} = walk(program, words.slice(0, -1));
	if (pending !== undefined) return valuesMatching(optionValues(pending, command), current);
	if (!optionsEnded && current.startsWith('-') && current !== '-') return optionsMatching(command, current);
	const names = argumentCount === 0 && !optionsEnded ? commandsMatching(command, current) : [];
	const argument = command.registeredArguments.at(argumentCount) ?? command.registeredArguments.at(-1);
	const hasPlace =
		argument !== undefined &&
		(argumentCount === 0 || argument.variadic || argumentCount < command.registeredArguments.length);
	const values = hasPlace ? valuesMatching(argumentValues(argument, command), current) : NOTHING;
	return {...values, candidates: [...names, ...values.candidates]};
}

/** The answer for a shell: what paths it may add, then a candidate a line, its description behind a tab. */
export function answerText({paths, candidates}: Answer): string {
	const lines = candidates.map(({value, description}) =>
		description === '' ? value : `${value}\t${description.replace(/\s+/g, ' ')}`,
	);
	return [paths, ...lines, ''].join('\n');
}

interface Place {
	readonly command: Command;
	/** The option that still waits for its value. */
	readonly pending: Option | undefined;
	readonly argumentCount: number;
	readonly optionsEnded: boolean;
}

function walk(program: Command, words: readonly string[]): Place {
	let place: Place = {command: program, pending: undefined, argumentCount: 0, optionsEnded: false};
	for (const word of words) place = after(word, place);
	return place;
}

function after(word: string, place: Place): Place {
	const {command, pending, argumentCount, optionsEnded} = place;
	if (pending !== undefined) return {...place, pending: undefined};
	if (!optionsEnded && word === '--') return {...place, optionsEnded: true};
	if (!optionsEnded && word.startsWith('-') && word !== '-') {
		const option = word.includes('=') ? undefined : optionNamed(command, word);
		return {...place, pending: option?.required === true ? option : undefined};
	}
	const isName = argumentCount === 0 && !optionsEnded;
	const next = isName ? command.commands.find((sub) => namesOf(sub).includes(word)) : undefined;
	if (next !== undefined) return {...place, command: next};
	return {...place, argumentCount: argumentCount + 1};
}

function optionsMatching(command: Command, current: string): Answer {
	const [name = '', value] = current.split(/=(.*)/s);
	if (value !== undefined) {
		const option = optionNamed(command, name);
		if (option?.required !== true) return NOTHING;
		const {candidates, paths} = valuesMatching(optionValues(option, command), value);
		return {paths, candidates: candidates.map((one) => ({...one, value: `${name}=${one.value}`}))};
	}
	const candidates = command
		.createHelp()
		.visibleOptions(command)
		.map(({long, short, description}) => ({value: long ?? short ?? '', description}));
	return {paths: 'none', candidates: candidates.filter((one) => one.value.startsWith(current))};
}

function commandsMatching(command: Command, current: string): Candidate[] {
	return command
		.createHelp()
		.visibleCommands(command)
		.map((sub) => ({value: sub.name(), description: sub.summary() || sub.description()}))
		.filter(({value}) => value.startsWith(current));
}

function valuesMatching({words, isList, paths}: Values, current: string): Answer {
	const given = isList ? current.split(',').slice(0, -1) : [];
	const before = given.map((word) => `${word},`).join('');
	const candidates = words
		.filter((word) => !given.includes(word))
		.map((word) => ({value: before + word, description: ''}))
		.filter(({value}) => value.startsWith(current));
	return {paths, candidates};
}

function optionNamed(command: Command, name: string): Option | undefined {
	return command
		.createHelp()
		.visibleOptions(command)
		.find(({long, short}) => name === long || name === short);
}

function namesOf(command: Command): string[] {
	return [command.name(), ...command.aliases()];
}
