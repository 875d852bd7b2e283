/** `speechdeck captions`: checks caption files, and makes them anew from saved transcripts. */

import {readFile} from 'node:fs/promises';
import {basename, dirname, extname} from 'node:path';
import {timecode} from '../captions/clock.ts';
import type {Cue} from '../captions/cues.ts';
import {transcriptLanguage} from '../captions/language.ts';
import {lint, type Problem} from '../captions/lint.ts';
import {CaptionFileError, parseCaptions} from '../captions/parse.ts';
import {
	type OutputFormat,
	renderTranscript,
	renderTranslation,
	transcriptCues,
	translationTargets,
} from '../captions/render.ts';
import {languageByScript} from '../captions/rules.ts';
import {type CaptionWishes, captionStyle} from '../captions/style.ts';
import {type NewFile, writeNewFiles} from '../platform/files.ts';
import {printable} from '../platform/printable.ts';
import {counted} from '../platform/units.ts';
import {Transcript} from '../speechmatics/jobs.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface LintFlags extends CaptionWishes {
	/** Of captions, which do not say theirs. */
	readonly language?: string;
	readonly errorsOnly?: boolean;
	readonly json?: boolean;
}

export interface MakeFlags extends CaptionWishes {
	readonly format: readonly OutputFormat[];
	readonly timestamps?: boolean;
	readonly outputDir?: string;
	/** `-` prints. */
	readonly output?: string;
}

/** @returns the exit code: 1 where a rule is broken, 2 where a file could not be read */
export async function captionsLintCommand(
	paths: readonly string[],
	flags: LintFlags,
	{out, err}: Streams,
): Promise<number> {
	let broken = false;
	const unreadable = await eachReadable(paths, err, async (path) => {
		const {cues, language} = await cuesIn(path, flags);
		const found = lint(cues, captionStyle(flags)(flags.language ?? language));
		const problems = flags.errorsOnly ? found.filter(({severity}) => severity === 'error') : found;
		if (problems.length > 0) broken = true;
		for (const problem of problems) {
			out.line(flags.json ? ndjsonLine({file: path, ...problem}) : problemLine(path, problem));
		}
		err.line(`${printable(path)}: ${summary(cues.length, problems)}`);
	});
	if (unreadable) return EXIT.usage;
	return broken ? EXIT.failed : EXIT.ok;
}

/** @returns the exit code: 1 where a file could not be written, 2 where one could not be read */
export async function captionsMakeCommand(
	paths: readonly string[],
	flags: MakeFlags,
	{out, err}: Streams,
): Promise<number> {
	if (flags.output !== undefined) checkPrinting(paths, flags);
	let unsaved = false;
	const unreadable = await eachReadable(paths, err, async (path) => {
		const transcript = transcriptOf(await textIn(path));
		const options = {captions: captionStyle(flags), timestamps: flags.timestamps};
		if (flags.output !== undefined) {
			out.write(renderTranscript(transcript, flags.format[0]!, options));
			return;
		}
		const files = flags.format.flatMap((format): NewFile[] => [
			{ending: `.${format}`, content: renderTranscript(transcript, format, options)},
			...translationTargets(transcript).flatMap((target) => {
				const content = renderTranslation(transcript, target, format, options);
				return content === undefined ? [] : [{ending: `.${target}.${format}`, content}];
			}),
		]);
		const stem = basename(path, extname(path));
		try {
			for (const written of await writeNewFiles(flags.outputDir ?? dirname(path), stem, files)) {
				err.line(`${printable(path)}: saved ${printable(written)}`);
			}
		} catch (error) {
			unsaved = true;
			err.line(`${printable(path)}: ${ended(`its captions cannot be saved: ${(error as Error).message}`)}`);
		}
	});
	if (unsaved) return EXIT.failed;
	return unreadable ? EXIT.usage : EXIT.ok;
}

function checkPrinting(paths: readonly string[], {output, outputDir, format}: MakeFlags): void {
	if (output !== '-') {
		throw new UsageError(
			'--output takes only "-", for the terminal or a pipe: use --output-dir to name a folder',
		);
	}
	if (outputDir !== undefined) throw new UsageError('--output - and --output-dir exclude each other');
	if (format.length > 1) throw new UsageError('--output - prints one format: name one with --format');
	if (paths.length > 1) {
		throw new UsageError(`--output - prints one transcript, but there are ${paths.length}: use --output-dir`);
	}
}

/** One file that cannot be read keeps none of the others from it. @returns whether there was one */
async function eachReadable(
	paths: readonly string[],
	err: Streams['err'],
	work: (path: string) => Promise<void>,
): Promise<boolean> {
	let unreadable = false;
	for (const path of paths) {
		try {
			await work(path);
		} catch (error) {
			if (!(error instanceof UsageError || error instanceof CaptionFileError)) throw error;
			unreadable = true;
			err.line(`${printable(path)}: ${ended(error.message)}`);
		}
	}
	return unreadable;
}

async function cuesIn(
	path: string,
	wishes: CaptionWishes,
): Promise<{cues: Cue[]; language: string | undefined}> {
	const text = await textIn(path);
	if (!/^\s*\{/.test(text)) {
		const cues = parseCaptions(text);
		return {cues, language: languageByScript(cues.flatMap(({lines}) => lines).join('\n'))};
	}
	const transcript = transcriptOf(text);
	return {
		cues: transcriptCues(transcript, {captions: captionStyle(wishes)}),
		language: transcriptLanguage(transcript),
	};
}

function transcriptOf(text: string): Transcript {
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		throw new UsageError('it is no JSON');
	}
	const parsed = Transcript.safeParse(content);
	if (!parsed.success) throw new UsageError('it is no transcript in the json-v2 form of Speechmatics');
	return parsed.data;
}

/** Captions come in old encodings too; a byte order mark tells UTF-16, and what is no UTF-8 is Western European. */
async function textIn(path: string): Promise<string> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (error) {
		throw new UsageError(reasonOf(error as NodeJS.ErrnoException));
	}
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

function reasonOf({code, message}: NodeJS.ErrnoException): string {
	if (code === 'ENOENT') return 'there is no such file';
	if (code === 'EISDIR') return 'it is a folder';
	if (code === 'EACCES') return 'it may not be read';
	return `it cannot be read: ${message}`;
}

function problemLine(path: string, {cue, time, severity, message}: Problem): string {
	return `${printable(path)}:${cue} ${timecode(time, '.')} ${severity}: ${message}`;
}

function summary(cues: number, problems: readonly Problem[]): string {
	const errors = problems.filter(({severity}) => severity === 'error').length;
	const warnings = problems.length - errors;
	return `${counted(cues, 'cue')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`;
}
