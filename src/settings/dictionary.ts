/** A custom dictionary: read from a person's file, and freed of what the service would drop without a word. */
import {CsvError, csvRows} from './csv.ts';

export interface DictionaryEntry {
	readonly content: string;
	readonly soundsLike: readonly string[];
	/** Where it stands, such as `names.txt line 3`. */
	readonly place: string;
}

/** What the service sees. */
export interface VocabularyEntry {
	readonly content: string;
	readonly sounds_like?: string[];
}

export interface CheckedDictionary {
	readonly vocabulary: readonly VocabularyEntry[];
	/** What is left out or joined, one sentence each, with its place. */
	readonly warnings: readonly string[];
	/** What makes the whole dictionary unusable. */
	readonly errors: readonly string[];
}

/** Source: docs, "Custom dictionary"; what is longer is dropped. */
const MAX_ENTRIES = 1000;
const MAX_WORDS = 6;
const MAX_WORD_LENGTH = 4000;

/**
 * Reads a dictionary: JSON, CSV (content, then how it sounds), or a line each `content: sounds like, other`.
 *
 * @param name the file's name, for messages; its ending tells the form
 * @throws DictionaryError naming the place of what cannot be read
 */
export function parseDictionary(text: string, name: string): DictionaryEntry[] {
	const clean = text.replace(/^\uFEFF/, '');
	if (/\.json$/i.test(name) || /^\s*[[{]/.test(clean)) return fromJson(clean, name);
	return /\.csv$/i.test(name) ? fromCsv(clean, name) : fromLines(clean, name);
}

export class DictionaryError extends Error {
	override readonly name = 'DictionaryError';
}

/** One word as a line of a dictionary has it: `content: sounds like, other`. */
export function dictionaryEntry(line: string, place: string): DictionaryEntry {
	const colon = line.indexOf(':');
	const content = (colon === -1 ? line : line.slice(0, colon)).trim();
	if (content === '') throw new DictionaryError(`${place}: there is no word before the colon`);
	const sounds = colon === -1 ? [] : line.slice(colon + 1).split(',');
	return {content, soundsLike: trimmed(sounds), place};
}

/**
 * Joins entries of the same word and leaves out what the service would drop.
 *
 * @param language a code such as `en`, for the script that `sounds_like` must be in
 */
export function checkDictionary(entries: readonly DictionaryEntry[], language: string): CheckedDictionary {
	const warnings: string[] = [];
	const byContent = new Map<string, {place: string; sounds: Set<string>}>();
	for (const {content, soundsLike, place} of entries) {
		const drop = reasonToDrop(content);
		if (drop !== undefined) {
			warnings.push(`${place}: ${quoted(content)} is left out: ${drop}`);
			continue;
		}
		const known = byContent.get(content);
		if (known !== undefined)
			warnings.push(`${place}: ${quoted(content)} is there already, from ${known.place}`);
		const entry = known ?? {place, sounds: new Set<string>()};
		byContent.set(content, entry);
		for (const sound of soundsLike) {
			const reason = reasonToDrop(sound) ?? wrongScript(sound, language);
			if (reason === undefined) entry.sounds.add(sound);
			else
				warnings.push(`${place}: ${quoted(sound)} as a sound of ${quoted(content)} is left out: ${reason}`);
		}
	}
	const vocabulary = [...byContent].map(([content, {sounds}]) => ({
		content,
		...(sounds.size > 0 && {sounds_like: [...sounds]}),
	}));
	const first = [...byContent.values()][MAX_ENTRIES];
	const errors =
		first === undefined
			? []
			: [
					`The dictionary has ${byContent.size} words and may have ${MAX_ENTRIES}: from ${first.place} on there are too many`,
				];
	return {vocabulary, warnings, errors};
}

function reasonToDrop(text: string): string | undefined {
	const words = text.split(/\s+/);
	if (words.length > MAX_WORDS)
		return `it has ${words.length} words, and the service drops more than ${MAX_WORDS}`;
	if (words.some((word) => word.length > MAX_WORD_LENGTH)) {
		return `a word has more than ${MAX_WORD_LENGTH} characters, which the service drops`;
	}
	return undefined;
}

/** Languages by the script they are written in; all others that are known are written in Latin letters. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
	Arabic: ['ar', 'fa', 'ug', 'ur'],
	Bengali: ['bn'],
	Cyrillic: ['ba', 'be', 'bg', 'mn', 'ru', 'uk'],
	Devanagari: ['hi', 'mr'],
	Greek: ['el'],
	Han: ['cmn', 'yue'],
	Hangul: ['ko'],
	Hebrew: ['he'],
	Tamil: ['ta'],
	Thai: ['th'],
	Latin:
		'ca cs cy da de en eo es et eu fi fr ga gl hr hu ia id it lt lv ms mt nl no pl pt ro sk sl sv sw tl tr vi'.split(
			' ',
		),
};

/** Source: docs, "Custom dictionary": `sounds_like` only works with the main script of the language. */
function wrongScript(text: string, language: string): string | undefined {
	if (language === 'ja') {
		return /^[\p{Script=Hiragana}\u30A0-\u30FF\s]+$/u.test(text)
			? undefined
			: 'Japanese sounds must be in Hiragana or full-width Katakana';
	}
	const script = Object.keys(SCRIPTS).find((name) => SCRIPTS[name]!.includes(language));
	if (script === undefined) return undefined;
	const foreign = new RegExp(
		`(?!\\p{Script=${script}})(?!\\p{Script=Common})(?!\\p{Script=Inherited})\\p{L}`,
		'u',
	);
	return foreign.test(text) ? `sounds must be in the script of the language, ${script}` : undefined;
}

function fromLines(text: string, name: string): DictionaryEntry[] {
	return text.split(/\r?\n/).flatMap((line, index) => {
		const words = line.trim();
		return words === '' || words.startsWith('#') ? [] : [dictionaryEntry(words, `${name} line ${index + 1}`)];
	});
}

function fromCsv(text: string, name: string): DictionaryEntry[] {
	try {
		return csvRows(text).flatMap(({cells, line}, index) => {
			const [content = '', ...sounds] = trimmed(cells, true);
			const isHeading = index === 0 && /^(content|word)$/i.test(content);
			if (content.startsWith('#') || isHeading || cells.every((cell) => cell.trim() === '')) return [];
			const place = `${name} line ${line}`;
			if (content === '') throw new DictionaryError(`${place}: there is no word in the first column`);
			return [{content, soundsLike: trimmed(sounds), place}];
		});
	} catch (error) {
		if (error instanceof CsvError) throw new DictionaryError(`${name} line ${error.line}: ${error.message}`);
		throw error;
	}
}

function fromJson(text: string, name: string): DictionaryEntry[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new DictionaryError(`${name} is not JSON: ${(error as Error).message}`);
	}
	const config = value as {
		additional_vocab?: unknown;
		transcription_config?: {additional_vocab?: unknown};
	} | null;
	const list = Array.isArray(value)
		? value
		: (config?.additional_vocab ?? config?.transcription_config?.additional_vocab);
	if (!Array.isArray(list))
		throw new DictionaryError(`${name} must hold a list of words, or "additional_vocab"`);
	return entriesOf(list, name);
}

/** Entries as the service takes them: texts, or objects with `content` and `sounds_like`. */
export function entriesOf(list: readonly unknown[], name: string): DictionaryEntry[] {
	return list.map((item, index) => {
		const place = `${name} entry ${index + 1}`;
		const entry = typeof item === 'string' ? {content: item} : (item as Partial<VocabularyEntry> | null);
		const {content, sounds_like: sounds = []} = entry ?? {};
		const fits = typeof content === 'string' && content.trim() !== '' && Array.isArray(sounds);
		if (!fits || sounds.some((sound) => typeof sound !== 'string')) {
			throw new DictionaryError(`${place} must be a text, or have "content" and a list "sounds_like"`);
		}
		return {content: content.trim(), soundsLike: trimmed(sounds), place};
	});
}

function trimmed(texts: readonly string[], keepEmpty = false): string[] {
	return texts.map((text) => text.trim()).filter((text) => keepEmpty || text !== '');
}

function quoted(text: string): string {
	return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
