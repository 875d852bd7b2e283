import {describe, expect, test} from 'bun:test';
import {FaultPlan} from '../../src/emulator/fault-plan.ts';
import {faultsOf, parseFault} from '../../src/emulator/faults.ts';
import {misheard} from '../../src/emulator/mishearing.ts';
import type {Spoken} from '../../src/emulator/recogniser/spoken.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {SAMPLE} from '../helpers/program.ts';

const spoken = (content: string, start: number, type: Spoken['type'] = 'word'): Spoken => ({
	...{type, content, start, end: type === 'word' ? start + 1 : start, speaker: 'S1', confidence: 1},
});

describe('a word that is heard wrongly', () => {
	const said = [spoken('Good', 0), spoken('morning', 1), spoken(',', 2, 'punctuation')];

	test('is replaced, left out, or becomes several that share its time', () => {
		const heard = (word: string, as: string) =>
			misheard(said, [{word, as}]).map(({content, start, end}) => [content, start, end]);
		expect(heard('good', 'God')[0]).toEqual(['God', 0, 1]);
		expect(heard('morning', '')).toEqual([
			['Good', 0, 1],
			[',', 2, 2],
		]);
		expect(heard('morning', 'more nings').slice(1, 3)).toEqual([
			['more', 1, 1.5],
			['nings', 1.5, 2],
		]);
		expect(misheard(said, [{word: ',', as: 'comma'}])).toEqual(said);
	});

	test('is a fault with a short form, of one product, and as often as said', () => {
		expect(parseFault('mishear=14,as=40,by=batch')).toEqual({
			...{fault: 'mishear', word: '14', as: '40', by: 'batch', times: 1, after: 0},
		});
		expect(() => parseFault('mishear=good')).toThrow(/The fault mishear is wrong: by/);
		const plan = new FaultPlan(faultsOf([{fault: 'mishear', word: 'good', by: 'realtime', after: 1}]));
		expect(plan.forHearing('batch')).toEqual([]);
		expect(plan.forSession()).toEqual([]);
		const counts = [1, 2, 3].map(() => plan.forHearing('realtime').length);
		expect(counts).toEqual([0, 1, 0]);
	});

	test('is so in every form of a transcript, of one job', async () => {
		await using emulator = await startEmulator({
			processingTime: () => 0,
			faults: [{fault: 'mishear', by: 'batch', word: 'customers', as: 'costumers'}],
		});
		await using client = new BatchClient({url: emulator.batchUrl, apiKey: 'k'});
		const [first, second] = [await client.submitJob(SAMPLE), await client.submitJob(SAMPLE)];
		for (const job of [first, second]) await client.waitForCompletion(job);
		for (const format of ['txt', 'srt'] as const) {
			expect(await client.getTranscript(first, {format})).toContain('costumers');
			expect(await client.getTranscript(second, {format})).not.toContain('costumers');
		}
		const {results} = await client.getTranscript(first);
		expect(results.some(({alternatives}) => alternatives?.[0]?.content === 'costumers')).toBe(true);
	});
});
