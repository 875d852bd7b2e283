/**
 * What is asked of the service, from all that is set: the flag counts before `--config`, that before config.toml, that
 * before the default. Pure: what stands in files was read before.
 */
import {checkConfig, unknownFields} from '../speechmatics/check-config.ts';
import {DEFAULT_LANGUAGE, DEFAULT_MODEL, JobConfig} from '../speechmatics/config.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import type {StartOptions} from '../speechmatics/realtime-start.ts';
import {withModel} from '../speechmatics/shared-config.ts';
import {checkDictionary} from './dictionary.ts';
import type {Origin} from './origin.ts';
import {type Json, type Layer, put, RequestBuilder} from './request-builder.ts';
import {RealtimeRequest, type ServiceKind} from './transcription-options.ts';

/** Seconds from a word to its final. Source: docs, "Realtime output": 2 s costs about 1 % accuracy. */
const DEFAULT_MAX_DELAY = 2;

/** Ours, by the names of options; what is not here is the service's to decide. */
export const DEFAULTS: Readonly<Record<ServiceKind, Readonly<Record<string, unknown>>>> = {
	batch: {language: DEFAULT_LANGUAGE, model: DEFAULT_MODEL, diarization: 'speaker'},
	realtime: {language: DEFAULT_LANGUAGE, model: DEFAULT_MODEL, partials: true, max_delay: DEFAULT_MAX_DELAY},
};

export interface RequestParts {
	/** From config.toml, for this service. */
	readonly profile?: Layer;
	/** The content of `--config`, and its file's name for messages. */
	readonly configFile?: {readonly content: unknown; readonly file: string} | undefined;
	readonly flags?: Layer;
}

export interface Built {
	/** By the names of options. */
	readonly origins: ReadonlyMap<string, Origin>;
	/** One sentence each, for the user to see before anything is sent. */
	readonly warnings: readonly string[];
}

export interface BuiltJob extends Built {
	readonly config: JobConfig;
	/** For recordings that the service fetches by itself: `fetch_data` is made for each of them. */
	readonly fetch: {readonly url: string | undefined; readonly authHeaders: readonly string[]};
}

export interface BuiltSession extends Built {
	/** What `RealtimeClient.start` takes, beside the audio format and the signal. */
	readonly start: Required<Pick<StartOptions, 'transcriptionConfig'>> &
		Pick<StartOptions, 'translationConfig' | 'audioEventsConfig'>;
}

/** @throws ConfigurationError naming the flag, or file, line and field */
export function batchJobConfig(parts: RequestParts): BuiltJob {
	const {request, origins, warnings} = build('batch', parts);
	const {fetch_data: fetched, notification_config: notified, ...rest} = request;
	const {url, auth_headers: authHeaders = []} = (fetched ?? {}) as {url?: string; auth_headers?: string[]};
	const notifications = withAddress((notified ?? []) as Json[], origins);
	const config = checkConfig(
		JobConfig,
		{...rest, type: 'transcription', ...(notifications.length > 0 && {notification_config: notifications})},
		'The job config',
	);
	return {config, fetch: {url, authHeaders}, origins, warnings};
}

/** @throws ConfigurationError naming the flag, or file, line and field */
export function realtimeConfig(parts: RequestParts): BuiltSession {
	const {request, origins, warnings} = build('realtime', parts);
	const checked = checkConfig(RealtimeRequest, request, 'The session config');
	const {transcription_config, translation_config, audio_events_config} = checked;
	return {
		start: {
			transcriptionConfig: transcription_config,
			...(translation_config && {translationConfig: translation_config}),
			...(audio_events_config && {audioEventsConfig: audio_events_config}),
		},
		origins,
		warnings,
	};
}

function build(service: ServiceKind, {profile = new Map(), configFile, flags = new Map()}: RequestParts) {
	const builder = new RequestBuilder(service);
	const {warnings} = builder;
	const fallback = Object.entries(DEFAULTS[service]).map(
		([name, value]) => [name, {value, origin: {kind: 'default'}}] as const,
	);
	builder.addLayer(new Map(fallback));
	builder.addLayer(profile);
	if (configFile !== undefined)
		builder.addConfig(checkedFile(service, configFile, warnings), configFile.file);
	builder.addLayer(flags, {asks: true});
	const request = builder.build();
	const {language, model} = request.transcription_config as {language: string; model: string};
	const dictionary = checkDictionary(builder.vocabulary, language);
	if (dictionary.errors.length > 0) throw new ConfigurationError(dictionary.errors[0]!);
	warnings.push(...dictionary.warnings);
	if (dictionary.vocabulary.length > 0) {
		put(request, ['transcription_config', 'additional_vocab'], dictionary.vocabulary);
		if (model === 'melia-1')
			warnings.push('The model melia-1 takes no dictionary yet, so the service may ignore it');
	}
	return {request, origins: builder.origins, warnings};
}

const SCHEMAS = {batch: JobConfig, realtime: RealtimeRequest.partial()} as const;
/** Of a whole message to the realtime service; what the audio is, the audio itself says. */
const NOT_ASKED = ['message', 'audio_format', 'type'];

/** A config that somebody wrote for the service itself. */
function checkedFile(
	service: ServiceKind,
	{content, file}: {content: unknown; file: string},
	warnings: string[],
): Json {
	if (typeof content !== 'object' || content === null || Array.isArray(content)) {
		throw new ConfigurationError(
			`${file} must hold an object such as {"transcription_config": {"language": "en"}}`,
		);
	}
	const {transcription_config: words = {}, ...rest} = withoutNull(content) as {
		transcription_config?: Json;
	} & Json;
	const complete: Json = {
		...(service === 'batch' && {type: 'transcription'}),
		...rest,
		// A language may come from elsewhere.
		transcription_config: {language: DEFAULT_LANGUAGE, ...words},
	};
	checkConfig(SCHEMAS[service], complete, file);
	const unknown = unknownFields(SCHEMAS[service], complete).filter((field) => !NOT_ASKED.includes(field));
	const isForeign = (field: string) => service === 'realtime' && !field.includes('.');
	for (const field of unknown) {
		warnings.push(
			isForeign(field)
				? `${file}: ${field} means nothing to the realtime service and is left out`
				: `${file}: ${field} is not known here and is sent as it is`,
		);
	}
	const {type: _type, ...asked} = rest;
	return {...asked, transcription_config: withModel(words)};
}

/** The service gives a config back with null for what was not set. */
function withoutNull(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNull);
	if (typeof value !== 'object' || value === null) return value;
	const kept = Object.entries(value).filter(([, inner]) => inner !== null);
	return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNull(inner)]));
}

/** Details of a notification in config.toml wait for an address; those of a flag want one. */
function withAddress(notifications: readonly Json[], origins: ReadonlyMap<string, Origin>): Json[] {
	const complete = notifications.filter(({url}) => url !== undefined);
	const flag = ['notify_contents', 'notify_method', 'notify_headers']
		.map((name) => origins.get(name))
		.find((origin) => origin?.kind === 'flag');
	if (complete.length === 0 && flag?.kind === 'flag') {
		throw new ConfigurationError(`${flag.flag} needs an address: add --notify URL`);
	}
	return complete;
}
