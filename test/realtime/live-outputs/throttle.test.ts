import {expect, test} from 'bun:test';
import {Throttle} from '../../../src/realtime/live-outputs/throttle.ts';
import {ManualClock} from '../../helpers/manual-clock.ts';

test('work runs at once, then not before the pause is over, and last of all when it is closed', async () => {
	const clock = new ManualClock();
	const at: number[] = [];
	const throttle = new Throttle(() => void at.push(clock.now()), clock, 100);
	throttle.ask();
	for (let time = 0; time < 350; time += 10) {
		await clock.advance(10);
		throttle.ask();
	}
	await throttle.close();
	expect(at).toEqual([0, 100, 200, 300, 350]);
	throttle.ask();
	await clock.advance(1000);
	expect(at).toHaveLength(5);
});

test('work that lasts is not begun a second time meanwhile', async () => {
	const clock = new ManualClock();
	let running = 0;
	let runs = 0;
	const throttle = new Throttle(
		async () => {
			expect(++running).toBe(1);
			await clock.sleep(500);
			running -= 1;
			runs += 1;
		},
		clock,
		100,
	);
	for (let time = 0; time < 2000; time += 50) {
		throttle.ask();
		await clock.advance(50);
	}
	expect(runs).toBeWithin(3, 5);
});
