import {basename} from 'node:path';
import {type SourceChoice, sourceName} from '../../realtime/sources.ts';

/** What is captioned, as the screen names it. */
export function shownName(choice: SourceChoice): string {
	if (choice.from === 'file') return basename(choice.path);
	const isLive = choice.from === 'microphone' || choice.from === 'meeting';
	return isLive && choice.device === undefined ? `default ${sourceName(choice)}` : sourceName(choice);
}
