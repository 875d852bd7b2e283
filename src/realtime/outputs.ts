/** What a session is saved as. */
import {chmod, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {
	type OutputFormat,
	type RenderOptions,
	renderTranscript,
	renderTranslation,
	translationTargets,
} from '../captions/render.ts';
import {fileName} from '../platform/file-name.ts';
import {type NewFile, replaceFile, writeNewFiles} from '../platform/files.ts';
import type {Transcript} from '../speechmatics/jobs.ts';

/** Unless told otherwise. */
export const SESSION_FORMATS: readonly OutputFormat[] = ['txt', 'srt', 'json'];

export interface OutputPlace {
	readonly folder: string;
	/** The name without the ending. */
	readonly stem: string;
	readonly formats: readonly OutputFormat[];
	readonly rendering?: RenderOptions;
	/** Nobody else may read them. */
	readonly isPrivate?: boolean;
	/** What was written here before: files that are still just that are replaced. */
	readonly instead?: Transcript | undefined;
}

/**
 * Writes a transcript and its translations, never over a file that somebody else made or changed. Where all of it was
 * written before, it is not written again.
 *
 * @returns the files
 * @throws the file system's error, or a sentence where the disk is full
 */
export async function writeOutputs(transcript: Transcript, place: OutputPlace): Promise<string[]> {
	const {folder, stem, isPrivate = false, instead} = place;
	const files = filesOf(transcript, place);
	const paths = files.map(({ending}) => join(folder, fileName(stem, ending)));
	if (await areThere(folder, stem, files)) return paths;
	if (instead !== undefined && (await areThere(folder, stem, filesOf(instead, place)))) {
		for (const [index, {content}] of files.entries()) await replaceFile(paths[index]!, content);
		return paths;
	}
	const written = await writeNewFiles(folder, stem, files);
	if (isPrivate) await Promise.all(written.map((path) => chmod(path, 0o600)));
	return written;
}

function filesOf(transcript: Transcript, {formats, rendering}: OutputPlace): NewFile[] {
	return formats.flatMap((format): NewFile[] => [
		{ending: `.${format}`, content: renderTranscript(transcript, format, rendering)},
		...translationTargets(transcript).flatMap((target) => {
			const content = renderTranslation(transcript, target, format, rendering);
			return content === undefined ? [] : [{ending: `.${target}.${format}`, content}];
		}),
	]);
}

async function areThere(folder: string, stem: string, files: readonly NewFile[]): Promise<boolean> {
	for (const {ending, content} of files) {
		const found = await readFile(join(folder, fileName(stem, ending)), 'utf8').catch(() => undefined);
		if (found !== content) return false;
	}
	return files.length > 0;
}
