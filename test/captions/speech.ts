import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {mark, word} from '../helpers/results.ts';

/** Words of a text, evenly spoken; a mark at the end of one becomes an item of its own. */
export function speech(
	text: string,
	{start = 0, step = 0.4, speaker = 'S1'}: {start?: number; step?: number; speaker?: string} = {},
): RecognitionResult[] {
	return text.split(' ').flatMap((token, index) => {
		const [, content = '', punctuation = ''] = /^(.*?)([.,?!]?)$/.exec(token) ?? [];
		const time = start + index * step;
		const item = word(content, time, {end: time + step * 0.9, speaker});
		return punctuation === '' ? [item] : [item, mark(punctuation, time + step * 0.9, {speaker})];
	});
}
