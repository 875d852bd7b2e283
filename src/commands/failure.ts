import {AudioError} from '../audio/source.ts';
import {messageOf} from '../platform/message-of.ts';
import {printable} from '../platform/printable.ts';
import {AuthenticationError, ConfigurationError, SpeechmaticsError} from '../speechmatics/errors.ts';

/** What the program's end says to a script. */
export const EXIT = {ok: 0, failed: 1, usage: 2, authentication: 4, interrupted: 130} as const;

/** The user asked for something that cannot be. Its message is one sentence. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export function exitCodeOf(error: unknown): number {
	if (error instanceof UsageError || error instanceof ConfigurationError) return EXIT.usage;
	if (error instanceof AuthenticationError) return EXIT.authentication;
	return EXIT.failed;
}

/** An error as one sentence for the user: no stack, no control characters, ended once. */
export function sentence(error: unknown): string {
	const expected =
		error instanceof UsageError || error instanceof AudioError || error instanceof SpeechmaticsError;
	const message = messageOf(error);
	return ended(expected ? message : `Something unexpected went wrong: ${message}`);
}

/** `text` made printable, beginning with a capital where it begins with a word, ending with one full stop. */
export function ended(text: string): string {
	const clean = printable(text).trim();
	return /[.!?…]$/.test(clean) ? clean : `${clean}.`;
}
