import type {Streams} from '../streams.ts';

/** What a command's line needs of the program it belongs to. */
export interface LineContext {
	readonly streams: Streams;
	/** Tells the program how the command ended. */
	end(exitCode: number): void;
	/** `--demo` counts before the command too. */
	withDemo<Flags extends {demo?: boolean}>(flags: Flags): Flags;
}
