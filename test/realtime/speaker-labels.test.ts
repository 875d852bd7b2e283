import {expect, test} from 'bun:test';
import {sessionLabel, withSessionLabels} from '../../src/realtime/speaker-labels.ts';
import {mark, word} from '../helpers/results.ts';

test('speakers of the first connection keep their labels, those of later ones cannot be taken for them', () => {
	expect(sessionLabel('S1', 1)).toBe('S1');
	expect(sessionLabel('S1', 2)).toBe('S1.2');
	expect([sessionLabel('Anna', 2), sessionLabel('UU', 2)]).toEqual(['Anna', 'UU']);
	const said = [word('Yes', 0, {speaker: 'S2'}), mark('.', 1), word('No', 2, {speaker: 'Anna'})];
	expect(withSessionLabels(said, 1)).toBe(said);
	const labels = withSessionLabels(said, 3).map(({alternatives}) => alternatives?.[0]?.speaker);
	expect(labels).toEqual(['S2.3', said[1]!.alternatives![0]!.speaker, 'Anna']);
});
