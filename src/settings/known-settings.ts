/** Every name that config.toml may hold, `section.key`, and what may stand there. */
import type {z} from 'zod';
import {problemOf} from './check-value.ts';
import {PROGRAM_SETTINGS} from './program-settings.ts';
import {suggestion} from './suggest.ts';
import {TRANSCRIPTION_OPTIONS, valueSchemas} from './transcription-options.ts';
import {fromToml, TOML_SCHEMAS, type ValueKind} from './value-kinds.ts';

export interface KnownSetting {
	readonly name: string;
	readonly kind: ValueKind;
	/** One of them must fit. */
	readonly schemas: readonly z.ZodType[];
	readonly description: string;
}

export const KNOWN_SETTINGS: ReadonlyMap<string, KnownSetting> = new Map(
	[
		...Object.entries(PROGRAM_SETTINGS).map(([name, {kind, schema, description}]) => ({
			name,
			kind,
			schemas: [schema],
			description,
		})),
		// What both services know may be set for both at once, or for one of them.
		...TRANSCRIPTION_OPTIONS.flatMap((option) => {
			const {name, kind, services, description} = option;
			const sections = services.length > 1 ? ['transcription', ...services] : services;
			const schemas = valueSchemas(option);
			return sections.map((section) => ({name: `${section}.${name}`, kind, schemas, description}));
		}),
	].map((setting) => [setting.name, setting]),
);

/**
 * What is wrong with a value as TOML has it, as the rest of a sentence that begins with its name.
 *
 * @returns undefined where it may stand there
 */
export function settingProblem({kind, schemas}: KnownSetting, value: unknown): string | undefined {
	return problemOf([TOML_SCHEMAS[kind]], value) ?? problemOf(schemas, fromToml(kind, value));
}

/** What to say of a name that is none. */
export function unknownSetting(name: string): string {
	const [section = '', ...rest] = name.split('.');
	const key = rest.join('.');
	const elsewhere = [...KNOWN_SETTINGS.keys()].find((other) => other.slice(other.indexOf('.') + 1) === key);
	const meant = elsewhere ?? suggestion(name, KNOWN_SETTINGS.keys()) ?? sectionOf(section);
	return `there is no setting ${name}${meant === undefined ? '' : `, did you mean ${meant}?`}`;
}

function sectionOf(name: string): string | undefined {
	const sections = new Set([...KNOWN_SETTINGS.keys()].map((known) => known.slice(0, known.indexOf('.'))));
	const near = sections.has(name) ? undefined : suggestion(name, sections);
	return near === undefined ? undefined : `[${near}]`;
}

const SECRET = /(^|[_-])(api_?key|key|auth_?token|token|jwt|secret|password)$/i;

/** Whether a name says that its value is a secret, which no profile may hold. */
export function namesSecret(name: string): boolean {
	return !KNOWN_SETTINGS.has(name) && SECRET.test(name.split('.').at(-1) ?? '');
}

export const WHERE_KEYS_BELONG =
	'looks like a key, and keys do not belong in this file: run "speechdeck login", or set SPEECHMATICS_API_KEY';
