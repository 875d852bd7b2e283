/** Changes one value of a TOML file and leaves everything else as its owner wrote it, comments included. */
import {isDeepStrictEqual} from 'node:util';
import {parse, stringify} from 'smol-toml';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {linesOf, parses, type Statement, statementsOf} from './toml-statements.ts';

type Table = Record<string, unknown>;

/**
 * @param text the whole file; it must be valid
 * @param path the keys of a value, at least two
 * @returns the whole file with the value in it
 * @throws ConfigurationError where the file is written in a way that no single line can be changed in
 */
export function withValue(text: string, path: readonly string[], value: unknown): string {
	const lines = linesOf(text);
	const statements = statementsOf(text);
	const before = statements.find((one) => one.kind === 'value' && isDeepStrictEqual(one.path, path));
	if (before === undefined) insert(lines, statements, path, value);
	else replace(lines, before, value);
	return checked(text, lines, (table) => put(table, path, value), path);
}

/** The same without the value; what is not there stays not there. */
export function withoutValue(text: string, path: readonly string[]): string {
	const lines = linesOf(text);
	const found = statementsOf(text).find((one) => one.kind === 'value' && isDeepStrictEqual(one.path, path));
	if (found !== undefined) lines.splice(found.first, found.last - found.first + 1);
	return checked(text, lines, (table) => remove(table, path), path);
}

function replace(lines: string[], {first, last}: Statement, value: unknown): void {
	const statement = lines.slice(first, last + 1).join('\n');
	const name = /^[^=]*=\s*/.exec(statement)![0];
	lines.splice(first, last - first + 1, name + literal(value) + commentOf(statement));
}

/** The first `#` that ends what can be read: one within a text does not. */
function commentOf(statement: string): string {
	const start = [...statement.matchAll(/\s*#/g)].find(({index}) => parses(statement.slice(0, index)));
	return start === undefined ? '' : statement.slice(start.index).trimEnd();
}

function insert(
	lines: string[],
	statements: readonly Statement[],
	path: readonly string[],
	value: unknown,
): void {
	const table = path.slice(0, -1);
	const header = statements.findIndex((one) => one.kind === 'table' && isDeepStrictEqual(one.path, table));
	const line = `${keyText(path.at(-1)!)} = ${literal(value)}`;
	if (header === -1) {
		while (lines.at(-1)?.trim() === '') lines.pop();
		lines.push(...(lines.length > 0 ? [''] : []), `[${table.map(keyText).join('.')}]`, line, '');
		return;
	}
	let last = statements[header]!;
	for (const one of statements.slice(header + 1)) {
		if (one.kind === 'table') break;
		last = one;
	}
	lines.splice(last.last + 1, 0, line);
}

/** A change that does not do exactly what was asked for is none: the file is its owner's. */
function checked(
	before: string,
	lines: readonly string[],
	change: (table: Table) => void,
	path: readonly string[],
): string {
	const wanted = parse(before) as Table;
	change(wanted);
	const text = lines.join(before.includes('\r\n') ? '\r\n' : '\n');
	if (parses(text) && isDeepStrictEqual(withoutEmpty(parse(text)), withoutEmpty(wanted))) return text;
	throw new ConfigurationError(
		`The file is written in a way that ${path.join('.')} cannot be changed in without touching more: please change it by hand`,
	);
}

function put(table: Table, path: readonly string[], value: unknown): void {
	const [first, ...rest] = path as [string, ...string[]];
	if (rest.length === 0) {
		table[first] = value;
		return;
	}
	const inner = table[first];
	if (typeof inner !== 'object' || inner === null) table[first] = {};
	put(table[first] as Table, rest, value);
}

function remove(table: Table, path: readonly string[]): void {
	const [first, ...rest] = path as [string, ...string[]];
	if (rest.length === 0) delete table[first];
	else if (typeof table[first] === 'object') remove(table[first] as Table, rest);
}

/** Tables that hold nothing count as none. */
function withoutEmpty(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const kept = Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
	const full = kept.filter(([, inner]) => inner !== undefined);
	return full.length === 0 ? undefined : Object.fromEntries(full);
}

function literal(value: unknown): string {
	return stringify({value}).slice('value = '.length).trimEnd();
}

function keyText(key: string): string {
	return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}
