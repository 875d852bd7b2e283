import {expect, test} from 'bun:test';
import {type Check, type CheckId, examine, type Finding, worst} from '../../src/doctor/check.ts';
import {VirtualClock} from '../helpers/virtual-clock.ts';

const check = (id: CheckId, run: Check['run']): Check => ({id, title: id, late: 'Wait.', run});
const OK: Finding = {state: 'ok', facts: 'fine'};
const never = () => new Promise<Finding>(() => {});

test('tells results as they come, and returns them in order', async () => {
	const slow = Promise.withResolvers<Finding>();
	const told: string[] = [];
	const results = examine([check('key', () => slow.promise), check('clock', async () => OK)], {
		onResult: ({id}) => {
			told.push(id);
			if (id === 'clock') slow.resolve(OK);
		},
	});
	expect((await results).map(({id}) => id)).toEqual(['key', 'clock']);
	expect(told).toEqual(['clock', 'key']);
});

test('gives up what does not end, with its remedy, and aborts it', async () => {
	const clock = new VirtualClock();
	let signal: AbortSignal | undefined;
	const results = examine(
		[
			check('key', (given) => {
				signal = given;
				return never();
			}),
		],
		{clock},
	);
	await clock.advance(6000);
	expect(await results).toEqual([
		{id: 'key', title: 'key', state: 'error', facts: 'no answer in 6 s', remedy: 'Wait.'},
	]);
	expect(signal!.aborted).toBe(true);
});

test('a check that throws harms no other, and control characters are not passed on', async () => {
	const [broken, good] = await examine([
		check('key', () => Promise.reject(new Error('odd'))),
		check('clock', async () => ({state: 'warn', facts: 'a\u001b[2Jb', remedy: 'c\u0007'})),
	]);
	expect(broken).toMatchObject({state: 'error', facts: 'could not be looked at: odd'});
	expect(broken!.remedy).toContain('speechdeck support');
	expect(good).toMatchObject({facts: 'a\uFFFD[2Jb', remedy: 'c\uFFFD'});
});

test('ends with the reason of the signal, and tells nothing after it', async () => {
	const leaving = new AbortController();
	const told: string[] = [];
	const results = examine([check('key', never)], {
		signal: leaving.signal,
		onResult: ({id}) => told.push(id),
	});
	leaving.abort(new Error('left'));
	await expect(results).rejects.toThrow('left');
	expect(told).toEqual([]);
});

test('the worst counts', async () => {
	const of = (...states: ('ok' | 'warn' | 'error' | 'skipped')[]) =>
		worst(states.map((state) => ({id: 'key', title: '', state, facts: '', remedy: ''}) as never));
	expect([of('ok', 'skipped'), of('ok', 'warn'), of('warn', 'error', 'ok')]).toEqual(['ok', 'warn', 'error']);
});
