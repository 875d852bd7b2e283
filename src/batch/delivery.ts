/** What is made of a finished transcript, and where it goes. */
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {
	type OutputFormat,
	type RenderOptions,
	renderTranscript,
	renderTranslation,
	translationTargets,
} from '../captions/render.ts';
import type {PresetName} from '../captions/rules.ts';
import {captionStyle} from '../captions/style.ts';
import {replaceFile, writeNewSet} from '../platform/files.ts';
import {sha256} from '../platform/hash.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {type NameFields, outputName} from './names.ts';

/** How transcripts are written. Kept in the ledger as JSON. */
export interface Rendering {
	readonly formats: readonly OutputFormat[];
	/** Whether each turn of a text begins with its time. */
	readonly timestamps?: boolean | undefined;
	readonly captionPreset?: PresetName | undefined;
	/** Columns of a caption line, instead of the preset's. */
	readonly captionColumns?: number | undefined;
}

export type Delivery = Rendering &
	(
		| {readonly to: 'print'}
		| {
				readonly to: 'files';
				/** Absolute. */
				readonly folder: string;
				/** The name without the ending. */
				readonly stem: string;
				/** Such as `{stem}.{ext}`. */
				readonly template: string;
		  }
	);

/** The outputs could not be written; the transcript is saved, or can be fetched again. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
}

/** One output, before it is a file. */
interface Part {
	readonly ext: OutputFormat;
	/** The target language of a translation. */
	readonly translatedTo: string | undefined;
	readonly content: string;
}

/** The outputs as one text, for a terminal or a pipe. Translations follow the transcript. */
export function printed(transcript: Transcript, rendering: Rendering): string {
	return partsOf(transcript, rendering)
		.map(({content}) => content)
		.join('');
}

/**
 * Writes the outputs. What this program wrote before and nobody changed is replaced; anything else stays, and the new
 * file gets a number.
 *
 * @param known.before by path, the SHA-256 of what was written for this recording before
 * @param known.isKnown whether a path was written for any recording
 * @returns by path, the SHA-256 of what is there now; those that were left alone too
 * @throws OutputError
 */
export async function deliver(
	transcript: Transcript,
	delivery: Extract<Delivery, {to: 'files'}>,
	about: Pick<NameFields, 'name' | 'date' | 'job'>,
	{before, isKnown}: {before: ReadonlyMap<string, string>; isKnown: (path: string) => boolean},
): Promise<Map<string, string>> {
	const {folder, stem, template} = delivery;
	const parts = partsOf(transcript, delivery);
	const language = languageOf(transcript);
	const nameOf = ({ext, translatedTo}: Part, number: number) =>
		outputName(template, {
			...about,
			stem,
			number,
			ext,
			lang: translatedTo ?? language,
			isTranslation: translatedTo !== undefined,
		});
	try {
		const written = new Map<string, string>();
		const missing: Part[] = [];
		for (const part of parts) {
			const hash = sha256(part.content);
			const first = join(folder, nameOf(part, 1));
			if (!isKnown(first) && (await isLeftOver(first, hash))) {
				written.set(first, hash);
				continue;
			}
			const place = await placeBefore(part, hash, nameOf, folder, before);
			if (place === undefined) {
				missing.push(part);
				continue;
			}
			if (place.state === 'ours') await replaceFile(place.path, part.content);
			written.set(place.path, hash);
		}
		if (missing.length > 0) {
			const paths = await writeNewSet(
				folder,
				(number) => missing.map((part) => nameOf(part, number)),
				missing.map(({content}) => content),
			);
			for (const [index, path] of paths.entries()) written.set(path, sha256(missing[index]!.content));
		}
		return written;
	} catch (error) {
		throw new OutputError(`The transcript cannot be saved: ${(error as Error).message}`);
	}
}

/** Whether every one of these files is there. */
export async function allExist(paths: Iterable<string>): Promise<boolean> {
	const found = await Promise.all([...paths].map((path) => stat(path).catch(() => undefined)));
	return found.every((file) => file?.isFile() === true);
}

function partsOf(transcript: Transcript, rendering: Rendering): Part[] {
	const {formats} = rendering;
	const options = renderOptions(rendering);
	const parts: Part[] = formats.map((ext) => ({
		ext,
		translatedTo: undefined,
		content: renderTranscript(transcript, ext, options),
	}));
	for (const translatedTo of translationTargets(transcript)) {
		for (const ext of formats) {
			const content = renderTranslation(transcript, translatedTo, ext, options);
			if (content !== undefined) parts.push({ext, translatedTo, content});
		}
	}
	return parts;
}

/** What the caption engine is told. */
function renderOptions({timestamps, captionPreset, captionColumns}: Rendering): RenderOptions {
	return {
		timestamps,
		captions: captionStyle({preset: captionPreset, maxColumns: captionColumns}),
	};
}

/** Where a part was written before, under whatever number, and can stay or be written again. */
async function placeBefore(
	part: Part,
	hash: string,
	nameOf: (part: Part, number: number) => string,
	folder: string,
	before: ReadonlyMap<string, string>,
) {
	for (let number = 1; number <= before.size + 1; number++) {
		const path = join(folder, nameOf(part, number));
		const known = before.get(path);
		if (known === undefined || !(await allExist([path]))) continue;
		const state = await stateOf(path, known, hash);
		// Where only the user has changed it, it stays; where there is something new to write, that goes elsewhere.
		if (state !== 'changed by others' || known === hash) return {path, state};
	}
	return undefined;
}

/** Whether a file is what a process wrote that ended before it could note it: equal, and older than this process. */
async function isLeftOver(path: string, hash: string): Promise<boolean> {
	const file = await stat(path).catch(() => undefined);
	if (file?.isFile() !== true || file.mtimeMs >= performance.timeOrigin) return false;
	return sha256(await readFile(path, 'utf8')) === hash;
}

async function stateOf(path: string, before: string, now: string) {
	const there = sha256(await readFile(path, 'utf8'));
	if (there === now) return 'as it should be';
	return there === before ? 'ours' : 'changed by others';
}

function languageOf({metadata}: Transcript): string {
	const language = metadata.transcription_config?.language;
	return typeof language === 'string' ? language : 'und';
}
