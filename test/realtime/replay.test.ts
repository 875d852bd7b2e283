import {describe, expect, test} from 'bun:test';
import {join} from 'node:path';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {Journal} from '../../src/realtime/journal.ts';
import {replayJournal} from '../../src/realtime/replay.ts';
import type {Clock} from '../../src/speechmatics/clock.ts';
import {final, over, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {mark, word} from '../helpers/results.ts';

/** What is shown, each with the milliseconds it was shown at. */
async function replayed(events: readonly RealtimeEvent[], speed: number) {
	using folder = temporaryFolder();
	const path = join(folder.path, 'j');
	const journal = new Journal(path, {onTrouble: () => {}});
	for (const event of events) journal.write(event);
	journal.close();
	let now = 0;
	// Nobody else lives by this clock: whoever sleeps, it is then.
	const clock: Clock = {
		now: () => now,
		sleep: async (milliseconds) => {
			now += milliseconds;
		},
	};
	const shown: Array<[number, RealtimeEvent]> = [];
	const show = (event: RealtimeEvent) => shown.push([now, event]);
	await replayJournal(path, {speed, clock, show, signal: new AbortController().signal});
	return shown;
}

const SESSION: readonly RealtimeEvent[] = [
	{type: 'state', state: 'starting microphone'},
	started(),
	{...final(word('Good', 1), word('day', 2)), latency: 0.5} as RealtimeEvent,
	final(mark('.', 2.5)),
	{type: 'mark', time: 4, text: 'here'},
	{type: 'state', state: 'ended'},
	over(),
	{type: 'saved', outputs: []},
];

describe('a replay', () => {
	test('shows words when they were spoken, partials before finals, and then the end', async () => {
		const shown = await replayed(SESSION, 1);
		expect(shown.map(([at, event]) => [at, event.type, 'text' in event ? event.text : ''])).toEqual([
			[0, 'state', ''],
			[0, 'started', ''],
			[1500, 'partial', 'Good'],
			[3000, 'final', 'Good day'],
			[3000, 'final', '.'],
			[4000, 'mark', 'here'],
			[4000, 'state', ''],
			[4000, 'ended', ''],
		]);
	});

	test('goes as fast as asked', async () => {
		const shown = await replayed(SESSION, 10);
		expect(shown.at(-1)![0]).toBe(400);
	});

	test('of a session that was taken up again is one session', async () => {
		const shown = await replayed(
			[
				...SESSION,
				{type: 'state', state: 'opening audio'},
				{type: 'state', state: 'connecting'},
				started(),
				final(word('Bye', 5)),
				{type: 'state', state: 'ended'},
				over('source'),
			],
			20,
		);
		const events = shown.map(([, event]) => event);
		expect(events.filter(({type}) => type === 'state')).toEqual([
			{type: 'state', state: 'starting microphone'},
			{type: 'state', state: 'ended'},
		]);
		expect(events.filter(({type}) => type === 'started')).toMatchObject([{connection: 1}, {connection: 2}]);
		expect(events.slice(-2)).toMatchObject([
			{type: 'state', state: 'ended'},
			{type: 'ended', reason: 'source'},
		]);
	});
});
