/**
 * `bun run release [TARGET…]`: installs what is missing and fills dist/release with an executable and an archive for
 * each target (all of them where none is named), THIRD-PARTY-NOTICES.txt, RELEASE.md and SHA256SUMS.
 */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {installDependencies} from './install.ts';

installDependencies();
// A process that has seen the folder without node_modules keeps believing it.
const {status} = spawnSync(
	process.execPath,
	[join(import.meta.dirname, 'release/make.ts'), ...process.argv.slice(2)],
	{stdio: ['ignore', 2, 2]},
);
process.exit(status ?? 1);
