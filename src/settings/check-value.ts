/** One value against the part of a schema that it will become. The limits stay where the wire format has them. */
import type {z} from 'zod';
import {checkConfig} from '../speechmatics/check-config.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';

/** Keys and positions from the top of a config. */
export type ConfigPath = readonly (string | number)[];

interface Definition {
	readonly shape?: Readonly<Record<string, z.ZodType>>;
	readonly element?: z.ZodType;
	readonly innerType?: z.ZodType;
	readonly entries?: Readonly<Record<string, string | number>>;
	readonly options?: readonly z.ZodType[];
}

/** The schema of what lies at `path`, or undefined where the schema has nothing there. */
export function schemaAt(schema: z.ZodType, path: ConfigPath): z.ZodType | undefined {
	const {innerType, shape, element} = schema.def as Definition;
	if (innerType !== undefined) return schemaAt(innerType, path);
	const [first, ...rest] = path;
	if (first === undefined) return schema;
	const next = typeof first === 'number' ? element : shape?.[first];
	return next === undefined ? undefined : schemaAt(next, rest);
}

/** The words that a schema takes, where it does not take just any. */
export function wordsOf(schema: z.ZodType): string[] {
	const {entries = {}, innerType, element, options = []} = schema.def as Definition;
	const within = [innerType, element, ...options].filter((inner) => inner !== undefined);
	return [...Object.values(entries).map(String), ...within.flatMap(wordsOf)];
}

/**
 * What is wrong with a value, as the rest of a sentence that begins with its name, such as ` must be at most 1, not 3`.
 *
 * @param schemas one of them must fit; the first one says what is wrong
 * @returns undefined where one fits, or none is known
 */
export function problemOf(schemas: readonly z.ZodType[], value: unknown): string | undefined {
	const problems = schemas.map((schema) => problemWith(schema, value));
	return problems.includes(undefined) ? undefined : problems[0];
}

function problemWith(schema: z.ZodType, value: unknown): string | undefined {
	try {
		checkConfig(schema, value, '');
		return undefined;
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		const [, at = '', why = error.message] = /^ is wrong(?: at (.*?))?: (.*)$/s.exec(error.message) ?? [];
		const place = at === '' || at.startsWith('[') ? at : `.${at}`;
		return why.startsWith('it ') ? place + why.slice('it'.length) : `${place}: ${why}`;
	}
}
