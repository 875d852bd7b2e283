/** Tells what is wrong in a config by the name of its field, before anything is sent. */
import type {z} from 'zod';
import {ConfigurationError} from './errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * Checks what a caller asks for against its schema. Fields newer than this library pass.
 *
 * @param what stands first in the message, such as `The job config`
 * @returns the value as it is to be sent
 * @throws ConfigurationError that names the first wrong field and what it may be
 */
export function checkConfig<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	what: string,
): z.output<Schema> {
	const result = schema.safeParse(value, {reportInput: true});
	if (result.success) return result.data;
	const issue = mostSpecific(result.error.issues[0]!);
	const field = fieldName(issue.path);
	throw new ConfigurationError(
		`${what} is wrong${field === '' ? '' : ` at ${field}`}: ${explanation(issue)}`,
	);
}

/**
 * The fields of a value that its schema does not know, such as `transcription_config.langauge`. They are sent all the
 * same, since the service may be newer than this library; a caller may want to warn about them.
 */
export function unknownFields(schema: z.ZodType, value: unknown): string[] {
	return [...unknown(schema, value, [])];
}

function* unknown(schema: z.core.$ZodType, value: unknown, path: readonly PropertyKey[]): Generator<string> {
	const {def} = schema._zod as z.core.$ZodType['_zod'] & {def: SchemaDefinition};
	switch (def.type) {
		case 'object':
			if (!isRecord(value)) return;
			for (const [name, field] of Object.entries(value)) {
				const known = def.shape?.[name];
				if (known !== undefined) yield* unknown(known, field, [...path, name]);
				else if (field !== undefined) yield fieldName([...path, name]);
			}
			return;
		case 'array':
			if (!Array.isArray(value) || def.element === undefined) return;
			for (const [index, item] of value.entries()) yield* unknown(def.element, item, [...path, index]);
			return;
		case 'union': {
			const options = def.options ?? [];
			const fitting = options.find((option) => (option as z.ZodType).safeParse(value).success);
			if (fitting !== undefined) yield* unknown(fitting, value, path);
			return;
		}
		default:
			// Everything that wraps another schema (optional, nullable, default, readonly) names it the same.
			if (def.innerType !== undefined) yield* unknown(def.innerType, value, path);
	}
}

/** What this file reads of zod's own description of a schema. */
interface SchemaDefinition {
	readonly type: string;
	readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
	readonly element?: z.core.$ZodType;
	readonly options?: readonly z.core.$ZodType[];
	readonly innerType?: z.core.$ZodType;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `a.b[2].c` */
function fieldName(path: readonly PropertyKey[]): string {
	return path.reduce<string>((name, key) => {
		if (typeof key === 'number') return `${name}[${key}]`;
		return name === '' ? String(key) : `${name}.${String(key)}`;
	}, '');
}

/** Of the alternatives that a value may be, the one it came nearest to says best what is wrong. */
function mostSpecific(issue: Issue): Issue {
	if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
	const deepest = issue.errors
		.flatMap((issues) => issues.slice(0, 1))
		.reduce((best, other) => (other.path.length > best.path.length ? other : best));
	if (deepest.path.length === 0) return issue;
	return mostSpecific({...deepest, path: [...issue.path, ...deepest.path]} as Issue);
}

function explanation(issue: Issue): string {
	switch (issue.code) {
		case 'invalid_value': {
			const allowed = issue.values.map((value) => JSON.stringify(value)).join(', ');
			return `it must be ${issue.values.length === 1 ? '' : 'one of '}${allowed}${instead(issue.input)}`;
		}
		case 'invalid_type':
			return `it must be ${named(issue.expected)}${instead(issue.input)}`;
		case 'too_small':
			return `it must ${limit('at least', issue.minimum, issue.origin, issue.inclusive)}`;
		case 'too_big':
			return `it must ${limit('at most', issue.maximum, issue.origin, issue.inclusive)}`;
		case 'unrecognized_keys':
			return `it must not have ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
		case 'invalid_union':
			return `it must be ${alternatives(issue)}${instead(issue.input)}`;
		default:
			return issue.message;
	}
}

function alternatives(issue: Extract<Issue, {code: 'invalid_union'}>): string {
	const kinds = issue.errors.flatMap(([first]) =>
		first?.code === 'invalid_type' ? [named(first.expected)] : [],
	);
	return kinds.length === 0 ? 'something else' : [...new Set(kinds)].join(' or ');
}

function limit(
	bound: 'at least' | 'at most',
	value: number | bigint,
	origin: string,
	inclusive = true,
): string {
	const isSized = origin === 'string' || origin === 'array' || origin === 'set';
	if (isSized && bound === 'at least' && value === 1) return 'not be empty';
	const count = `${bound} ${value}`;
	if (origin === 'string') return `be ${count} characters long`;
	if (isSized) return `be a list of ${count} items`;
	if (inclusive) return `be ${count}`;
	return `be ${bound === 'at least' ? 'more' : 'less'} than ${value}`;
}

/** A text or number may be repeated: a config holds no secrets but header lines, which are never wrong by value. */
function instead(input: unknown): string {
	if (input === undefined) return ', and it is missing';
	if (typeof input === 'string') return `, not ${JSON.stringify(input.slice(0, 60))}`;
	if (typeof input === 'number' || typeof input === 'boolean' || input === null) return `, not ${input}`;
	return '';
}

function named(kind: string): string {
	if (kind === 'int') return 'a whole number';
	if (kind === 'boolean') return 'true or false';
	if (kind === 'array') return 'a list';
	return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
