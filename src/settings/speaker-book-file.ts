/** Where the speaker book is kept: one file that only this user can read, as voices are nobody else's business. */
import {join} from 'node:path';
import {z} from 'zod';
import {folder} from '../platform/folders.ts';
import {readFileIfThere, replacePrivateFile} from '../platform/private-file.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import type {Environment} from './settings.ts';
import type {SpeakerBook} from './speaker-book.ts';

const BookFile = z.object({
	version: z.literal(1),
	voices: z.array(
		z.looseObject({
			name: z.string().min(1),
			model: z.string(),
			place: z.string(),
			account: z.string().optional(),
			identifiers: z.array(z.string()).min(1),
			notedAt: z.string(),
			isStale: z.boolean().optional(),
		}),
	),
});

export function speakerBookPath(environment: Environment = process.env): string {
	return join(folder('data', environment), 'speakers.json');
}

/** @throws ConfigurationError where the file cannot be read, or is no speaker book of this version */
export function readSpeakerBook(path = speakerBookPath()): SpeakerBook {
	let text: string | undefined;
	try {
		text = readFileIfThere(path);
	} catch (error) {
		throw new ConfigurationError(`The speaker book ${path} cannot be read: ${(error as Error).message}`);
	}
	if (text === undefined) return [];
	const parsed = BookFile.safeParse(asJson(text));
	if (parsed.success) return parsed.data.voices;
	throw new ConfigurationError(
		`${path} is no speaker book that this program knows: move it away to begin a new one`,
	);
}

/**
 * Changes the book on the disk. What another process noted meanwhile stays.
 *
 * @returns what is in it now
 * @throws ConfigurationError as `readSpeakerBook`, or the file system's error
 */
export function changeSpeakerBook(
	change: (book: SpeakerBook) => SpeakerBook,
	path = speakerBookPath(),
): SpeakerBook {
	const before = readSpeakerBook(path);
	const voices = change(before);
	if (voices !== before) {
		replacePrivateFile(path, `${JSON.stringify({version: 1, voices}, undefined, '\t')}\n`);
	}
	return voices;
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
