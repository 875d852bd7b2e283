/** What is read of a source: a saved transcript or the folder of a session. */
import {readFile} from 'node:fs/promises';
import {basename} from 'node:path';
import {recordingParts} from '../audio/recording-parts.ts';
import {sha256} from '../platform/hash.ts';
import {FinalWords} from '../realtime/final-words.ts';
import {readJournal} from '../realtime/journal-reader.ts';
import {LiveView} from '../realtime/live-view.ts';
import {journalIn} from '../realtime/session-folder.ts';
import {readSession} from '../realtime/stored-sessions.ts';
import {type LiveLine, TranscriptLines} from '../realtime/transcript-lines.ts';
import {Transcript} from '../speechmatics/jobs.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {delimiterOf} from '../speechmatics/transcript.ts';
import type {Entry} from './entry.ts';

/** What the ledger knows of a saved transcript. */
export interface BatchFacts {
	readonly name?: string;
	readonly audio: readonly string[];
	readonly outputs: readonly string[];
}

export interface ReadSource {
	readonly entry: Entry;
	/** Absent where no connection of a session ever stood. */
	readonly transcript: Transcript | undefined;
	readonly lines: readonly LiveLine[];
}

/** Nothing of the source is for the history: it cannot be read, or the demo made it. */
export type Unread = 'unreadable' | 'simulated';

export const NO_FACTS: BatchFacts = {audio: [], outputs: []};

/** Of a source's key, such as `live:2026-01-31T09-05-00`. */
export const idOf = (key: string) => sha256(key).slice(0, 16);

/**
 * Reads a saved transcript.
 *
 * @param changedAt of the file, milliseconds since 1970: for a transcript that does not say when it was made
 * @throws the file system's error
 */
export async function readBatch(
	path: string,
	facts: BatchFacts,
	changedAt: number,
): Promise<ReadSource | Unread> {
	const transcript = parsedTranscript(await readFile(path, 'utf8'));
	if (transcript === undefined) return 'unreadable';
	const {job, metadata, results} = transcript;
	if (isSimulated(metadata.orchestrator_version)) return 'simulated';
	const lines = new TranscriptLines(delimiterOf(metadata.language_pack_info));
	lines.add(results);
	const reference = basename(path, '.json');
	const config = metadata.transcription_config;
	const created = Date.parse(job?.created_at ?? metadata.created_at ?? '');
	const entry: Entry = {
		id: idOf(`batch:${reference}`),
		kind: 'batch',
		name: facts.name ?? (job?.data_name || job?.id || reference),
		startedAt: Math.round(Number.isNaN(created) ? changedAt : created),
		seconds: job?.duration ?? lastEnd(lines.lines),
		language: textOf(config?.language),
		model: textOf(config?.model) ?? textOf(config?.operating_point),
		...counted(lines.lines, transcript),
		state: 'finished',
		paths: {transcript: path, audio: facts.audio, outputs: facts.outputs, folder: undefined},
		jobId: job?.id,
		sessionId: undefined,
		reference,
	};
	return {entry, transcript, lines: lines.lines};
}

/**
 * Reads what a session has said and marked so far.
 *
 * @param path of its folder
 * @throws the file system's error
 */
export async function readLive(path: string): Promise<ReadSource | Unread> {
	const session = await readSession(path);
	if (session === undefined) return 'unreadable';
	const {info, id, state, seconds} = session;
	if (info.simulated) return 'simulated';
	const words = new FinalWords(info.start);
	const view = new LiveView();
	let outputs: readonly string[] = [];
	for await (const event of readJournal(journalIn(path))) {
		words.add(event);
		if (event.type === 'saved') outputs = event.outputs;
		// States would begin the view anew with each run of a session that was taken up again.
		else if (event.type !== 'state' && event.type !== 'translation') view.apply(event, event.at);
	}
	if (view.simulated) return 'simulated';
	const made = words.transcript();
	const transcript = made && {...made, metadata: {...made.metadata, created_at: info.startedAt}};
	const {language, model} = info.start.transcriptionConfig;
	const recorded = recordingParts(path).map((part) => part.path);
	const entry: Entry = {
		id: idOf(`live:${id}`),
		kind: 'live',
		name: info.file === undefined ? info.source : basename(info.file),
		startedAt: Date.parse(info.startedAt) || 0,
		seconds,
		language,
		model,
		...counted(view.lines, transcript),
		state,
		paths: {
			transcript: journalIn(path),
			audio: recorded.length > 0 || info.file === undefined ? recorded : [info.file],
			outputs,
			folder: path,
		},
		jobId: undefined,
		sessionId: id,
		reference: undefined,
	};
	return {entry, transcript, lines: view.lines};
}

function parsedTranscript(text: string): Transcript | undefined {
	try {
		return Transcript.parse(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function counted(lines: readonly LiveLine[], transcript: Transcript | undefined) {
	const speakers = new Set(lines.map(({label}) => label).filter((label) => label !== undefined));
	const words = transcript?.results.filter(({type}) => type !== 'punctuation').length ?? 0;
	return {speakers: speakers.size, words};
}

const lastEnd = (lines: readonly LiveLine[]) => lines.reduce((last, {end}) => Math.max(last, end), 0);

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
