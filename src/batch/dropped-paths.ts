import {stat} from 'node:fs/promises';
import {isAbsolute} from 'node:path';
import {fileURLToPath} from 'node:url';
import {isAddress} from './addresses.ts';

/** Words of a line that are looked for; a text has any number of them. */
const MOST_LOOKED_AT = 100;

/**
 * The paths and addresses in a text that was dropped or pasted into a terminal. Terminals write paths in several ways:
 * one a line, quoted, with escaped spaces, or as `file://` addresses. Other addresses stay as they are: quotes and
 * backslashes are part of them.
 *
 * @returns candidates; whether they exist is not looked at
 */
export function pathsIn(text: string): string[] {
	return text
		.split(/\r\n|\r|\n/)
		.flatMap((line) => (isOneAddress(line.trim()) ? [line.trim()] : wordsIn(line)))
		.map((word) => (word.startsWith('file://') ? localPath(word) : word))
		.filter((path) => path !== '');
}

/**
 * The paths that a dropped or pasted text names. A text, or a line of it, that is a path as it stands is that one, spaces
 * and quotes and all. A sentence names none.
 */
export async function droppedPaths(text: string): Promise<string[]> {
	if (await exists(text.trim())) return [text.trim()];
	const lines = text.split(/\r\n|\r|\n/).map(async (line) => {
		const whole = line.trim();
		if (await exists(whole)) return [whole];
		const words = pathsIn(line);
		return words.length < 2 || (await areNames(words)) ? words : [];
	});
	return (await Promise.all(lines)).flat();
}

/** Whether any of them is meant as a file, and it is not a sentence that was pasted. */
async function areNames(words: readonly string[]): Promise<boolean> {
	for (const word of words.slice(0, MOST_LOOKED_AT)) {
		if (isAbsolute(word) || isAddress(word) || /^~|\*/.test(word) || (await exists(word))) return true;
	}
	return false;
}

async function exists(path: string): Promise<boolean> {
	return path !== '' && (await stat(path).catch(() => undefined)) !== undefined;
}

const isOneAddress = (line: string) => isAddress(line) && !/\s/.test(line);

/** Words as a shell would see them: spaces part them unless quoted or escaped. */
function wordsIn(line: string): string[] {
	const pattern = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)/g;
	const words: string[] = [];
	let word: string | undefined;
	for (const [, single, double, escaped, plain, space] of line.matchAll(pattern)) {
		if (space !== undefined) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else {
			word = (word ?? '') + (single ?? double?.replace(/\\(.)/g, '$1') ?? escaped ?? plain ?? '');
		}
	}
	if (word !== undefined) words.push(word);
	return words;
}

function localPath(address: string): string {
	try {
		return fileURLToPath(address);
	} catch {
		return address;
	}
}
