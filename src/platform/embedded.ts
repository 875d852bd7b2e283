/**
 * Files that travel inside the executable. This is the module as it runs from source, where the files lie on disk; the
 * build puts another in its place (scripts/embed-files.ts) with the same exports, because a file can only be imported
 * as a path by the compiled executable.
 */
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

export type EmbeddedName = 'naudiodon.node' | 'libportaudio' | 'sample.wav';

/**
 * The name PortAudio's library must bear on disk: the addon looks for it under this name, in its own folder. It is the
 * library's soname on Linux; elsewhere the build gives it this name.
 */
export const PORTAUDIO_FILE = process.platform === 'darwin' ? 'libportaudio.2.dylib' : 'libportaudio.so.2';

/** True inside the compiled executable. */
export const compiled: boolean = false;

const places: Record<EmbeddedName, string> = {
	'naudiodon.node': '../../dist/native/naudiodon.node',
	libportaudio: `../../dist/native/${PORTAUDIO_FILE}`,
	'sample.wav': '../emulator/sample.wav',
};

/**
 * Where a file that belongs to the program can be read. In the compiled executable that is a place inside the executable
 * itself, which only this process can read: see `unpackEmbedded` for a path that anyone can open.
 *
 * @returns a path, or undefined where this build has no such file (no C++ compiler was there for the addon)
 */
export function embeddedFile(name: EmbeddedName): string | undefined {
	const path = fileURLToPath(new URL(places[name], import.meta.url));
	return existsSync(path) ? path : undefined;
}
