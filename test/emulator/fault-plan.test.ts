import {describe, expect, test} from 'bun:test';
import {FaultPlan} from '../../src/emulator/fault-plan.ts';
import {faultsOf, parseFault} from '../../src/emulator/faults.ts';

describe('a fault', () => {
	test('has a short form', () => {
		expect(parseFault('status=429,on=jobs.create,times=2,retryAfter=1')).toEqual({
			fault: 'status',
			status: 429,
			on: 'jobs.create',
			times: 2,
			after: 0,
			retryAfter: 1,
			body: 'json',
		});
		expect(parseFault('drop=3.5')).toEqual({fault: 'drop', second: 3.5, times: 1, after: 0});
		expect(parseFault('hang')).toMatchObject({fault: 'hang'});
		expect(parseFault('close=4005,reason=full')).toMatchObject({code: 4005, reason: 'full'});
	});

	test.each([
		['nothing', /There is no fault "nothing"; there are status, reset/],
		['status=200', /The fault status is wrong: status: /],
		['status=500,on=jobs', /on: /],
		['hang=1', /has no value/],
		['drop=1,times', /not field=value/],
		['close=1006', /no code that a close frame may carry/],
		['drop=1,typo=2', /typo/],
	])('%s is refused with its reason', (text, reason) => {
		expect(() => parseFault(text)).toThrow(reason);
	});

	test('happens exactly as often as said, from where it is said', () => {
		const plan = new FaultPlan(faultsOf([{fault: 'hang', on: 'jobs.list', after: 1, times: 2}]));
		const happened = Array.from({length: 5}, () => plan.forRequest('jobs.list').length);
		expect(happened).toEqual([0, 1, 1, 0, 0]);
		expect(plan.forRequest('jobs.create')).toEqual([]);
		expect(plan.pending).toEqual([]);
	});

	test('befalls one answer at a time, and every request counts for all', () => {
		const plan = new FaultPlan(
			faultsOf([
				{fault: 'status', status: 500},
				{fault: 'status', status: 503},
				{fault: 'no-wait'},
				{fault: 'hang', after: 2},
			]),
		);
		const names = () =>
			plan.forRequest('usage').map((fault) => ('status' in fault ? fault.status : fault.fault));
		expect([names(), names(), names(), names()]).toEqual([[500, 'no-wait'], [503], ['hang'], []]);
	});
});
