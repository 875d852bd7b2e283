import {crc32, deflateRawSync} from 'node:zlib';
import {type ArchiveEntry, modeOf} from './archive-entry.ts';

/** Version 2.0 of the format: deflate and folders. */
const NEEDS = 20;
/** Made on Unix, so that permissions are understood. */
const MADE_BY = (3 << 8) | NEEDS;
const DEFLATED = 8;
/** 1980-01-01, as MS-DOS writes it: the earliest there is. The time beside it is 0. */
const DATE = (1 << 5) | 1;

/**
 * A zip file (PKWARE APPNOTE 6.3): the same bytes for the same entries, whoever builds it and when.
 *
 * @param entries less than 4 GB in all
 */
export function zip(entries: readonly ArchiveEntry[]): Uint8Array {
	const files: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let offset = 0;
	for (const entry of entries) {
		const name = Buffer.from(entry.path, 'ascii');
		const packed = deflateRawSync(entry.content, {level: 9});
		const facts = factsOf(entry, packed.length, name.length);
		const local = Buffer.concat([bytes(4, 0x04034b50), facts, name]);
		directory.push(
			bytes(4, 0x02014b50),
			bytes(2, MADE_BY),
			facts,
			// No comment, the first disk, no text.
			bytes(2, 0, 0, 0),
			bytes(4, ((0o100000 | modeOf(entry)) << 16) >>> 0, offset),
			name,
		);
		files.push(local, packed);
		offset += local.length + packed.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.concat([
		bytes(4, 0x06054b50),
		bytes(2, 0, 0, entries.length, entries.length),
		bytes(4, listed.length, offset),
		bytes(2, 0),
	]);
	return Buffer.concat([...files, listed, end]);
}

/** What the header before a file and its line in the directory both say. */
function factsOf(entry: ArchiveEntry, packedLength: number, nameLength: number): Uint8Array {
	return Buffer.concat([
		bytes(2, NEEDS, 0, DEFLATED, 0, DATE),
		bytes(4, crc32(entry.content), packedLength, entry.content.length),
		bytes(2, nameLength, 0),
	]);
}

/** Unsigned numbers of so many bytes each, little end first. */
function bytes(width: 2 | 4, ...values: number[]): Uint8Array {
	const buffer = Buffer.alloc(width * values.length);
	values.forEach((value, index) => {
		buffer.writeUIntLE(value, index * width, width);
	});
	return buffer;
}
