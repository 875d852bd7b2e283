/** What is set, and whether there is room for what is kept. */
import {randomUUID} from 'node:crypto';
import {statSync} from 'node:fs';
import {access, constants, open, rm, stat, statfs} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {folder} from '../platform/folders.ts';
import {messageOf} from '../platform/message-of.ts';
import {fileSize} from '../platform/units.ts';
import {homeOf, profilePath, type Settings} from '../settings/load.ts';
import type {Environment} from '../settings/settings.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import type {Check, Finding} from './check.ts';

/**
 * @param loaded what is set, or why it cannot be read
 * @param exposed whether others can change a file; undefined where there is no such file
 */
export function configurationCheck(
	loaded: Settings | ConfigurationError,
	environment: Environment,
	exposed: (path: string) => boolean | undefined = isExposed,
): Check {
	const path = profilePath(environment);
	const shown = shortPath(path, environment);
	const run = async (): Promise<Finding> => {
		if (loaded instanceof ConfigurationError) {
			const remedy = /There is no profile/.test(loaded.message)
				? 'Name one that is there with --profile or SPEECHDECK_PROFILE, or make it with "speechdeck config set".'
				: `Correct ${shown}; "speechdeck config keys" lists what can be set.`;
			return {state: 'error', facts: loaded.message, remedy};
		}
		const open = exposed(path);
		if (open === true) {
			return {
				state: 'warn',
				facts: `${shown} can be changed by others, who could send your key elsewhere`,
				remedy: `Run "chmod go-w '${path}'".`,
			};
		}
		const [first, ...others] = loaded.warnings;
		if (first !== undefined) {
			return {
				state: 'warn',
				facts: first + (others.length > 0 ? ` (and ${others.length} more)` : ''),
				remedy: first.includes('legacy CLI')
					? 'Correct that file, or remove it where the legacy CLI is no longer used.'
					: `Correct or remove ${others.length > 0 ? 'these lines' : 'that line'} in ${shown}.`,
			};
		}
		if (open === undefined) return {state: 'ok', facts: `no ${shown}, so the defaults count`};
		const profile = loaded.profile === undefined ? '' : `, profile ${loaded.profile}`;
		return {state: 'ok', facts: `${shown}${profile}`};
	};
	return {id: 'configuration', title: 'Configuration', late: `Check whether ${shown} can be read.`, run};
}

function isExposed(path: string): boolean | undefined {
	const found = statSync(path, {throwIfNoEntry: false});
	if (found === undefined) return undefined;
	// Windows keeps a user's folders apart by access lists, which these numbers do not show.
	if (process.platform === 'win32') return false;
	const isOwn = found.uid === process.getuid?.() || found.uid === 0;
	return !isOwn || (found.mode & 0o022) !== 0;
}

/** What the folders stand on. */
export interface Room {
	/** @throws the system's error where nothing can be written there */
	write(folder: string): Promise<void>;
	/** Bytes that are left for this user; undefined where the system does not tell. */
	free(folder: string): Promise<number | undefined>;
}

/** Bytes. An hour of recording takes 115 MB. */
const LITTLE = 500_000_000;
const NEXT_TO_NOTHING = 20_000_000;

export function foldersCheck(environment: Environment, room: Room = disk): Check {
	const folders = new Map([
		['settings', folder('config', environment)],
		['data', folder('data', environment)],
		['state', folder('state', environment)],
	]);
	const run = async (): Promise<Finding> => {
		for (const [name, path] of folders) {
			try {
				await room.write(path);
			} catch (error) {
				const {code} = error as NodeJS.ErrnoException;
				const why = code === undefined ? messageOf(error) : (REASONS[code] ?? messageOf(error));
				return {
					state: 'error',
					facts: `the folder for ${name}, ${shortPath(path, environment)}, cannot be written: ${why}`,
					remedy:
						code === 'ENOSPC' || code === 'EDQUOT'
							? 'Make room on that disk.'
							: `Make it yours ("ls -ld" shows whose it is), or name another place with ${VARIABLES[name]}.`,
				};
			}
		}
		const data = folders.get('data')!;
		const free = await room.free(data);
		if (free === undefined) return {state: 'ok', facts: 'can be written'};
		const left = `${fileSize(free)} free in ${shortPath(data, environment)}`;
		if (free >= LITTLE) return {state: 'ok', facts: `can be written; ${left}`};
		return {
			state: free < NEXT_TO_NOTHING ? 'error' : 'warn',
			facts: `only ${left}`,
			remedy: 'Make room on that disk: an hour of live recording takes 115 MB.',
		};
	};
	return {id: 'folders', title: 'Folders', late: 'Check whether the disk or network drive answers.', run};
}

const VARIABLES: Readonly<Record<string, string>> = {
	settings: 'XDG_CONFIG_HOME',
	data: 'XDG_DATA_HOME',
	state: 'XDG_STATE_HOME',
};

const REASONS: Readonly<Record<string, string>> = {
	EACCES: 'permission is denied',
	EPERM: 'permission is denied',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the quota is used up',
	ENOTDIR: 'a file is in its way',
};

const disk: Room = {
	async write(path) {
		const there = await nearest(path);
		// A folder that the program has not needed yet is not made by looking.
		if (there !== path) return access(there, constants.W_OK | constants.X_OK);
		const trial = join(path, `.speechdeck-${randomUUID()}.part`);
		const file = await open(trial, 'wx', 0o600);
		try {
			await file.write('.');
		} finally {
			await file.close();
			await rm(trial, {force: true});
		}
	},
	async free(path) {
		try {
			const {bavail, bsize} = await statfs(await nearest(path));
			return bavail * bsize;
		} catch {
			return undefined;
		}
	},
};

/** The folder, or the first above it that there is. @throws the system's error; ENOTDIR for a file */
async function nearest(path: string): Promise<string> {
	const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
		return undefined;
	});
	if (found === undefined) return nearest(dirname(path));
	if (!found.isDirectory()) throw Object.assign(new Error('a file is in its way'), {code: 'ENOTDIR'});
	return path;
}

/** A path with `~` for the home folder. */
export function shortPath(path: string, environment: Environment): string {
	const home = homeOf(environment);
	return home !== undefined && home !== '/' && path.startsWith(join(home, '/'))
		? join('~', path.slice(home.length))
		: path;
}
