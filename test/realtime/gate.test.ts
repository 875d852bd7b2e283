import {expect, test} from 'bun:test';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {Gate} from '../../src/realtime/gate.ts';
import {seeded} from '../helpers/seeded.ts';

const piece = (type: 'partial' | 'final', text: string): RealtimeEvent => ({
	type,
	text,
	startTime: 0,
	endTime: 1,
	results: [],
});

test('holds words back until it opens, in their order, and of partials only the last', () => {
	const through: RealtimeEvent[] = [];
	const gate = new Gate((event) => through.push(event));
	const warning: RealtimeEvent = {type: 'warning', kind: 'any', reason: 'told at once'};
	const gap: RealtimeEvent = {type: 'gap', from: 1, seconds: 2, reason: 'any'};
	for (const event of [piece('partial', 'a'), piece('final', 'b'), gap, piece('partial', 'c'), warning])
		gate.pass(event);
	expect(through).toEqual([warning]);
	gate.open();
	expect(through).toEqual([warning, piece('final', 'b'), gap, piece('partial', 'c')]);
	gate.pass(piece('final', 'd'));
	expect(through.at(-1)).toEqual(piece('final', 'd'));
	gate.open();
	expect(through).toHaveLength(5);
});

test('whatever comes when: every final goes through once, in its order', () => {
	const random = seeded(5);
	for (let round = 0; round < 100; round++) {
		const through: RealtimeEvent[] = [];
		const gate = new Gate((event) => through.push(event));
		const opensAt = Math.floor(random() * 30);
		const finals: string[] = [];
		for (let index = 0; index < 30; index++) {
			if (index === opensAt) gate.open();
			const type = random() < 0.5 ? 'partial' : 'final';
			gate.pass(piece(type, String(index)));
			if (type === 'final') finals.push(String(index));
		}
		expect(through.flatMap((event) => (event.type === 'final' ? [event.text] : []))).toEqual(finals);
	}
});
