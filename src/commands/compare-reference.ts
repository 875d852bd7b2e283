/** What was said in a recording, as somebody wrote it down. */
import {readFile} from 'node:fs/promises';
import {parseCaptions} from '../captions/parse.ts';
import {wordsOfText} from '../compare/words.ts';
import {fileProblem} from '../platform/file-problem.ts';
import {messageOf} from '../platform/message-of.ts';
import {Transcript} from '../speechmatics/jobs.ts';
import {delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import {UsageError} from './failure.ts';

/**
 * Reads plain text, SubRip or WebVTT captions, or a transcript in json, by the ending of the name.
 *
 * @returns the words alone
 * @throws UsageError where it cannot be read, is not what its name says, or holds no word
 */
export async function readReference(path: string): Promise<string> {
	const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
		throw new UsageError(`The reference ${path} cannot be read: ${fileProblem(error)}`);
	});
	const text = said(path, decoded(path, bytes));
	if (wordsOfText(text, true).length === 0) throw new UsageError(`There is no word in the reference ${path}`);
	return text;
}

function decoded(path: string, bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		throw new UsageError(`The reference ${path} is no text in UTF-8`);
	}
}

function said(path: string, text: string): string {
	const [, ending = ''] = /\.(\w+)$/.exec(path.toLowerCase()) ?? [];
	if (ending === 'srt' || ending === 'vtt') {
		try {
			return parseCaptions(text)
				.flatMap(({lines}) => lines)
				.join('\n');
		} catch (error) {
			throw new UsageError(`The reference ${path}: ${messageOf(error)}`);
		}
	}
	if (ending !== 'json') return text;
	const parsed = Transcript.safeParse(asJson(text));
	if (!parsed.success) throw new UsageError(`The reference ${path} is no transcript in json`);
	const {results, metadata} = parsed.data;
	return joinResults(results, delimiterOf(metadata.language_pack_info));
}

function asJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
