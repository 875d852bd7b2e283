/** Patterns such as `talks/**\/*.wav`, where no shell has replaced them by what they match. */
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {isHidden} from './walk.ts';

const MAGIC = /[*?[{]/;

/** Whether a text may be meant as a pattern. A file may still have it as its real name. */
export const isPattern = (text: string) => MAGIC.test(text);

/**
 * The files and folders a pattern matches: `*` and `?` within a name, `**` any depth of folders, `[a-z]`, `[!a-z]`,
 * `{a,b}`. Hidden names need their dot written. Folders that cannot be read match nothing.
 *
 * @returns paths by name, each once
 */
export async function matches(pattern: string): Promise<string[]> {
	const found = new Set<string>();
	for (const alternative of withoutBraces(pattern)) {
		const segments = alternative.split(process.platform === 'win32' ? /[\\/]+/ : /\/+/);
		const root = segments[0] === '' ? '/' : '';
		await descend(root, root === '' ? segments : segments.slice(1), found);
	}
	const collator = new Intl.Collator();
	return [...found].sort(collator.compare);
}

/** Every alternative of `{a,b}` written out, one within another too. */
function withoutBraces(pattern: string): string[] {
	const inner = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
	if (inner === null) return [pattern];
	const before = pattern.slice(0, inner.index);
	const after = pattern.slice(inner.index + inner[0].length);
	return inner[1]!.split(',').flatMap((choice) => withoutBraces(before + choice + after));
}

async function descend(folder: string, [segment, ...rest]: string[], found: Set<string>): Promise<void> {
	if (segment === undefined || segment === '') {
		if (folder !== '') found.add(folder);
		return;
	}
	if (segment !== '**' && !MAGIC.test(segment)) {
		const path = join(folder, segment);
		if (rest.length > 0) return descend(path, rest, found);
		const names = await entriesOf(folder);
		if (names.some(({name}) => name === segment)) found.add(path);
		return;
	}
	if (segment === '**') return anyDepth(folder, rest.length === 0 ? ['*'] : rest, found);
	const matcher = segmentPattern(segment);
	for (const entry of await entriesOf(folder)) {
		if (!matcher.test(entry.name)) continue;
		const path = join(folder, entry.name);
		if (rest.length === 0) found.add(path);
		else if (!entry.isFile()) await descend(path, rest, found);
	}
}

async function anyDepth(folder: string, rest: string[], found: Set<string>): Promise<void> {
	await descend(folder, rest, found);
	for (const entry of await entriesOf(folder)) {
		if (entry.isDirectory() && !isHidden(entry.name)) {
			await anyDepth(join(folder, entry.name), rest, found);
		}
	}
}

const entriesOf = (folder: string) =>
	readdir(folder === '' ? '.' : folder, {withFileTypes: true}).catch(() => []);

/** One segment of a pattern as a test for names. */
function segmentPattern(segment: string): RegExp {
	const source = segment.replace(
		/\[([!^]?)([^\]]+)\]|[\s\S]/g,
		(piece, not: string | undefined, set: string) => {
			if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`;
			if (piece === '*') return '.*';
			if (piece === '?') return '.';
			return piece.replace(/[\\^$.|+()[\]{}/]/, '\\$&');
		},
	);
	try {
		return new RegExp(`^${segment.startsWith('.') ? '' : '(?!\\.)'}${source}$`, 'su');
	} catch {
		// A range such as [z-a] matches nothing.
		return /(?!)/;
	}
}
