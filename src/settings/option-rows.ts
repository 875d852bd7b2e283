/** One option as a line of a table; transcription-options.ts says what the columns mean. */
import type {ConfigPath} from './check-value.ts';
import type {ValueKind} from './value-kinds.ts';

export type ServiceKind = 'batch' | 'realtime';

/** How a value becomes what is sent; what is neither a value nor an object is read by option-files.ts. */
export type Becomes = 'value' | 'object' | 'addresses' | 'vocabulary' | 'replacements' | 'json' | 'headers';

export type Row = readonly [
	name: string,
	kind: ValueKind,
	path: ConfigPath,
	services: readonly ServiceKind[],
	value: string,
	description: string,
	becomes?: Becomes,
];

/** Rows by the heading they stand under in the help. */
export type OptionTable = Readonly<Record<string, readonly Row[]>>;

export const BOTH = ['batch', 'realtime'] as const;
export const BATCH = ['batch'] as const;
export const REALTIME = ['realtime'] as const;

/** A field of `transcription_config`. */
export const words = (key: string) => ['transcription_config', key];
