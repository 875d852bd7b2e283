import {expect, test} from 'bun:test';
import {withNamesOf} from '../../src/compare/speaker-names.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import {speakerOf} from '../../src/speechmatics/transcript.ts';
import {mark, word} from '../helpers/results.ts';

const spoken = (...turns: Array<[string, number, number]>): Transcript => ({
	format: '2.9',
	metadata: {},
	results: turns.flatMap(([speaker, from, to]) =>
		Array.from({length: to - from}, (_, index) =>
			word('word', from + index, {end: from + index + 1, speaker}),
		),
	),
});
const speakers = (transcript: Transcript) => [...new Set(transcript.results.map(speakerOf))];

test('who spoke at the same time is the same person', () => {
	const live = spoken(['Anna', 0, 10], ['S2', 10, 15], ['Bea', 15, 22]);
	const batch = spoken(['S2', 0, 11], ['S3', 11, 15], ['S1', 15, 22]);
	batch.results.push(mark('.', 22, {speaker: 'S1'}));
	batch.speakers = [{label: 'S2', speaker_identifiers: ['a']}];
	const named = withNamesOf(live, batch);
	expect(speakers(named)).toEqual(['Anna', 'S3', 'Bea']);
	expect(named.speakers?.[0]?.label).toBe('Anna');
	expect(speakers(batch)).toEqual(['S2', 'S3', 'S1']);
});

test('a name goes to one speaker, and not to one who mostly spoke at other times', () => {
	const live = spoken(['Anna', 0, 20]);
	expect(speakers(withNamesOf(live, spoken(['S1', 0, 6], ['S2', 6, 20])))).toEqual(['S1', 'Anna']);
	expect(speakers(withNamesOf(live, spoken(['S1', 15, 40])))).toEqual(['S1']);
});

test('without names, and for people who have one, nothing changes', () => {
	const batch = spoken(['Carl', 0, 5], ['UU', 5, 9]);
	expect(withNamesOf(spoken(['Anna', 0, 9]), batch)).toBe(batch);
	const plain = spoken(['S1', 0, 5]);
	expect(withNamesOf(spoken(['S2', 0, 5]), plain)).toBe(plain);
});
