/** A file on its way into an archive. */
export interface ArchiveEntry {
	/** Its path inside, with `/`; ASCII, at most 100 characters. */
	readonly path: string;
	readonly content: Uint8Array;
	/** True for a program, which is unpacked as one. */
	readonly executable: boolean;
}

/** Permissions as a Unix file has them. */
export function modeOf({executable}: ArchiveEntry): number {
	return executable ? 0o755 : 0o644;
}
