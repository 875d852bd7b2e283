/** What was asked of a session: `session.json` in its folder. */
import {join, resolve} from 'node:path';
import {z} from 'zod';
import {OUTPUT_FORMATS, type OutputFormat} from '../captions/render.ts';
import {readFileIfThere, replacePrivateFile} from '../platform/private-file.ts';
import {VERSION} from '../platform/version.ts';
import {SESSION_FORMATS} from './outputs.ts';
import type {SessionStart} from './session.ts';

/** What a command or the app knows of a session before it begins. */
export interface AskedSession {
	/** As people are shown it: `mic`, `-`, a path, or an address without its secrets. */
	readonly source: string;
	/** The recording that is streamed, where it is one: the outputs bear its name. */
	readonly file?: string | undefined;
	readonly start: SessionStart;
	/** Where the outputs go; the session's own folder when left out. */
	readonly outputDir?: string | undefined;
	readonly formats?: readonly OutputFormat[] | undefined;
	/** True where the emulator answers. */
	readonly simulated: boolean;
}

export interface SessionInfo extends AskedSession {
	readonly formats: readonly OutputFormat[];
	/** RFC 3339. */
	readonly startedAt: string;
	/** Of the program that made it. */
	readonly version: string;
}

const SessionFile = z.looseObject({
	source: z.string(),
	file: z.string().optional(),
	start: z.looseObject({transcriptionConfig: z.looseObject({language: z.string()})}),
	outputDir: z.string().optional(),
	formats: z.array(z.enum(OUTPUT_FORMATS)),
	simulated: z.boolean(),
	startedAt: z.string(),
	version: z.string(),
});

/**
 * Writes down what was asked, with whole paths: it may be read from another folder.
 *
 * @throws the file system's error
 */
export function writeSessionInfo(folder: string, asked: AskedSession, startedAt: Date): SessionInfo {
	const {file, outputDir} = asked;
	const info = {
		...asked,
		formats: asked.formats ?? SESSION_FORMATS,
		startedAt: startedAt.toISOString(),
		version: VERSION,
	};
	const written = {
		...info,
		...(file !== undefined && {file: resolve(file)}),
		...(outputDir !== undefined && {outputDir: resolve(outputDir)}),
	};
	replacePrivateFile(pathIn(folder), `${JSON.stringify(written, undefined, '\t')}\n`);
	return info;
}

/** @returns `undefined` where the folder is no session's */
export function readSessionInfo(folder: string): SessionInfo | undefined {
	try {
		const parsed = SessionFile.safeParse(JSON.parse(readFileIfThere(pathIn(folder)) ?? 'null'));
		return parsed.success ? (parsed.data as unknown as SessionInfo) : undefined;
	} catch {
		return undefined;
	}
}

const pathIn = (folder: string) => join(folder, 'session.json');
