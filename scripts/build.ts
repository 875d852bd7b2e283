/**
 * `bun run build`: installs what is missing and builds dist/speechdeck. What it says goes to stderr. Neither this nor
 * what it imports may need node_modules, which are not there yet in a fresh clone.
 */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {installDependencies} from './install.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const executable = join(
	root,
	process.platform === 'win32' ? 'dist/speechdeck.exe' : 'dist/speechdeck',
);

/** Installs what is missing and builds. Where that fails it ends this process with code 1. */
export function build(): void {
	installDependencies();
	// A process that has seen the folder without node_modules keeps believing it.
	const {status} = spawnSync(process.execPath, [join(root, 'scripts/compile.ts')], {stdio: ['ignore', 2, 2]});
	if (status !== 0) process.exit(1);
}

if (import.meta.main) build();
