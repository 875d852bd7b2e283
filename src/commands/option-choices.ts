import type {z} from 'zod';
import {wordsOf} from '../settings/check-value.ts';
import type {ValueKind} from '../settings/value-kinds.ts';
import {MODELS} from '../speechmatics/shared-config.ts';

export interface Choosable {
	readonly name: string;
	readonly kind: ValueKind;
	readonly schemas: readonly z.ZodType[];
}

/** Any name may be a model; these are the ones there are. */
const WORDS: Readonly<Record<string, readonly string[]>> = {model: MODELS};

/** The values among which a person chooses, where an option has such; a list has as many as one likes of them. */
export function choicesOf({name, kind, schemas}: Choosable): readonly string[] {
	if (kind === 'switch') return ['on', 'off'];
	if (kind !== 'text') return [];
	const known = WORDS[name.slice(name.indexOf('.') + 1)];
	return known ?? [...new Set(schemas.flatMap(wordsOf))];
}
