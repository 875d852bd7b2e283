import {writeSync} from 'node:fs';

/** Says something to the person who builds. On stderr: stdout belongs to the program that is started afterwards. */
export function say(sentence: string): void {
	writeSync(2, `${sentence}\n`);
}
