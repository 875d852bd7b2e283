/** The capture process on its own, for tests: what src/main.ts does with its hidden command. */
import {runCaptureProcess} from '../../src/audio/capture-process.ts';

await runCaptureProcess(process.argv.slice(2));
