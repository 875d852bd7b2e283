import {stat} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {isAddress} from './addresses.ts';

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
 * The paths that a dropped or pasted text names. A text that is a path as it stands is that one, spaces and quotes and
 * all.
 */
export async function droppedPaths(text: string): Promise<string[]> {
	const whole = text.trim();
	const exists = await stat(whole).catch(() => undefined);
	return exists === undefined ? pathsIn(text) : [whole];
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
