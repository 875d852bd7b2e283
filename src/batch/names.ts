/** What the outputs of a recording are called. */
import {basename, extname, join} from 'node:path';
import {fileName} from '../platform/file-name.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';

/** What a template may speak of. */
export interface NameFields {
	/** The recording's name without its ending. */
	readonly stem: string;
	/** The recording's name. */
	readonly name: string;
	/** The ending of the output, without a dot. */
	readonly ext: string;
	/** The language of the output, where it is known. */
	readonly lang: string | undefined;
	/** `YYYY-MM-DD`. */
	readonly date: string;
	/** The id of the job. */
	readonly job: string;
	/** Whether this is the text in a language that was not spoken. */
	readonly isTranslation?: boolean;
	/** From 2 on where the name is taken: goes before the ending, whatever the template. */
	readonly number?: number;
}

type Field = Exclude<keyof NameFields, 'isTranslation' | 'number'>;

/** A template that was read: each name in it is text and fields in turn. */
export interface NameTemplate {
	readonly text: string;
	readonly folders: ReadonlyArray<readonly Part[]>;
	readonly stem: readonly Part[];
	/** From the dot before `{ext}`, or before `{lang}.{ext}`, on. */
	readonly ending: readonly Part[];
}

type Part = {readonly text: string} | {readonly field: Field};

export const DEFAULT_TEMPLATE = '{stem}.{ext}';

const FIELDS: readonly Field[] = ['stem', 'name', 'ext', 'lang', 'date', 'job'];
/** One of these must be there, or every recording would have the same name. */
const TELLING: readonly Field[] = ['stem', 'name', 'job'];

/**
 * Reads a template such as `{date}/{stem}.{lang}.{ext}`.
 *
 * @throws ConfigurationError in one sentence that names what is wrong
 */
export function parseNameTemplate(text: string): NameTemplate {
	if (/^([/\\]|[a-z]:)/i.test(text))
		throw wrong(text, 'it must be a name below the output folder, not an absolute path');
	const segments = text.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');
	if (segments.includes('..')) throw wrong(text, 'it must not lead out of the output folder with ".."');
	const parts = segments.map((segment) => partsOf(text, segment));
	const file = parts.at(-1);
	if (file === undefined || /[/\\]$/.test(text))
		throw wrong(text, `it has no name of a file, such as ${DEFAULT_TEMPLATE}`);
	const has = (field: Field) => parts.flat().some(isField(field));
	if (!TELLING.some(has))
		throw wrong(text, 'every recording would get the same name: add {stem}, {name} or {job}');
	const {stem, ending} = partedAtEnding(file);
	if (!ending.some(isField('ext')))
		throw wrong(text, 'every format would get the same name: add {ext} to the name of the file');
	if (TELLING.some((field) => ending.some(isField(field))))
		throw wrong(text, '{ext} must come after {stem}, {name} and {job}');
	return {text, folders: parts.slice(0, -1), stem, ending};
}

/** A name is cut before its ending where it is too long, and numbered before it where it is taken. */
function partedAtEnding(file: readonly Part[]): Pick<NameTemplate, 'stem' | 'ending'> {
	const at = file.findLastIndex(isField('ext'));
	if (at < 0) return {stem: file, ending: []};
	const stem = file.slice(0, at);
	const ending = file.slice(at);
	if (moveDot(stem, ending) && stem.length > 1 && isField('lang')(stem.at(-1)!)) {
		ending.unshift(stem.pop()!);
		moveDot(stem, ending);
	}
	return {stem, ending};
}

function moveDot(from: Part[], to: Part[]): boolean {
	const last = from.at(-1);
	if (last === undefined || !('text' in last) || !last.text.endsWith('.')) return false;
	from.pop();
	if (last.text !== '.') from.push({text: last.text.slice(0, -1)});
	to.unshift({text: '.'});
	return true;
}

const isField = (field: Field) => (part: Part) => 'field' in part && part.field === field;

function partsOf(template: string, segment: string): Part[] {
	const parts: Part[] = [];
	for (const [piece, name] of segment.matchAll(/\{([^{}]*)\}|[^{}]+|[{}]/g)) {
		if (piece === '{' || piece === '}') throw wrong(template, `a "${piece}" has no partner`);
		if (name === undefined) parts.push({text: piece});
		else if (FIELDS.includes(name as Field)) parts.push({field: name as Field});
		else
			throw wrong(
				template,
				`there is no field {${name}}; there are ${FIELDS.map((field) => `{${field}}`).join(', ')}`,
			);
	}
	return parts;
}

const wrong = (template: string, why: string) =>
	new ConfigurationError(`The name template "${template}" cannot be used: ${why}`);

/**
 * The path of an output below the output folder, safe on every system. Values cannot add folders or lead out of it;
 * what is too long is cut before the ending. A translation has its language before the ending even where the template
 * has none: it would otherwise have the name of the transcript.
 *
 * @param template as text, or read
 * @throws ConfigurationError for a text that is no template
 */
export function outputName(template: string | NameTemplate, fields: NameFields): string {
	const {folders, stem, ending} = typeof template === 'string' ? known(template) : template;
	const text = (parts: readonly Part[]) => parts.map((part) => textOf(part, fields)).join('');
	const hasLanguage = [...folders, stem, ending].flat().some(isField('lang'));
	const number = (fields.number ?? 1) > 1 ? `-${fields.number}` : '';
	const language = fields.isTranslation && !hasLanguage ? `.${textOf({field: 'lang'}, fields)}` : '';
	const name = fileName(text(stem), number + language + text(ending));
	return join(...folders.map((parts) => fileName(text(parts))), name);
}

const templates = new Map<string, NameTemplate>();

/** A run has one template and thousands of outputs. */
function known(text: string): NameTemplate {
	const template = templates.get(text) ?? parseNameTemplate(text);
	templates.set(text, template);
	return template;
}

function textOf(part: Part, fields: NameFields): string {
	if ('text' in part) return part.text;
	// ISO 639-2's code for a language that is not determined.
	return fields[part.field] || 'und';
}

/**
 * The stem of each recording's outputs: its name without the ending. Recordings that would meet under one name in one
 * folder (`talk.wav`, `talk.mp3`) keep their endings instead.
 *
 * @param recordings `folder`: where the outputs go
 * @returns by `file`
 */
export function stemsOf(
	recordings: ReadonlyArray<{readonly file: string; readonly name: string; readonly folder: string}>,
): Map<string, string> {
	const uses = new Map<string, number>();
	const short = ({name}: {readonly name: string}) => basename(name, extname(name));
	// File systems that fold case or accents would let Talk.txt and talk.txt meet.
	const place = (recording: {readonly name: string; readonly folder: string}) =>
		JSON.stringify([recording.folder, fileName(short(recording)).normalize('NFC').toLowerCase()]);
	// Given twice, as a watched folder does with a file that was replaced, a recording does not meet itself.
	for (const recording of new Map(recordings.map((each) => [each.file, each])).values()) {
		const key = place(recording);
		uses.set(key, (uses.get(key) ?? 0) + 1);
	}
	return new Map(
		recordings.map((recording) => {
			const alone = uses.get(place(recording)) === 1;
			return [recording.file, alone ? short(recording) : recording.name];
		}),
	);
}
