/** The lines of a TOML file: which one says what. The parser itself decides where a statement ends. */
import {parse} from 'smol-toml';

export interface Statement {
	readonly kind: 'table' | 'value';
	/** The whole path, that of the table included. */
	readonly path: readonly string[];
	/** Lines count from 0; the last one belongs to the statement. */
	readonly first: number;
	readonly last: number;
}

const KEY = /^\s*((?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*=/;

/** @param text a whole file that has been parsed already */
export function statementsOf(text: string): Statement[] {
	const lines = linesOf(text);
	const statements: Statement[] = [];
	let table: readonly string[] = [];
	for (let first = 0; first < lines.length; first++) {
		const line = lines[first]!;
		if (/^\s*(#|$)/.test(line)) continue;
		if (/^\s*\[/.test(line)) {
			table = keysOf(line);
			statements.push({kind: 'table', path: table, first, last: first});
			continue;
		}
		let last = first;
		while (last < lines.length - 1 && !parses(lines.slice(first, last + 1).join('\n'))) last++;
		const key = KEY.exec(line)?.[1];
		if (key !== undefined) {
			statements.push({kind: 'value', path: [...table, ...keysOf(`${key} = 0`)], first, last});
		}
		first = last;
	}
	return statements;
}

/**
 * The line that a value stands in.
 *
 * @param path keys from the top of the file
 * @returns a line, counted from 1; that of the nearest table or value around it where it has none of its own
 */
export function lineOf(statements: readonly Statement[], path: readonly string[]): number {
	let best: Statement | undefined;
	for (const statement of statements) {
		const around = statement.path.every((key, index) => key === path[index]);
		if (around && statement.path.length > (best?.path.length ?? 0)) best = statement;
	}
	// A table may have no header of its own: then the first thing in it tells its place.
	best ??= statements.find((statement) => path.every((key, index) => key === statement.path[index]));
	return (best?.first ?? 0) + 1;
}

export function linesOf(text: string): string[] {
	return text.split(/\r?\n/);
}

export function parses(text: string): boolean {
	try {
		parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The keys of a text that holds one key or table only. */
function keysOf(text: string): string[] {
	const keys: string[] = [];
	let value: unknown = parse(text);
	while (typeof value === 'object' && value !== null) {
		if (Array.isArray(value)) {
			value = value[0];
			continue;
		}
		const [key] = Object.keys(value);
		if (key === undefined) break;
		keys.push(key);
		value = (value as Record<string, unknown>)[key];
	}
	return keys;
}
