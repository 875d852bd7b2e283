/**
 * Everything that can be asked of the service, each with its name (a key in config.toml, and with dashes a flag), the
 * form a person writes it in, and its place in the config that is sent. Values are checked with the schemas of that
 * place, so the limits are the library's.
 */

import {z} from 'zod';
import {
	JobConfig,
	RealtimeAudioEventsConfig,
	RealtimeTranscriptionConfig,
	RealtimeTranslationConfig,
} from '../speechmatics/config.ts';
import {type ConfigPath, schemaAt} from './check-value.ts';
import {HEARING_OPTIONS} from './hearing-options.ts';
import {MAKING_OPTIONS} from './making-options.ts';
import type {Becomes, ServiceKind} from './option-rows.ts';
import type {ValueKind} from './value-kinds.ts';

export type {ServiceKind} from './option-rows.ts';

/** What a realtime session asks for, by the names of `StartRecognition`. */
export const RealtimeRequest = z.looseObject({
	transcription_config: RealtimeTranscriptionConfig,
	translation_config: RealtimeTranslationConfig.optional(),
	audio_events_config: RealtimeAudioEventsConfig.optional(),
});

export const REQUEST_SCHEMAS = {batch: JobConfig, realtime: RealtimeRequest} as const;

export interface TranscriptionOption {
	readonly name: string;
	readonly kind: ValueKind;
	/** Where it goes in the config that is sent. */
	readonly path: ConfigPath;
	readonly becomes: Becomes;
	readonly services: readonly ServiceKind[];
	readonly group: string;
	/** What stands in `<…>` in the help. */
	readonly value: string;
	readonly description: string;
}

export const TRANSCRIPTION_OPTIONS: readonly TranscriptionOption[] = Object.entries({
	...HEARING_OPTIONS,
	...MAKING_OPTIONS,
}).flatMap(([group, rows]) =>
	rows.map(([name, kind, path, services, value, description, becomes = 'value']) => ({
		name,
		kind,
		path,
		services,
		group,
		value,
		description,
		becomes,
	})),
);

export function optionsOf(service: ServiceKind): TranscriptionOption[] {
	return TRANSCRIPTION_OPTIONS.filter(({services}) => services.includes(service));
}

/** `--speaker-sensitivity` */
export function flagOf({name}: TranscriptionOption): string {
	return `--${name.replaceAll('_', '-')}`;
}

/** What a value must be, before it becomes what is sent: one schema for each service that takes the option. */
export function valueSchemas(option: TranscriptionOption): z.ZodType[] {
	if (option.becomes !== 'value') return [];
	return option.services.flatMap((service) => schemaAt(REQUEST_SCHEMAS[service], option.path) ?? []);
}
