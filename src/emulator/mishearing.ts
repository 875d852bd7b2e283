/** Words that one of the two products hears wrongly, as they were told to: for what compares transcripts. Pure. */
import type {MishearingFault} from './faults.ts';
import type {Spoken} from './recogniser/spoken.ts';

/**
 * What is made of what was heard: a word that a fault names becomes other words, which share its time, or none.
 *
 * @param faults the first that names a word counts; upper and lower case are the same
 */
export function misheard(
	spoken: readonly Spoken[],
	faults: readonly Pick<MishearingFault, 'word' | 'as'>[],
): readonly Spoken[] {
	if (faults.length === 0) return spoken;
	return spoken.flatMap((item) => {
		const fault = faults.find(({word}) => word.toLowerCase() === item.content.toLowerCase());
		return fault === undefined || item.type !== 'word' ? item : saidAs(item, fault.as);
	});
}

function saidAs(item: Spoken, text: string): Spoken[] {
	const words = text.split(/\s+/).filter((word) => word !== '');
	const length = (item.end - item.start) / words.length;
	return words.map((content, index) => ({
		...item,
		content,
		start: item.start + index * length,
		end: item.start + (index + 1) * length,
	}));
}
