/** What the history knows of one recording or live session. */
import {withoutAccents} from '../platform/plain-letters.ts';
import type {Row} from '../platform/sqlite.ts';
import type {StoredState} from '../realtime/stored-sessions.ts';

export const ENTRY_KINDS = ['batch', 'live'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Entry {
	/** Sixteen hexadecimal digits that stay the same whenever the index is made anew. */
	readonly id: string;
	readonly kind: EntryKind;
	/** Of the recording; for a session of live audio, its source, such as `mic`. */
	readonly name: string;
	/** When it was transcribed, milliseconds since 1970. */
	readonly startedAt: number;
	/** Of audio; without a recording, until the last word. */
	readonly seconds: number;
	readonly language: string | undefined;
	readonly model: string | undefined;
	/** How many speakers were told apart; 0 where nobody was. */
	readonly speakers: number;
	readonly words: number;
	/** A transcript of a batch job is always `finished`. */
	readonly state: StoredState;
	readonly paths: {
		/** The saved transcript, or the journal. */
		readonly transcript: string;
		/** The recording as the user has it, or the parts that a session has recorded. They may be gone. */
		readonly audio: readonly string[];
		/** What was written for the user. The files may be gone. */
		readonly outputs: readonly string[];
		/** Of a session. */
		readonly folder: string | undefined;
	};
	/** Of a batch job. */
	readonly jobId: string | undefined;
	/** Of a session, as `speechdeck sessions` names it. */
	readonly sessionId: string | undefined;
	/** Of a batch job: the name it has at the service and in the ledger. */
	readonly reference: string | undefined;
}

/** Columns of the table of entries that are no part of the record. */
export interface StoredEntry {
	/** The number that its passages bear. */
	readonly number: number;
	readonly entry: Entry;
}

export function storedEntry({number, record}: Row): StoredEntry {
	return {number: number as number, entry: JSON.parse(record as string) as Entry};
}

/** A name as it is looked for: case and accents count for nothing. */
export function folded(text: string): string {
	return withoutAccents(text).toLowerCase();
}
