/** What both APIs have in common of what a caller may ask for. */
import {z} from 'zod';
import {ConfigurationError} from './errors.ts';

/** Names of the recognition models. Another string is passed on, so that a new model needs no release of ours. */
export const MODELS = ['standard', 'enhanced', 'melia-1'] as const;

/** The service itself falls back to `standard`; its own SDKs send `enhanced`, and so do we, visibly. */
export const DEFAULT_MODEL = 'enhanced';
export const DEFAULT_LANGUAGE = 'en';

/** Fields of `transcription_config` that both APIs have. */
export const sharedTranscriptionFields = {
	language: z.string().min(1),
	model: z.string().optional(),
	/** Deprecated by the service; `model` is its name now. */
	operating_point: z.string().optional(),
	domain: z.string().optional(),
	output_locale: z.string().min(1).optional(),
	enable_entities: z.boolean().optional(),
};

/**
 * A config as it is to be sent: what was asked for by the old name `operating_point` goes as `model`.
 *
 * @throws ConfigurationError when both are given
 */
export function withModel<Config extends {model?: string | undefined; operating_point?: string | undefined}>(
	config: Config,
): Config {
	const {operating_point: old, ...rest} = config;
	if (old === undefined) return config;
	if (config.model !== undefined)
		throw new ConfigurationError('Give either model or operating_point, which is its old name, not both');
	return {...rest, model: old} as Config;
}
