/** Opens a microphone, says `recording`, and never stops by itself: a program to be killed. */
import {openMicrophone} from '../../src/audio/microphone.ts';
import {captureEntry} from './capture-command.ts';

const microphone = await openMicrophone({command: captureEntry(process.argv[2]!)});
console.log('recording');
for await (const _ of microphone.chunks());
