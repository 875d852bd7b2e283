/** From what is set to what is sent: reads the files that flags and config.toml name. */
import {basename} from 'node:path';
import {
	type BuiltJob,
	type BuiltSession,
	batchJobConfig,
	type RequestParts,
	realtimeConfig,
} from './job-config.ts';
import {optionOf, type Settings} from './load.ts';
import {readJson, readOption} from './option-files.ts';
import type {Sourced} from './origin.ts';
import type {Layer} from './request-builder.ts';
import {flagOf, optionsOf, type ServiceKind} from './transcription-options.ts';

/** What the command line said about the transcription, and nothing that it did not say. */
export interface GivenOptions {
	/** By the names of options, such as `speaker_sensitivity`. */
	readonly values: Readonly<Record<string, unknown>>;
	/** The path of `--config`. */
	readonly config?: string | undefined;
}

/** @throws ConfigurationError naming the flag, or file, line and field */
export function batchRequest(settings: Settings, given: GivenOptions): BuiltJob {
	return batchJobConfig(partsOf('batch', settings, given));
}

/** @throws ConfigurationError naming the flag, or file, line and field */
export function realtimeRequest(settings: Settings, given: GivenOptions): BuiltSession {
	return realtimeConfig(partsOf('realtime', settings, given));
}

function partsOf(service: ServiceKind, settings: Settings, {values, config}: GivenOptions): RequestParts {
	const flags = new Map<string, Sourced<unknown>>();
	const profile = new Map<string, Sourced<unknown>>();
	for (const option of optionsOf(service)) {
		const add = (layer: Map<string, Sourced<unknown>>, given: Sourced<unknown>) =>
			layer.set(option.name, readOption(option, given, settings.environment));
		const value = values[option.name];
		if (value !== undefined) add(flags, {value, origin: {kind: 'flag', flag: flagOf(option)}});
		const found = optionOf(settings, service, option);
		// What the flag replaces need not be there any more; what it adds to must.
		const adds = option.becomes === 'vocabulary' || option.becomes === 'replacements';
		if (found !== undefined && (value === undefined || adds)) add(profile, found);
	}
	return {
		flags: flags satisfies Layer,
		profile,
		configFile:
			config === undefined ? undefined : {content: readJson(config, '--config'), file: basename(config)},
	};
}
