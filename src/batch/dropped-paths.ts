import {stat} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

/**
 * The paths in a text that was dropped or pasted into a terminal. Terminals write them in several ways: one a line,
 * quoted, with escaped spaces, or as `file://` addresses.
 *
 * @returns candidates; whether they exist is not looked at
 */
export function pathsIn(text: string): string[] {
	return text
		.split(/\r\n|\r|\n/)
		.flatMap(wordsIn)
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
