/** The forms in which a person writes a setting: as one argument on the command line, or as a value in TOML. */
import {z} from 'zod';

export type ValueKind =
	| 'text'
	| 'number'
	/** On or off. */
	| 'switch'
	/** Comma-separated on the command line. */
	| 'list'
	/** Punctuation marks: a comma is one of them, so they stand side by side. */
	| 'marks'
	/** One a flag, as often as wanted. */
	| 'items'
	/** A file. */
	| 'path'
	/** Files, one a flag. */
	| 'paths'
	/** A file, or `env:NAME`: what may hold a secret must not stand on a command line. */
	| 'secret';

const texts = z.array(z.string());
const oneOrMore = z.union([z.string(), texts]);

/** What TOML may hold for a kind. */
export const TOML_SCHEMAS: Readonly<Record<ValueKind, z.ZodType>> = {
	text: z.string(),
	number: z.number(),
	switch: z.boolean(),
	list: oneOrMore,
	marks: oneOrMore,
	items: oneOrMore,
	path: z.string(),
	paths: oneOrMore,
	secret: z.string(),
};

/** One word of text from the command line as a value of its kind; a text that is none stays as it is. */
export function fromText(kind: ValueKind, text: string): unknown {
	switch (kind) {
		case 'number':
			return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
		case 'switch':
			return text === 'true' || text === 'on' ? true : text === 'false' || text === 'off' ? false : text;
		case 'list':
		case 'marks':
		case 'items':
		case 'paths':
			return listOf(kind, text);
		default:
			return text;
	}
}

/** A value as a person would type it. */
export function toText(kind: ValueKind, value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (!Array.isArray(value)) return String(value);
	if (kind === 'marks') return value.length === 0 ? 'none' : value.join(value[0] === 'all' ? ',' : '');
	return value.join(kind === 'list' ? ', ' : '; ');
}

/** A value from TOML as the rest of the program has it: a single text where a list is wanted becomes one. */
export function fromToml(kind: ValueKind, value: unknown): unknown {
	const isList = kind === 'list' || kind === 'marks' || kind === 'items' || kind === 'paths';
	return isList && typeof value === 'string' ? listOf(kind, value) : value;
}

function listOf(kind: 'list' | 'marks' | 'items' | 'paths', text: string): string[] {
	if (kind === 'items' || kind === 'paths') return [text];
	if (kind === 'list') {
		return text
			.split(',')
			.map((item) => item.trim())
			.filter((item) => item !== '');
	}
	if (text === 'all') return ['all'];
	return text === 'none' ? [] : [...text.replace(/\s/gu, '')];
}
