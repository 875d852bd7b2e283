import {describe, expect, test} from 'bun:test';
import {Heap} from '../../src/batch/heap.ts';
import {type Act, type Answer, mostWithin, Simulation, seeded} from '../helpers/scheduler-simulation.ts';

const LIMITS = {uploads: 8, running: 1000};
const momentsOf = (simulation: Simulation, what: Act['do']) =>
	simulation.requests.filter(({act}) => act.do === what).map(({at}) => at);
const good = (after = 50): Answer => ({is: 'good', after});
const tooMany = (retryAfter?: number): Answer => ({
	is: 'bad',
	after: 5,
	setback: {kind: 'too-many', retryAfter},
});
const down = (after = 5): Answer => ({is: 'bad', after, setback: {kind: 'outage', retryAfter: undefined}});

function simulationOf(
	jobs: number,
	options: Partial<ConstructorParameters<typeof Simulation>[0]> = {},
): Simulation {
	const simulation = new Simulation({limits: LIMITS, processing: () => 5000, ...options});
	for (let id = 1; id <= jobs; id++) simulation.scheduler.add(id);
	return simulation;
}

describe('20 000 jobs', () => {
	const random = seeded(5);
	const times = Array.from({length: 20_001}, () => 1000 + random() * 120_000);
	const simulation = simulationOf(20_000, {
		processing: (id) => times[id]!,
		expected: (id) => times[id]! * (0.5 + random()),
	});
	const started = performance.now();
	simulation.run();
	const seconds = (performance.now() - started) / 1000;

	test('all come to their end, and the decisions take no time to speak of', () => {
		expect(new Set(simulation.done).size).toBe(20_000);
		expect(simulation.done).toHaveLength(20_000);
		expect(simulation.scheduler.size).toBe(0);
		expect(seconds).toBeLessThan(5);
	});

	test('go out no faster than the service allows, in any second', () => {
		expect(mostWithin(momentsOf(simulation, 'submit'), 1000)).toBeLessThanOrEqual(10);
		expect(mostWithin(momentsOf(simulation, 'read'), 1000)).toBeLessThanOrEqual(50);
	});

	test('go out as fast as the service allows', () => {
		// The rate of submissions is the narrowest place: nothing else may keep them waiting.
		const allowed = 20_000 / 10;
		expect(simulation.now / 1000).toBeLessThan(allowed + 200);
	});

	test('keep within the limits', () => {
		expect(simulation.most.submitting).toBeLessThanOrEqual(LIMITS.uploads);
		expect(simulation.most.running).toBeLessThanOrEqual(LIMITS.running);
		expect(simulation.most.held).toBeLessThanOrEqual(128);
	});

	test('ask little: a few requests a job, and a few decisions', () => {
		expect(simulation.requests.length / 20_000).toBeLessThan(5.5);
		expect(simulation.decisions / 20_000).toBeLessThan(25);
	});
});

describe('the scheduler', () => {
	test('asks two requests a job where the service holds the answer', () => {
		const simulation = simulationOf(50, {processing: () => 4000});
		simulation.run();
		expect(simulation.requests).toHaveLength(100);
		expect(simulation.most.held).toBeGreaterThan(10);
	});

	test('holds no more than 128 requests, and leaves nobody unasked for that', () => {
		const simulation = simulationOf(300, {submissionsPerSecond: 1000, readsPerSecond: 1000});
		simulation.run();
		expect(simulation.done).toHaveLength(300);
		expect(simulation.most.held).toBeLessThanOrEqual(128);
		expect(simulation.now).toBeLessThan(15_000);
	});

	test('keeps to the rate of reads while later ones are planned', () => {
		const simulation = simulationOf(400, {
			submissionsPerSecond: 100,
			readsPerSecond: 5,
			expected: () => 40_000,
			processing: (id) => (id % 2 === 0 ? 1000 : 60_000),
		});
		simulation.run();
		expect(mostWithin(momentsOf(simulation, 'read'), 1000)).toBeLessThanOrEqual(5);
		expect(simulation.done).toHaveLength(400);
	});

	test('has no token for a read before its time, although it has planned one for later', () => {
		const {scheduler} = simulationOf(0, {readsPerSecond: 1});
		const submit = (id: number, now: number, expected?: number) => {
			scheduler.add(id);
			expect(scheduler.next(now)).toMatchObject({do: 'prepare', id});
			scheduler.submitted(id, now, expected);
		};
		submit(1, 0, 1_000_000);
		submit(2, 0);
		expect(scheduler.next(0)).toMatchObject({do: 'read', id: 2});
		expect(scheduler.next(0)).toEqual({do: 'rest', until: 300_000});
		submit(3, 10);
		expect(scheduler.next(10)).toMatchObject({do: 'rest', until: 1000});
	});

	test('counts requests that were made beside the reads', () => {
		const simulation = simulationOf(100, {
			submissionsPerSecond: 1000,
			readsPerSecond: 10,
			processing: () => 0,
			answer: (act, now) => {
				if (act.do === 'read') simulation.scheduler.alsoRead(now);
				return good();
			},
		});
		simulation.run();
		expect(mostWithin(momentsOf(simulation, 'read'), 1000)).toBeLessThanOrEqual(6);
		expect(simulation.done).toHaveLength(100);
	});

	test('asks in time where an estimate was far too long', () => {
		const simulation = simulationOf(100, {expected: () => 24 * 3_600_000});
		simulation.run();
		expect(simulation.now).toBeLessThan(10 * 60_000);
	});

	test('sends higher priorities first, also those that come later', () => {
		const simulation = simulationOf(200, {limits: {uploads: 2, running: 1000}});
		simulation.at(2000, () => {
			for (let id = 1001; id <= 1020; id++) simulation.scheduler.add(id, 5);
		});
		simulation.run();
		const sent = simulation.requests.flatMap(({act}) => (act.do === 'submit' ? [act.id] : []));
		const first = sent.findIndex((id) => id > 1000);
		// What was prepared already goes before.
		expect(first).toBeLessThan(20 + 6);
		expect(sent.slice(first, first + 20).every((id) => id > 1000)).toBe(true);
		expect(sent.filter((id) => id <= 1000)).toEqual(Array.from({length: 200}, (_, index) => index + 1));
	});

	test('sends nothing while paused, and still fetches', () => {
		const simulation = simulationOf(100);
		simulation.run(2000);
		const before = momentsOf(simulation, 'submit').length;
		expect(before).toBeGreaterThan(10);
		simulation.scheduler.paused = true;
		const decisions = simulation.decisions;
		simulation.run(60_000);
		expect(momentsOf(simulation, 'submit')).toHaveLength(before);
		expect(simulation.done).toHaveLength(before);
		expect(simulation.decisions - decisions).toBeLessThan(before * 20);
		simulation.scheduler.paused = false;
		simulation.run();
		expect(simulation.done).toHaveLength(100);
	});

	test('takes other limits at any time', () => {
		const simulation = simulationOf(300, {limits: {uploads: 1, running: 5}, answer: () => good(500)});
		simulation.run(10_000);
		expect(simulation.most).toMatchObject({submitting: 1, running: 5});
		simulation.scheduler.limits = {uploads: 6, running: 50};
		simulation.run(20_000);
		expect(simulation.most.submitting).toBeGreaterThan(4);
		expect(simulation.most.running).toBeGreaterThan(40);
		simulation.scheduler.limits = {uploads: 1, running: 3};
		simulation.run(30_000);
		expect(simulation.running).toBeLessThanOrEqual(3);
		simulation.run();
		expect(simulation.done).toHaveLength(300);
	});

	test('can be relieved of a job in any phase', () => {
		const random = seeded(11);
		const simulation = simulationOf(2000, {
			answer: () => (random() < 0.1 ? down(20) : good(20 + random() * 400)),
		});
		const cancelled = new Set<number>();
		for (let moment = 0; moment < 200_000; moment += 37) {
			simulation.at(moment, () => {
				const id = 1 + Math.floor(random() * 2000);
				if (!simulation.scheduler.has(id) || cancelled.size === 700) return;
				cancelled.add(id);
				simulation.cancel(id);
			});
		}
		simulation.run();
		expect(cancelled.size).toBe(700);
		expect(simulation.done).toHaveLength(1300);
		expect(simulation.scheduler.size).toBe(0);
	});

	test('forgets what it was told of a job before it was cancelled and added again', () => {
		const {scheduler} = simulationOf(0);
		const submitted = (now: number) => {
			expect(scheduler.next(now)).toEqual({do: 'prepare', id: 1});
			scheduler.prepared(1);
			expect(scheduler.next(now)).toEqual({do: 'submit', id: 1});
		};
		scheduler.add(1);
		submitted(0);
		// It is to be asked after at once, and then it is cancelled.
		scheduler.submitted(1, 0);
		scheduler.remove(1);
		scheduler.add(1);
		submitted(1000);
		expect(scheduler.next(5000)).toEqual({do: 'rest', until: undefined});
		scheduler.postpone(1, 6000);
		expect(scheduler.next(5000)).toEqual({do: 'rest', until: 6000});
	});

	test('does not grow with what was cancelled', () => {
		const {scheduler} = simulationOf(0);
		scheduler.paused = true;
		for (let id = 0; id < 10; id++) scheduler.add(id, 1);
		const before = process.memoryUsage().heapUsed;
		for (let round = 0; round < 500_000; round++) {
			scheduler.add(100 + round);
			scheduler.remove(100 + round);
		}
		Bun.gc(true);
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
		expect(scheduler.size).toBe(10);
	});
});

describe('a storm of refusals', () => {
	test('halves the rate, obeys Retry-After, and ends', () => {
		const simulation = simulationOf(500, {
			answer: (act, now) =>
				act.do === 'submit' && now < 30_000 ? tooMany(now < 100 ? 7 : undefined) : good(),
		});
		simulation.run();
		const sent = momentsOf(simulation, 'submit');
		expect(sent.filter((at) => at > 5 && at < 7000)).toEqual([]);
		// Within the storm one in seconds, not ten in a second.
		expect(sent.filter((at) => at < 30_000).length).toBeLessThan(30);
		expect(simulation.done).toHaveLength(500);
		// Afterwards the rate comes back.
		expect(mostWithin(sent, 1000)).toBeGreaterThanOrEqual(9);
		expect(mostWithin(sent, 1000)).toBeLessThanOrEqual(10);
		expect(simulation.now).toBeLessThan(120_000);
	});

	test('of the reads does not keep the submissions', () => {
		const simulation = simulationOf(300, {
			answer: (act, now) => (act.do === 'read' && now < 20_000 ? tooMany() : good()),
		});
		simulation.run();
		expect(momentsOf(simulation, 'submit').filter((at) => at < 20_000).length).toBeGreaterThan(190);
		expect(simulation.done).toHaveLength(300);
	});
});

describe('an outage', () => {
	test('is tried one request at a time, ever more rarely, until it is over', () => {
		const begins = 10_000;
		const ends = 310_000;
		const simulation = simulationOf(2000, {
			answer: (_act, now) => (now >= begins && now < ends ? down(200) : good()),
		});
		simulation.run();
		const during = simulation.requests.map(({at}) => at).filter((at) => at > begins + 5000 && at < ends);
		expect(during.length).toBeLessThan(30);
		expect(during.length).toBeGreaterThan(8);
		expect(mostWithin(during, 1000)).toBe(1);
		const first = simulation.requests.find(({at}) => at >= ends)!.at;
		expect(first - ends).toBeLessThan(37_000);
		expect(simulation.done).toHaveLength(2000);
		expect(simulation.now).toBeLessThan(ends + 37_000 + 200_000 + 60_000);
	});

	test('that ends requests all at once counts once', () => {
		const simulation = simulationOf(0);
		const {scheduler} = simulation;
		for (let id = 1; id <= 6; id++) {
			scheduler.add(id);
			scheduler.next(0);
			scheduler.prepared(id);
			expect(scheduler.next(id * 1000)).toEqual({do: 'submit', id});
		}
		const ends = [1, 2, 3, 4, 5, 6].map((id) =>
			scheduler.failed(id, 7000, {kind: 'outage', retryAfter: undefined}),
		);
		expect(Math.max(...ends.map(({until}) => until))).toBeLessThan(7000 + 1300);
	});

	test('is over for the probe too, when an upload from before it lasts', () => {
		const {scheduler} = simulationOf(0);
		for (let id = 1; id <= 5; id++) {
			scheduler.add(id);
			scheduler.next(0);
			scheduler.prepared(id);
			scheduler.next(id * 1000);
		}
		// One goes on; the others fail.
		for (let id = 2; id <= 4; id++) scheduler.failed(id, 6000, {kind: 'outage', retryAfter: undefined});
		scheduler.submitted(5, 6100);
		expect(scheduler.next(6200)).toMatchObject({do: 'read', id: 5});
	});
});

describe('a heap', () => {
	test('gives the least first, equal ones as they came, and keeps that when it is swept', () => {
		const random = seeded(1);
		const heap = new Heap<{key: number; arrival: number}>();
		for (let arrival = 0; arrival < 2000; arrival++) {
			const key = Math.floor(random() * 50);
			heap.push({key, arrival}, key);
		}
		heap.keep(({arrival}) => arrival % 3 > 0);
		const entries = Array.from({length: heap.size}, () => heap.pop()!);
		expect(entries).toHaveLength(2000 - 667);
		expect(entries).toEqual(entries.toSorted((a, b) => a.key - b.key || a.arrival - b.arrival));
		expect(heap.pop()).toBeUndefined();
	});
});
