/** `prepack`: emits the client library as JavaScript with types, for programs on Node, Deno or Bun. */
import {spawnSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {resolve} from 'node:path';

const root = resolve(import.meta.dirname, '..');
const outDir = resolve(root, 'dist/library');

/** The compiler options of tsconfig.json that decide what is emitted, and those that make it emit at all. */
const options = [
	...['--target', 'ES2023', '--lib', 'ESNext', '--module', 'NodeNext', '--moduleResolution', 'NodeNext'],
	...['--rewriteRelativeImportExtensions', '--declaration', '--strict', '--skipLibCheck'],
	...['--types', 'bun-types', '--rootDir', 'src/speechmatics', '--outDir', outDir],
];

rmSync(outDir, {recursive: true, force: true});
const {status} = spawnSync(
	resolve(root, 'node_modules/.bin/tsc'),
	['--ignoreConfig', ...options, 'src/speechmatics/index.ts'],
	{cwd: root, stdio: 'inherit'},
);
process.exit(status ?? 1);
