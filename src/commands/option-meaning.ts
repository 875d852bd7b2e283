/** What an option means to a person who types its value into a field, instead of repeating a flag. */
import type {z} from 'zod';
import {wordsOf} from '../settings/check-value.ts';
import type {ValueKind} from '../settings/value-kinds.ts';

/** Those that are described beside another one, which stands elsewhere in the app. */
const ALONE: Readonly<Record<string, string>> = {
	vocab: 'words to know, each as "content: sounds like, other"',
	replace: 'what to write instead, as "from:to" or "/pattern/:to"',
};

const FORMS: Partial<Record<ValueKind, (meaning: string) => string>> = {
	list: (meaning) => `${meaning}; several with a comma between`,
	items: (meaning) => `${meaning}; several with ; between`,
	path: (meaning) => `a file or folder: ${meaning}`,
	paths: (meaning) => `files, with ; between: ${meaning}`,
};

/** @param name such as `batch.vocab`, or without its section */
export function meaningOf(
	name: string,
	{kind, description, schemas}: {kind: ValueKind; description: string; schemas: readonly z.ZodType[]},
): string {
	const option = name.slice(name.indexOf('.') + 1);
	const words = kind === 'list' ? [...new Set(schemas.flatMap(wordsOf))] : [];
	const among = words.length === 0 ? '' : `: ${words.join(', ')}`;
	const meaning = (ALONE[option] ?? description.replace('; repeatable', '')) + among;
	return FORMS[kind]?.(meaning) ?? meaning;
}
