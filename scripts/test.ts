/** `bun run test [arguments of bun test]`: installs, builds and runs every test. */
import {build} from './build.ts';
import {runProgram} from './run-program.ts';

build();
runProgram(process.execPath, ['test', ...process.argv.slice(2)]);
