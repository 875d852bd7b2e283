const MAGIC_64 = 0xfeedfacf;
const X86_64 = 0x01000007;
const SEGMENT_64 = 0x19;
const CODE_SIGNATURE = 0x1d;
const HEADER = 32;

/**
 * Takes the signature off a macOS program for Intel. Bun leaves its own runtime's there, which no longer fits what it
 * has added, and a system that finds a signature broken stops the program; without any it starts. (For ARM64, where
 * there must be one, Bun signs anew.) The layout is that of Apple's <mach-o/loader.h>.
 *
 * @returns the program without it, or as it was where it has none or is no such program
 */
export function withoutStaleSignature(program: Uint8Array): Uint8Array {
	const file = Buffer.from(program);
	if (file.readUInt32LE(0) !== MAGIC_64 || file.readUInt32LE(4) !== X86_64) return program;
	const commands = loadCommands(file);
	const signature = commands.at(-1);
	const tail = commands.find(({kind, at}) => kind === SEGMENT_64 && segmentName(file, at) === '__LINKEDIT');
	if (signature?.kind !== CODE_SIGNATURE || tail === undefined) return program;
	const start = file.readUInt32LE(signature.at + 8);
	const size = file.readUInt32LE(signature.at + 12);

	// What is signed comes last, in the file as in its list of commands.
	file.writeUInt32LE(commands.length - 1, 16);
	file.writeUInt32LE(file.readUInt32LE(20) - signature.size, 20);
	file.fill(0, signature.at, signature.at + signature.size);
	const segmentSize = tail.at + 48;
	file.writeBigUInt64LE(file.readBigUInt64LE(segmentSize) - BigInt(size), segmentSize);
	return file.subarray(0, start);
}

function loadCommands(file: Buffer): {kind: number; size: number; at: number}[] {
	const commands = [];
	let at = HEADER;
	for (let left = file.readUInt32LE(16); left > 0; left -= 1) {
		const size = file.readUInt32LE(at + 4);
		commands.push({kind: file.readUInt32LE(at), size, at});
		at += size;
	}
	return commands;
}

function segmentName(file: Buffer, at: number): string {
	return file.toString('latin1', at + 8, at + 24).replace(/\0.*$/s, '');
}
