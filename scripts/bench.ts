/** `bun run bench NAME`: builds, then takes one of the measurements in scripts/bench. */
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from './build.ts';
import {say} from './say.ts';

const MEASUREMENTS = ['batch', 'realtime', 'tui', 'upload'];

const name = process.argv[2] ?? '';
const file = fileURLToPath(new URL(`./bench/${name}.ts`, import.meta.url));
if (!MEASUREMENTS.includes(name) || !existsSync(file)) {
	say(`Say what to measure: bun run bench ${MEASUREMENTS.join('|')}`);
	process.exit(2);
}
build();
// Only now are the dependencies there that it imports.
await import(file);
