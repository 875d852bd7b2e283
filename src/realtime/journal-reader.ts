/** Reading a journal back, also while it is written, and after a crash. */
import {createReadStream, existsSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {z} from 'zod';
import type {Transcript} from '../speechmatics/jobs.ts';
import {FinalWords} from './final-words.ts';
import type {JournaledEvent} from './journal.ts';
import type {SessionStart} from './session.ts';

/** Bytes at its end that nearly always tell how a session ended, and where its last word is. */
const TAIL = 64 * 1024;

/** Enough to know that a line is an event; they are written by this program only. */
const Line = z.looseObject({type: z.string(), at: z.number()});

/** What the end of a journal tells. */
export interface JournalEnd {
	/** How the last run ended; `undefined` where it broke off. */
	readonly ended: 'source' | 'stopped' | 'failed' | undefined;
	/** Whether what it made was written after that end. */
	readonly isSaved: boolean;
	/** End of the last word that is final, seconds on the timeline; `undefined` where there is no word. */
	readonly finalUntil: number | undefined;
	/** The last result, which may be a mark. */
	readonly endsWithMark: boolean;
}

/**
 * The events of a journal in their order; none where there is no such file. Half a line at its end, and lines that a
 * broken disk has spoilt, are left out.
 *
 * @throws the file system's error
 */
export async function* readJournal(path: string): AsyncGenerator<JournaledEvent, void, void> {
	// Killed before its first event, a session has none.
	if (!existsSync(path)) return;
	const file = createReadStream(path, 'utf8');
	try {
		for await (const line of createInterface({input: file, crlfDelay: Number.POSITIVE_INFINITY})) {
			const event = parsed(line);
			if (event !== undefined) yield event;
		}
	} finally {
		file.destroy();
	}
}

/** How a session ended, mostly without reading all of its journal. @throws the file system's error */
export async function journalEnd(path: string): Promise<JournalEnd> {
	const tail = new EndFinder();
	for (const event of await tailOf(path)) tail.add(event);
	if (tail.end.finalUntil !== undefined) return tail.end;
	const whole = new EndFinder();
	for await (const event of readJournal(path)) whole.add(event);
	return whole.end;
}

/**
 * All that was final, in the form of a batch transcript.
 *
 * @param startedAt RFC 3339
 * @returns `undefined` where no connection ever stood
 * @throws the file system's error
 */
export async function journaledTranscript(
	path: string,
	start: SessionStart,
	startedAt: string,
): Promise<Transcript | undefined> {
	const words = new FinalWords(start);
	for await (const event of readJournal(path)) words.add(event);
	const transcript = words.transcript();
	return transcript && {...transcript, metadata: {...transcript.metadata, created_at: startedAt}};
}

class EndFinder {
	#ended: JournalEnd['ended'];
	#isSaved = false;
	#finalUntil: number | undefined;
	#endsWithMark = false;

	get end(): JournalEnd {
		return {
			ended: this.#ended,
			isSaved: this.#isSaved,
			finalUntil: this.#finalUntil,
			endsWithMark: this.#endsWithMark,
		};
	}

	add(event: JournaledEvent): void {
		switch (event.type) {
			case 'started':
				this.#ended = undefined;
				this.#isSaved = false;
				break;
			case 'ended':
				this.#ended = event.reason;
				break;
			case 'saved':
				this.#isSaved = this.#ended !== undefined;
				break;
			case 'final':
				for (const {type, end_time} of event.results) {
					this.#endsWithMark = type === 'punctuation';
					if (!this.#endsWithMark) this.#finalUntil = Math.max(this.#finalUntil ?? 0, end_time);
				}
				break;
			default:
		}
	}
}

async function tailOf(path: string): Promise<JournaledEvent[]> {
	const file = await open(path);
	try {
		const {size} = await file.stat();
		const start = Math.max(0, size - TAIL);
		const {buffer, bytesRead} = await file.read(new Uint8Array(size - start), 0, size - start, start);
		const lines = Buffer.from(buffer.buffer, 0, bytesRead).toString('utf8').split('\n');
		return lines.flatMap((line) => parsed(line) ?? []);
	} finally {
		await file.close();
	}
}

function parsed(line: string): JournaledEvent | undefined {
	try {
		const event = Line.safeParse(JSON.parse(line));
		return event.success ? (event.data as unknown as JournaledEvent) : undefined;
	} catch {
		return undefined;
	}
}
