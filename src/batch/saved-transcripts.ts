/** Transcripts as the service gave them, kept so that outputs can be written again without a new job. */
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {replaceFile} from '../platform/files.ts';
import {makeFolder} from '../platform/folders.ts';
import {Transcript} from '../speechmatics/jobs.ts';

export interface SavedTranscripts {
	/** Returns once it is on disk. */
	save(reference: string, transcript: Transcript): Promise<void>;
	/** @returns `undefined` where there is none, or it cannot be read any more */
	load(reference: string): Promise<Transcript | undefined>;
	has(reference: string): Promise<boolean>;
}

/** @param folder made when missing, for this user only */
export function transcriptsIn(folder: string): SavedTranscripts {
	const pathOf = (reference: string) => join(folder, `${reference}.json`);
	return {
		async save(reference, transcript) {
			makeFolder(folder);
			await replaceFile(pathOf(reference), `${JSON.stringify(transcript)}\n`, {mode: 0o600});
		},
		async load(reference) {
			try {
				return Transcript.parse(JSON.parse(await readFile(pathOf(reference), 'utf8')));
			} catch {
				return undefined;
			}
		},
		async has(reference) {
			const found = await stat(pathOf(reference)).catch(() => undefined);
			return found?.isFile() === true;
		},
	};
}

/** For the demo, of which nothing is kept. */
export function transcriptsInMemory(): SavedTranscripts {
	const kept = new Map<string, Transcript>();
	return {
		async save(reference, transcript) {
			kept.set(reference, transcript);
		},
		load: async (reference) => kept.get(reference),
		has: async (reference) => kept.has(reference),
	};
}
