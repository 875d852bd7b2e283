import type {FileHandle} from 'node:fs/promises';

/** Bytes of a file that can be read at any place. */
export interface RandomAccess {
	/** Bytes of the whole file. */
	readonly size: number;
	/** The first bytes of the file. */
	readonly head: Uint8Array;
	/** `length` bytes from `position` on; fewer only at the end of the file. */
	read(position: number, length: number): Promise<Uint8Array>;
}

/** A block answers the many small reads of a parser with one of the file system. */
const BLOCK = 64 * 1024;

/** The file had more to be read than was allowed. */
class TooMuchToRead extends Error {
	override readonly name = 'TooMuchToRead';
}

/**
 * An open file as random access that reads little: a parser that would go through a whole recording is stopped.
 *
 * @param head the file's first bytes, which were read already
 * @param budget bytes that may be read besides the head; `read` throws TooMuchToRead beyond it
 */
export function frugalAccess(file: FileHandle, size: number, head: Uint8Array, budget: number): RandomAccess {
	let left = budget;
	let start = 0;
	let block = head;
	const read = async (position: number, length: number): Promise<Uint8Array> => {
		const wanted = Math.max(0, Math.min(length, size - position));
		if (position + wanted <= head.length) return head.subarray(position, position + wanted);
		if (position < start || position + wanted > start + block.length) {
			const more = Math.min(Math.max(wanted, BLOCK), size - position);
			left -= more;
			if (left < 0) throw new TooMuchToRead(`more than ${budget} bytes are needed`);
			const {buffer, bytesRead} = await file.read(new Uint8Array(more), 0, more, position);
			block = buffer.subarray(0, bytesRead);
			start = position;
		}
		return block.subarray(position - start, position - start + wanted);
	};
	return {size, head, read};
}
