import {spawnSync} from 'node:child_process';
import {statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {say} from './say.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = join(root, 'node_modules');

/**
 * Installs the pinned dependencies with the Bun that runs this, unless node_modules is newer than bun.lock. Where that
 * fails it ends this process with Bun's exit code.
 */
export function installDependencies(): void {
	if (modifiedAt(installed) >= modifiedAt(join(root, 'bun.lock'))) return;
	say('Installing dependencies…');
	const args = ['install', '--frozen-lockfile', '--no-summary', '--no-progress'];
	const {status, error} = spawnSync(process.execPath, args, {cwd: root, stdio: ['ignore', 2, 2]});
	if (status !== 0) {
		say(`The dependencies could not be installed${error ? `: ${error.message}` : ''}.`);
		process.exit(status ?? 1);
	}
	// Bun leaves the folder's time alone where it had nothing to do.
	utimesSync(installed, new Date(), new Date());
}

function modifiedAt(path: string): number {
	return statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0;
}
