/** What a second pass is made of: a recording, and what was live. */
import {readFile, stat} from 'node:fs/promises';
import {basename, dirname, extname, join} from 'node:path';
import {inspectRecording} from '../audio/recording-parts.ts';
import {readSession, type StoredSession, transcriptOf} from '../realtime/stored-sessions.ts';
import type {RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import {Transcript} from '../speechmatics/jobs.ts';
import {UsageError} from './failure.ts';
import {findSession} from './sessions/find.ts';

export interface SecondPassInput {
	readonly recordingPaths: readonly string[];
	readonly live: Transcript;
	/** What was asked live, as far as it is known. */
	readonly asked: Partial<Pick<RealtimeTranscriptionConfig, 'language' | 'additional_vocab'>>;
	/** Where the outputs go unless told otherwise. */
	readonly folder: string;
	/** Whether that is the session's own folder, which nobody else reads. */
	readonly isPrivate: boolean;
	/** Whether the demo made what was live. */
	readonly simulated: boolean;
}

/**
 * @param named the id of a session or `last`, its folder, or a recording
 * @param livePath a transcript in JSON, where it is not a session's
 * @throws UsageError where there is no such session, no recording or no live transcript
 */
export async function secondPassInput(named: string, livePath: string | undefined): Promise<SecondPassInput> {
	const found = await stat(named).catch(() => undefined);
	if (found === undefined && /[\\/]|\.\w+$/.test(named))
		throw new UsageError(`There is no recording ${named}`);
	const folder = found?.isDirectory() ? named : dirname(named);
	const session = found === undefined ? await findSession(named) : await readSession(folder);
	const isSessionItself = session !== undefined && livePath === undefined;
	if (isSessionItself) return fromSession(session);
	if (found?.isDirectory()) throw new UsageError(`${named} is no folder of a session`);
	const recordingPaths = session === undefined ? [named] : await recordingOf(session);
	return fromFile(recordingPaths, livePath ?? beside(named), livePath !== undefined);
}

async function fromSession(session: StoredSession): Promise<SecondPassInput> {
	const {id, path, info, state} = session;
	if (state === 'running') throw new UsageError(`Session ${id} is still running: stop it first`);
	if (state === 'crashed') {
		throw new UsageError(
			`Session ${id} broke off: complete it with "speechdeck sessions recover ${id}" first`,
		);
	}
	const recordingPaths = await recordingOf(session);
	const live = await transcriptOf(session);
	if (live === undefined) throw new UsageError(`Session ${id} has no transcript to compare with`);
	const {transcriptionConfig: asked} = info.start;
	const {outputDir, simulated} = info;
	const isPrivate = outputDir === undefined;
	return {recordingPaths, live, asked, folder: outputDir ?? path, isPrivate, simulated};
}

async function recordingOf({id, path, info}: StoredSession): Promise<string[]> {
	const parts = await inspectRecording(path);
	if (parts.length > 0) return parts.map((part) => part.path);
	if (info.file !== undefined) return [info.file];
	throw new UsageError(`Session ${id} was not recorded`);
}

async function fromFile(
	recordingPaths: readonly string[],
	livePath: string,
	isNamed: boolean,
): Promise<SecondPassInput> {
	const text = await readFile(livePath, 'utf8').catch((error: NodeJS.ErrnoException) => {
		throw new UsageError(
			error.code === 'ENOENT' && !isNamed
				? `There is no live transcript beside ${recordingPaths[0]}: name one with --live`
				: `${livePath} cannot be read: ${error.message}`,
		);
	});
	const parsed = Transcript.safeParse(asJson(text));
	if (!parsed.success) throw new UsageError(`${livePath} is no transcript in json`);
	const live = parsed.data;
	const {language} = (live.metadata.transcription_config ?? {}) as {language?: unknown};
	return {
		recordingPaths,
		live,
		asked: typeof language === 'string' ? {language} : {},
		folder: dirname(recordingPaths[0]!),
		isPrivate: false,
		simulated: (live as {simulated?: unknown}).simulated === true,
	};
}

function beside(recording: string): string {
	return join(dirname(recording), `${basename(recording, extname(recording))}.json`);
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
