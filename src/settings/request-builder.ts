/** Puts what is asked for together, layer upon layer: each one wins over those before it. Pure but for itself. */
import {ConfigurationError} from '../speechmatics/errors.ts';
import {type ConfigPath, problemOf, schemaAt} from './check-value.ts';
import {type DictionaryEntry, DictionaryError, entriesOf} from './dictionary.ts';
import {placeOf} from './option-files.ts';
import {type Origin, originText, type Sourced} from './origin.ts';
import type {Replacement} from './replacements.ts';
import {
	optionsOf,
	REQUEST_SCHEMAS,
	type ServiceKind,
	type TranscriptionOption,
} from './transcription-options.ts';

/** Values by the names of options; files are read already. */
export type Layer = ReadonlyMap<string, Sourced<unknown>>;
export type Json = Record<string, unknown>;

const VOCABULARY = ['transcription_config', 'additional_vocab'];
const REPLACEMENTS = ['transcription_config', 'transcript_filtering_config', 'replacements'];

export class RequestBuilder {
	readonly service: ServiceKind;
	readonly origins = new Map<string, Origin>();
	/** One sentence each. */
	readonly warnings: string[] = [];
	vocabulary: DictionaryEntry[] = [];
	#replacements: Replacement[] = [];
	#config: Json = {};
	/** Add-ons by their key in the config, and whether they are wanted. */
	readonly #wanted = new Map<string, boolean>();

	constructor(service: ServiceKind) {
		this.service = service;
	}

	/** @param asks true where an add-on's detail asks for the add-on too: what is typed is meant now */
	addLayer(layer: Layer, {asks = false} = {}): void {
		const options = optionsOf(this.service).filter(({name}) => layer.has(name));
		const add = (option: TranscriptionOption) => this.#add(option, layer.get(option.name)!, asks);
		for (const option of options) add(option);
		// A switch that was given says it itself, whatever its details say.
		for (const option of options) if (option.becomes === 'object') add(option);
	}

	/** A whole config in the form of the service; its lists replace those before it. */
	addConfig(config: Json, file: string): void {
		const origin: Origin = {kind: 'config', file};
		const words = valueAt(config, VOCABULARY);
		if (Array.isArray(words)) {
			try {
				this.vocabulary = entriesOf(words, file);
			} catch (error) {
				if (error instanceof DictionaryError) throw new ConfigurationError(error.message);
				throw error;
			}
		}
		const replacements = valueAt(config, REPLACEMENTS);
		if (Array.isArray(replacements)) this.#replacements = replacements;
		for (const option of optionsOf(this.service)) {
			if (valueAt(config, option.path) === undefined) continue;
			this.origins.set(option.name, origin);
			if (option.becomes === 'object') this.#wanted.set(String(option.path[0]), true);
		}
		this.#config = merged(this.#config, config);
		// Both are put in at the end, when every layer has had its say.
		remove(this.#config, VOCABULARY);
		remove(this.#config, REPLACEMENTS);
	}

	/** The config without what nobody asked for; the vocabulary is for the caller to check and put in. */
	build(): Json {
		const config = structuredClone(this.#config);
		for (const {becomes, path} of optionsOf(this.service)) {
			const [key] = path as [string];
			if (becomes === 'object' && this.#wanted.get(key) !== true) delete config[key];
		}
		this.#dropWaiting(config);
		if (this.#replacements.length > 0) put(config, REPLACEMENTS, this.#replacements);
		return config;
	}

	/** Details in the profile wait for what they are about: a language to find, or to translate into. */
	#dropWaiting(config: Json): void {
		const isAsked = (...names: string[]) =>
			names.some((name) => ['flag', 'config'].includes(this.origins.get(name)?.kind ?? ''));
		const details = ['expected_languages', 'low_confidence_action', 'default_language'];
		if (valueAt(config, ['transcription_config', 'language']) !== 'auto' && !isAsked(...details)) {
			delete config.language_identification_config;
		}
		const targets = valueAt(config, ['translation_config', 'target_languages']);
		const isNone = Array.isArray(targets) && targets.length === 0;
		if (isNone || (targets === undefined && !isAsked('translation_partials')))
			delete config.translation_config;
	}

	#add(option: TranscriptionOption, {value, origin}: Sourced<unknown>, asks: boolean): void {
		const {name, path, becomes} = option;
		this.#check(option, value, origin);
		this.origins.set(name, origin);
		const key = String(path[0]);
		switch (becomes) {
			case 'object':
				this.#wanted.set(key, value === true);
				if (value === true) this.#config[key] ??= {};
				return;
			case 'vocabulary':
				this.vocabulary = [...this.vocabulary, ...(value as DictionaryEntry[])];
				return;
			case 'replacements':
				// The first that fits a word counts, so the later layer stands first.
				this.#replacements = [...(value as Replacement[]), ...this.#replacements];
				return;
			case 'addresses':
				this.#notify(value as string[]);
				return;
			default:
				if (asks && path.length === 2) this.#wanted.set(key, true);
				this.#put(path, value);
		}
	}

	/** Another host gets no header that was meant for the one before. */
	#notify(urls: readonly string[]): void {
		const [before = {}] = (this.#config.notification_config ?? []) as Json[];
		const {url: known, auth_headers: headers, ...kept} = before;
		const host = hostOf(known);
		this.#config.notification_config = urls.map((url) => {
			if (headers === undefined) return {...kept, url};
			if (known === undefined || hostOf(url) === host) return {...kept, url, auth_headers: headers};
			const origin = this.origins.get('notify_headers');
			this.warnings.push(
				`The headers of ${origin === undefined ? 'the file' : originText(origin)} are for ${host} and are not sent to ${hostOf(url)}: add --notify-headers`,
			);
			return {...kept, url};
		});
	}

	/** A position in a list means each item that is there. */
	#put(path: ConfigPath, value: unknown): void {
		const [list, , key] = path;
		if (typeof path[1] !== 'number') {
			put(this.#config, path, value);
			return;
		}
		const items = (this.#config[String(list)] ?? [{}]) as Json[];
		this.#config[String(list)] = items.map((item) => ({...item, [String(key)]: value}));
	}

	#check(option: TranscriptionOption, value: unknown, origin: Origin): void {
		if (option.becomes === 'vocabulary' || option.becomes === 'object' || option.becomes === 'addresses')
			return;
		const schema = schemaAt(REQUEST_SCHEMAS[this.service], option.path);
		const problem = schema === undefined ? undefined : problemOf([schema], value);
		if (problem !== undefined) throw new ConfigurationError(placeOf(option, origin) + problem);
	}
}

/** What lies at a path; undefined where something on the way is missing. */
function valueAt(value: unknown, path: ConfigPath): unknown {
	return path.reduce<unknown>((inner, key) => (inner as Json | null | undefined)?.[key], value);
}

export function put(config: Json, path: ConfigPath, value: unknown): void {
	const [first, ...rest] = path;
	const key = String(first);
	if (rest.length === 0) {
		config[key] = value;
		return;
	}
	const inner = config[key];
	if (typeof inner !== 'object' || inner === null) config[key] = {};
	put(config[key] as Json, rest, value);
}

function remove(config: Json, path: readonly string[]): void {
	const [first, ...rest] = path as [string, ...string[]];
	if (rest.length === 0) delete config[first];
	else if (isObject(config[first])) {
		// What was merged may still be the caller's.
		config[first] = {...config[first]};
		remove(config[first] as Json, rest);
	}
}

/** Objects are joined; everything else is replaced. What is null says nothing. */
function merged(below: Json, above: Json): Json {
	const result = {...below};
	for (const [key, value] of Object.entries(above)) {
		if (value === null || value === undefined) continue;
		const before = result[key];
		result[key] = isObject(value) && isObject(before) ? merged(before, value) : value;
	}
	return result;
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hostOf(url: unknown): string {
	return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : String(url);
}
