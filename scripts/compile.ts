/** Compiles the capture addon and, with it, dist/speechdeck: one executable with everything inside. */
import {mkdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {executable} from './build.ts';
import {buildAddon} from './build-addon.ts';
import {compileOptions} from './compile-options.ts';
import {say} from './say.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function buildExecutable(): Promise<void> {
	// Written elsewhere and renamed, so that a running speechdeck keeps its file and nobody sees half of one.
	const workFolder = join(root, `dist/build.${process.pid}`);
	const unfinished = join(workFolder, basename(executable));
	mkdirSync(workFolder, {recursive: true});
	try {
		const result = await Bun.build(compileOptions(join(root, 'src/main.ts'), unfinished));
		if (!result.success) throw new AggregateError(result.logs, 'The bundle has errors.');
		renameSync(unfinished, executable);
	} finally {
		rmSync(workFolder, {recursive: true, force: true});
	}
}

const start = performance.now();
await buildAddon();
try {
	await buildExecutable();
} catch (error) {
	for (const cause of error instanceof AggregateError ? error.errors : [error]) say(String(cause));
	process.exit(1);
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
say(`Built dist/speechdeck, ${Math.round(statSync(executable).size / 1e6)} MB, in ${seconds} s.`);
