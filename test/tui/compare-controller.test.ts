import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CompareController} from '../../src/tui/controllers/compare-controller.ts';
import type {Services} from '../../src/tui/services.ts';
import {BEGAN, eventsOf, fakeCompare, live, transcriptOf} from '../helpers/compared.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-compare-'));
afterAll(() => rmSync(folder, {recursive: true}));
const file = (name: string) => {
	const path = join(folder, name);
	writeFileSync(path, 'x');
	return path;
};

const BATCH = transcriptOf('Good morning all. We like it very much.');
const REALTIME = transcriptOf('Good mourning all. We like very much.');
const EVENTS = eventsOf(BATCH, REALTIME);

function controllerWith(services: Partial<Services>) {
	const told: string[] = [];
	const copied: string[] = [];
	const played: unknown[] = [];
	const compare = new CompareController(
		{
			services: {demo: false, outputDir: undefined, ...services} as Services,
			now: () => 0,
			tell: (text, kind) => told.push(kind === 'problem' ? `! ${text}` : text),
			open: () => {},
			handOver: (work) => work(),
		},
		{
			copy: async (text) => {
				copied.push(text);
				return {by: undefined, isWhole: true};
			},
			player: {
				play: (...asked) => {
					played.push(asked);
					return {ended: new Promise(() => {}), stop: () => {}};
				},
			},
		},
	);
	return {compare, told, copied, played, state: () => compare.store.getState()};
}

/** Until it is over, without stopping it. */
async function over(compare: CompareController): Promise<void> {
	while (compare.running) await Promise.resolve();
}

describe('a comparison', () => {
	test('is run to its end, and told', async () => {
		const {compare, told, state} = controllerWith({compare: fakeCompare(EVENTS)});
		compare.compare('/talks/talk.wav');
		expect(state().running).toBe(true);
		await over(compare);
		expect(state()).toMatchObject({
			running: false,
			comparison: {batch: {phase: 'done'}, realtime: {phase: 'done'}},
		});
		expect(told).toEqual(['talk.wav is compared: 2 places differ']);
	});

	test('is stopped, and says what goes on', async () => {
		const events = [BEGAN, EVENTS[2]!];
		const {compare, told, state} = controllerWith({compare: fakeCompare(events, {waits: true})});
		compare.compare('/talks/talk.wav');
		compare.stop();
		expect(state().stopping).toBe(true);
		await over(compare);
		expect(state()).toMatchObject({
			running: false,
			stopping: false,
			comparison: {batch: {phase: 'stopped'}, realtime: {phase: 'stopped'}},
		});
		expect(told).toEqual(['Stopped; job job1 goes on at the service']);
	});

	test('ends with the program', async () => {
		const {compare, state} = controllerWith({compare: fakeCompare([BEGAN], {waits: true})});
		compare.compare('/talks/talk.wav');
		await compare.end();
		expect(state().running).toBe(false);
	});

	test('of one at a time', async () => {
		const {compare, told} = controllerWith({compare: fakeCompare([BEGAN], {waits: true})});
		compare.compare('/talks/talk.wav');
		compare.compare('/talks/other.wav');
		expect(told).toEqual(['! A comparison is running: stop it first']);
		await compare.end();
	});

	test('goes on where one way fails', async () => {
		const failed = {type: 'failed', mode: 'realtime', reason: 'It broke', cause: 'service', at: 2} as const;
		const events = [...EVENTS.slice(0, 7), failed, {type: 'ended', findings: {}, at: 3} as const];
		const {compare, told, state} = controllerWith({compare: fakeCompare(events)});
		compare.compare('/talks/talk.wav');
		await over(compare);
		expect(state().comparison).toMatchObject({
			batch: {phase: 'done'},
			realtime: {phase: 'failed', reason: 'It broke'},
		});
		expect(told).toEqual([]);
	});

	test('of what is no recording leaves what was there before', async () => {
		const service = fakeCompare(EVENTS);
		const {compare, told, state} = controllerWith({
			compare: {
				...service,
				run: (path, options) =>
					path === '/no.wav' ? Promise.reject(new Error('/no.wav: it is empty')) : service.run(path, options),
			},
		});
		compare.compare('/no.wav');
		await over(compare);
		expect(state()).toMatchObject({comparison: undefined, running: false});
		compare.compare('/talks/talk.wav');
		await over(compare);
		compare.compare('/no.wav');
		await over(compare);
		expect(state().comparison?.file).toBe('/talks/talk.wav');
		expect(told.filter((text) => text.startsWith('!'))).toEqual([
			'! /no.wav: it is empty',
			'! /no.wav: it is empty',
		]);
	});

	test('knows its latest state once it is over', async () => {
		const events = [BEGAN, live({type: 'partial', text: 'a', startTime: 0, endTime: 1, results: []}, 1)];
		const {compare, state} = controllerWith({compare: fakeCompare(events)});
		compare.compare('/talks/talk.wav');
		await over(compare);
		expect(state().comparison?.realtime.partial).toBe('a');
	});
});

describe('what was said', () => {
	const said = async () => 'Good morning all. We like it very much.';

	test('judges what was compared already, without sending it again', async () => {
		let runs = 0;
		const service = fakeCompare(EVENTS, {said});
		const {compare, told, state} = controllerWith({
			compare: {
				...service,
				run: (...all) => {
					runs += 1;
					return service.run(...all);
				},
			},
		});
		compare.compare('/talks/talk.wav');
		await over(compare);
		await compare.judgeBy('/talks/said.txt');
		expect(state().comparison?.findings).toMatchObject({
			batchAgainstReference: {rate: {rate: 0}},
			// Replaced: morning; missed: it; of 8 words.
			realtimeAgainstReference: {rate: {substitutions: 1, deletions: 1, rate: 2 / 8}},
		});
		expect(runs).toBe(1);
		expect(told.at(-1)).toBe('Both are judged by said.txt');

		await compare.judgeBy(undefined);
		expect(state().reference).toBeUndefined();
		expect(state().comparison?.findings).not.toHaveProperty('batchAgainstReference');
	});

	test('is asked for again where it cannot be read, and kept as it was', async () => {
		const {compare, told, state} = controllerWith({compare: fakeCompare(EVENTS)});
		compare.askForReference();
		compare.questions.field.set('/no.txt');
		await compare.questions.answer();
		expect(told).toEqual(['! The reference /no.txt cannot be read']);
		expect(compare.questions.asked).toBeDefined();
		compare.questions.cancel();
		expect(state().reference).toBeUndefined();
	});

	test('is what is dropped with such a name; anything else is compared', async () => {
		const {compare, told, state} = controllerWith({compare: fakeCompare(EVENTS, {said})});
		await compare.compareDropped(file('said.srt'));
		expect(state().reference).toBe(join(folder, 'said.srt'));
		await compare.compareDropped(`'${file('a.wav')}' '${file('b.wav')}'`);
		await over(compare);
		expect(told.toSorted()).toEqual([
			'Both are judged by said.srt',
			'Only a.wav: one at a time',
			'talk.wav is compared: 2 places differ',
		]);
	});
});

test('rates are asked for one by one, and written to the settings', async () => {
	const written: string[] = [];
	const settings = {
		set: async (name: string, text: string) => {
			if (!/^[\d.]+$|EUR/.test(text)) throw new Error(`${name} must be a number`);
			written.push(`${name}=${text}`);
		},
		unset: async (name: string) => {
			written.push(`${name} unset`);
		},
	};
	const {compare, told} = controllerWith({
		settings: settings as unknown as NonNullable<Services['settings']>,
		compare: fakeCompare([], {rates: () => ({realtime: 0.5})}),
	});
	compare.askForRates();
	const answer = async (text: string) => {
		compare.questions.field.set(text);
		await compare.questions.answer();
	};
	await answer('much');
	expect(compare.questions.asked).toEqual({label: 'What an hour of batch costs you:', more: 2});
	await answer('0,24');
	expect(compare.questions.field.text).toBe('0.5');
	await answer('');
	await answer('EUR');
	expect(compare.questions.asked).toBeUndefined();
	expect(written).toEqual(['compare.batch_rate=0.24', 'compare.realtime_rate unset', 'compare.currency=EUR']);
	expect(told).toEqual(['! compare.batch_rate must be a number', 'The rates are in the settings now']);
});

describe('what came of it', () => {
	const compared = async (services: Partial<Services> = {}) => {
		const all = controllerWith({compare: fakeCompare(EVENTS), ...services});
		all.compare.compare('/talks/talk.wav');
		await over(all.compare);
		all.told.length = 0;
		return all;
	};
	const DOCUMENT = {
		rowCount: 40,
		places: [
			{start: 1, end: 2},
			{start: 7, end: 8},
		],
		rowOf: (place: number) => [2, 30][place]!,
	};

	test('is copied as the command prints it', async () => {
		const {compare, copied, told} = await compared();
		await compare.reader.copy();
		expect(copied).toEqual(['the report']);
		expect(told).toEqual(['Copied the report']);
	});

	test('is saved beside the recording, by the demo nowhere', async () => {
		const {compare, told} = await compared();
		expect(compare.reader.whyNotSaved).toBeUndefined();
		await compare.reader.save();
		expect(told).toEqual(['Saved talk.comparison.txt and 1 more in /talks']);
		const {compare: demo} = await compared({demo: true});
		expect(demo.reader.whyNotSaved).toBe('the demo writes no files without --output-dir');
	});

	test('has places to jump to, around the ends, which are brought in sight and can be heard', async () => {
		const {compare, told, played} = await compared();
		const {reader} = compare;
		expect(reader.whyNoSound(DOCUMENT)).toBe('no place is chosen: press n');
		reader.moveToPlace(1, DOCUMENT, 10);
		expect(reader.store.getState()).toMatchObject({place: 0, top: 0});
		reader.moveToPlace(1, DOCUMENT, 10);
		expect(reader.store.getState()).toMatchObject({place: 1, top: 27});
		reader.play(DOCUMENT);
		expect(played).toEqual([['/talks/talk.wav', expect.any(Number), expect.any(Number)]]);
		reader.moveToPlace(1, DOCUMENT, 10);
		expect(reader.store.getState()).toMatchObject({place: 0});
		expect(told).toEqual(['Again from the first place']);
		reader.moveToPlace(-1, DOCUMENT, 10);
		expect(reader.store.getState()).toMatchObject({place: 1});
	});

	test('is scrolled no further than it goes, and begun anew in another view', async () => {
		const {compare} = await compared();
		const {reader} = compare;
		reader.scrollTo(() => Number.POSITIVE_INFINITY, DOCUMENT, 10);
		expect(reader.store.getState().top).toBe(30);
		reader.scrollTo((top) => top - 100, DOCUMENT, 10);
		expect(reader.store.getState().top).toBe(0);
		reader.switchView(-1, 3);
		expect(reader.store.getState()).toEqual({view: 2, top: 0, place: undefined});
		reader.switchView(1, 3);
		expect(reader.store.getState().view).toBe(0);
	});
});
