/** Where the program keeps what it keeps. */
import {lstatSync, mkdirSync, statSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {isAbsolute, join} from 'node:path';

export type FolderKind = 'config' | 'data' | 'state' | 'cache';

type Environment = Readonly<Record<string, string | undefined>>;

interface Place {
	readonly variable: string;
	readonly linux: string;
	readonly darwin: string;
	readonly win32: string;
}

/** Linux: XDG Base Directory Specification 0.8. A relative path in its variables is invalid and is ignored. */
const PLACES: Record<FolderKind, Place> = {
	config: {
		variable: 'XDG_CONFIG_HOME',
		linux: '.config',
		darwin: 'Library/Application Support',
		win32: 'AppData/Roaming',
	},
	data: {
		variable: 'XDG_DATA_HOME',
		linux: '.local/share',
		darwin: 'Library/Application Support',
		win32: 'AppData/Local',
	},
	state: {
		variable: 'XDG_STATE_HOME',
		linux: '.local/state',
		darwin: 'Library/Application Support',
		win32: 'AppData/Local',
	},
	cache: {
		variable: 'XDG_CACHE_HOME',
		linux: '.cache',
		darwin: 'Library/Caches',
		win32: 'AppData/Local/Temp',
	},
};

/**
 * The folder for one kind of file; it may not exist yet. A user without a home folder (a service, a bare container) gets
 * one under the system's temporary folder.
 *
 * @returns an absolute path
 */
export function folder(kind: FolderKind, environment: Environment = process.env): string {
	const place = PLACES[kind];
	const chosen = environment[place.variable];
	if (chosen && isAbsolute(chosen)) return join(chosen, 'speechdeck');
	const home = homeFolder(environment);
	if (!home) return join(temporaryFolder(), kind);
	const system = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
	return join(home, place[system], 'speechdeck');
}

/** A folder of this user's own under the system's temporary folder. Its name can be guessed: use `makePrivateFolder`. */
export function temporaryFolder(): string {
	return join(tmpdir(), `speechdeck-${process.getuid?.() ?? userInfo().username}`);
}

/**
 * Makes a folder with its parents, readable by this user only where it is new.
 *
 * @throws the system's error where it cannot be made
 */
export function makeFolder(path: string): string {
	mkdirSync(path, {recursive: true, mode: 0o700});
	return path;
}

/**
 * Makes a folder that nobody else can have prepared or can write to.
 *
 * @throws Error where it exists and is a link, another user's, or open to others
 */
export function makePrivateFolder(path: string): string {
	makeFolder(path);
	if (!isPrivate(path)) throw new Error(`The folder ${path} is not private to this user.`);
	return path;
}

/** True where a file or folder is no link, is this user's own, and nobody else can write to it. */
export function isPrivate(path: string): boolean {
	const found = lstatSync(path, {throwIfNoEntry: false});
	if (!found || found.isSymbolicLink()) return false;
	// Windows keeps a user's folders apart by access lists, which these numbers do not show.
	if (process.platform === 'win32') return true;
	return found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

function homeFolder(environment: Environment): string | undefined {
	const named = process.platform === 'win32' ? environment.USERPROFILE : environment.HOME;
	if (named && isAbsolute(named)) return named;
	try {
		const {homedir} = userInfo();
		return statSync(homedir, {throwIfNoEntry: false})?.isDirectory() ? homedir : undefined;
	} catch {
		// The user has a number but no entry among the users, as in many containers.
		return undefined;
	}
}
