import {type ArchiveEntry, modeOf} from './archive-entry.ts';

const BLOCK = 512;
/** 1980-01-01: the same in every build, and the earliest that a zip file can say. Seconds since 1970. */
const MODIFIED = 315_532_800;

/**
 * A tar file in the ustar format (POSIX.1-1988): the same bytes for the same entries, whoever builds it and when.
 *
 * @throws Error where a path does not fit
 */
export function tar(entries: readonly ArchiveEntry[]): Uint8Array {
	const parts: Uint8Array[] = [];
	for (const entry of entries) {
		const rest = entry.content.length % BLOCK;
		parts.push(header(entry), entry.content, new Uint8Array(rest === 0 ? 0 : BLOCK - rest));
	}
	// Two empty blocks end it.
	parts.push(new Uint8Array(2 * BLOCK));
	return Buffer.concat(parts);
}

function header(entry: ArchiveEntry): Uint8Array {
	if (entry.path.length > 100) throw new Error(`"${entry.path}" is too long a path for the archive.`);
	const block = Buffer.alloc(BLOCK);
	const octal = (value: number, at: number, width: number) =>
		block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'ascii');
	block.write(entry.path, 0, 'ascii');
	octal(modeOf(entry), 100, 8);
	octal(0, 108, 8);
	octal(0, 116, 8);
	octal(entry.content.length, 124, 12);
	octal(MODIFIED, 136, 12);
	block.fill(' ', 148, 156);
	block.write('0', 156, 'ascii');
	block.write('ustar\u000000', 257, 'ascii');
	block.write('root', 265, 'ascii');
	block.write('root', 297, 'ascii');
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
	return block;
}
