/** Lists of recordings: what `find`, an editor or a database wrote. */
import {readFile} from 'node:fs/promises';
import {fileProblem} from '../platform/file-problem.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';

/**
 * The names in a list: one a line, blank lines and lines that begin with `#` left out, quotes around a whole line taken
 * off. A list with NUL characters (`find -print0`) is parted by these alone, and its names are taken as they are.
 */
export function namesInList(text: string): string[] {
	if (text.includes('\0')) return text.split('\0').filter((name) => name.trim() !== '');
	return text
		.split(/\r\n|\r|\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => /^(["'])(.*)\1$/s.exec(line)?.[2] ?? line)
		.filter((name) => name.trim() !== '');
}

/**
 * Reads a list from a file or from a stream, such as stdin.
 *
 * @throws ConfigurationError when it cannot be read or is no text
 */
export async function readList(from: string | AsyncIterable<Uint8Array>): Promise<string[]> {
	const name = typeof from === 'string' ? `The list ${from}` : 'The list on stdin';
	const bytes = await (typeof from === 'string' ? readFile(from) : gather(from)).catch(
		(error: NodeJS.ErrnoException) => {
			throw new ConfigurationError(`${name} cannot be read: ${fileProblem(error)}`, {cause: error});
		},
	);
	return namesInList(decode(bytes, name));
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** UTF-8, or UTF-16 as PowerShell's `>` writes it. */
function decode(bytes: Uint8Array, name: string): string {
	const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
	try {
		return new TextDecoder(encoding, {fatal: true}).decode(bytes);
	} catch (error) {
		throw new ConfigurationError(`${name} is no text in UTF-8`, {cause: error});
	}
}
