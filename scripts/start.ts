/** `bun start [arguments]`: installs, builds and runs the program. All of stdout is the program's. */
import {build, executable} from './build.ts';
import {runProgram} from './run-program.ts';

build();
runProgram(executable, process.argv.slice(2));
