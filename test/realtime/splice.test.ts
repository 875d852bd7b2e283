import {describe, expect, test} from 'bun:test';
import {Progress} from '../../src/realtime/progress.ts';
import {Splice, TimeMap} from '../../src/realtime/splice.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {mark, word} from '../helpers/results.ts';
import {seeded} from '../helpers/seeded.ts';

/** Seconds by which two hearings of a word may differ. */
const JITTER = 0.04;

const texts = (results: readonly RecognitionResult[]) =>
	results.map(({alternatives}) => alternatives![0]!.content);

/** Words of random lengths with random pauses between them. */
function speech(random: () => number, count: number): RecognitionResult[] {
	const words: RecognitionResult[] = [];
	let time = 0;
	for (let index = 0; index < count; index++) {
		const start = time + random() * 0.4;
		time = start + 0.16 + random() * 0.5;
		words.push(word(`w${index}`, start, {end: time}));
	}
	return words;
}

/** What a connection hears that was sent the audio from a moment on: by its own count of time, not quite the same. */
function heard(words: readonly RecognitionResult[], from: number, until: number, random: () => number) {
	const jitter = () => (random() * 2 - 1) * JITTER;
	return words
		.filter(({start_time, end_time}) => start_time >= from && end_time <= until)
		.map((result) => {
			const start_time = Math.max(0, result.start_time - from + jitter());
			return {
				...result,
				start_time,
				end_time: Math.max(start_time + 0.08, result.end_time - from + jitter()),
			};
		});
}

function* inMessages<Value>(values: readonly Value[], random: () => number): Generator<Value[]> {
	for (let at = 0; at < values.length; ) {
		const next = at + 1 + Math.floor(random() * 4);
		yield values.slice(at, next);
		at = next;
	}
}

describe('words of several connections', () => {
	test('after a link was lost: each is taken once, however often it happens', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seeded(seed);
			const words = speech(random, 60);
			const end = words.at(-1)!.end_time + 1;
			const progress = new Progress(0);
			const taken: RecognitionResult[] = [];
			for (let connection = 0; ; connection++) {
				const from = progress.until;
				const sendFrom = Math.max(0, from - 2);
				const isLast = connection === 6;
				const map = new TimeMap();
				map.begin(0, sendFrom);
				const splice = new Splice(map, from, {isFirst: connection === 0});
				const brokenAt = isLast ? end : sendFrom + random() * (end - sendFrom);
				for (const message of inMessages(heard(words, sendFrom, brokenAt, random), random)) {
					const results = splice.take(message);
					taken.push(...results);
					if (results.length > 0) progress.heard(undefined, results.at(-1)!.end_time, undefined);
				}
				if (isLast) break;
			}
			expect(texts(taken)).toEqual(texts(words));
			for (const [index, {start_time}] of taken.entries()) {
				expect(Math.abs(start_time - words[index]!.start_time)).toBeLessThan(JITTER + 0.002);
			}
		}
	});

	test('of a hand-over: each is taken once, by the one or by the other', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const random = seeded(seed);
			const words = speech(random, 40);
			const end = words.at(-1)!.end_time + 1;
			// In a silence, as hand-overs are.
			const cut = words.findIndex(
				({end_time}, index) => index > 10 && (words[index + 1]?.start_time ?? 0) - end_time > 0.1,
			);
			const time = (words[cut]!.end_time + words[cut + 1]!.start_time) / 2;
			const connections = [0, time - 2].map((sendFrom) => {
				const map = new TimeMap();
				map.begin(0, sendFrom);
				return {sendFrom, splice: new Splice(map, Math.max(0, sendFrom), {isFirst: sendFrom === 0})};
			});
			const [old, next] = connections as [(typeof connections)[0], (typeof connections)[0]];
			old.splice.endAt(time);
			next.splice.beginAt(time);
			const taken = [
				...old.splice.take(heard(words, 0, time + 1, random)),
				...next.splice.take(heard(words, next.sendFrom, end, random)),
			];
			expect(texts(taken)).toEqual(texts(words));
		}
	});

	test('stand behind what could not be sent', () => {
		const map = new TimeMap();
		map.begin(0, 10);
		map.begin(5, 100);
		const splice = new Splice(map, 10, {isFirst: true});
		const [before, after] = splice.take([word('before', 4), word('after', 6)]);
		expect([before!.start_time, after!.start_time]).toEqual([14, 101]);
	});
});

describe('marks', () => {
	const map = new TimeMap();
	map.begin(0, 0);

	test('go with the word they are written against', () => {
		const splice = new Splice(map, 2);
		expect(texts(splice.take([word('old', 1), mark('.', 1.5), word('New', 2), mark(',', 2.5)]))).toEqual([
			'New',
			',',
		]);
		expect(texts(splice.take([mark('!', 2.5)]))).toEqual(['!']);
	});

	test('that the connection before did not tell any more are taken from the next, once', () => {
		const splice = new Splice(map, 1.5, {markAt: 1.5});
		const again = [word('far', 0), mark('?', 0.5), word('old', 1), mark('.', 1.52), word('New', 2)];
		expect(texts(splice.look(again))).toEqual(['.', 'New']);
		expect(texts(splice.take(again.slice(0, 3)))).toEqual([]);
		expect(texts(splice.take(again.slice(3)))).toEqual(['.', 'New']);
		expect(texts(new Splice(map, 1.5).take(again))).toEqual(['New']);
	});

	test('after the word that is the next connection’s are not taken', () => {
		const splice = new Splice(map, 0, {isFirst: true});
		splice.endAt(1.6);
		expect(texts(splice.take([word('mine', 1), mark(',', 1.5), word('theirs', 2), mark('.', 2.5)]))).toEqual([
			'mine',
			',',
		]);
	});
});

describe('how far words are final', () => {
	test('with channels: what only one of them has told is still asked of the other', () => {
		const progress = new Progress(0, ['Me', 'Them']);
		progress.heard('Me', 8, undefined);
		progress.heard('Them', 5, 5);
		expect(progress.until).toBe(5);
		expect(progress.furthest).toBe(8);
		expect(progress.of('Me')).toEqual({until: 8, markAt: undefined});
		expect(progress.of('Them')).toEqual({until: 5, markAt: 5});
	});

	test('with a channel on which nobody speaks: not for ever', () => {
		const progress = new Progress(0, ['Me', 'Them']);
		for (let time = 1; time <= 600; time++) progress.heard('Me', time, undefined);
		expect(progress.until).toBe(590);
		expect(progress.of('Them').until).toBe(590);
	});

	test('does not go back', () => {
		const progress = new Progress(10);
		progress.heard(undefined, 5, undefined);
		expect(progress.until).toBe(10);
		progress.skipTo(20);
		progress.skipTo(15);
		expect(progress.until).toBe(20);
	});
});
