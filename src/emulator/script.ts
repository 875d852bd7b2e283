/**
 * What is said in `sample.wav`: the one place of its text. `scripts/make-sample.ts` has it spoken, and the
 * recogniser writes it where it hears that recording.
 */
export interface Sentence {
	readonly speaker: 'S1' | 'S2';
	readonly text: string;
}

export const SAMPLE_SENTENCES: readonly Sentence[] = [
	{speaker: 'S1', text: 'Good morning, everyone.'},
	{speaker: 'S1', text: "Let's begin today's meeting."},
	{speaker: 'S2', text: 'The new version is out, and 14 customers have it.'},
	{speaker: 'S1', text: 'What did they say about it?'},
	{speaker: 'S2', text: 'They like the captions, but want a faster search.'},
	{speaker: 'S1', text: "Good, that's our plan for next week."},
];
