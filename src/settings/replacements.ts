/** What to write instead of what was heard. */
import {ConfigurationError} from '../speechmatics/errors.ts';

export interface Replacement {
	readonly from: string;
	readonly to: string;
}

/**
 * Reads `from:to`, or `/pattern/:to` with an ECMAScript pattern.
 *
 * @param place for messages, such as `words.txt line 3`
 * @throws ConfigurationError naming the place; a pattern that is none would fail the whole job
 */
export function replacement(text: string, place: string): Replacement {
	const isPattern = text.startsWith('/');
	const end = isPattern ? text.lastIndexOf('/:') + 1 : text.indexOf(':');
	if (end <= (isPattern ? 1 : 0)) {
		throw new ConfigurationError(`${place}: a replacement is written "from:to" or "/pattern/:to"`);
	}
	const [from, to] = [text.slice(0, end), text.slice(end + 1)];
	if (isPattern) checkPattern(from.slice(1, -1), place);
	return {from, to};
}

/** @param text a file with one a line, `#` before comments */
export function parseReplacements(text: string, name: string): Replacement[] {
	return text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.flatMap((line, index) =>
			line.trim() === '' || line.startsWith('#') ? [] : [replacement(line, `${name} line ${index + 1}`)],
		);
}

function checkPattern(pattern: string, place: string): void {
	try {
		new RegExp(pattern, 'u');
	} catch (error) {
		throw new ConfigurationError(`${place}: ${(error as Error).message}`);
	}
}
