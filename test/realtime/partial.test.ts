import {describe, expect, test} from 'bun:test';
import {StablePartial} from '../../src/realtime/partial.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {randomFrom} from '../captions/random-speech.ts';
import {mark, word} from '../helpers/results.ts';

const words = (text: string, from = 0) =>
	text === '' ? [] : text.split(' ').map((content, index) => word(content, from + index));

function show(partial: StablePartial, text: string, from = 0) {
	partial.update({results: words(text, from), text});
	return partial.shown;
}

describe('a partial', () => {
	test('stands still as far as it was seen twice', () => {
		const partial = new StablePartial();
		expect(show(partial, 'the cat')).toEqual({stable: '', unstable: 'the cat'});
		expect(show(partial, 'the cat sat')).toEqual({stable: 'the cat', unstable: ' sat'});
		expect(show(partial, 'the cat saw it')).toEqual({stable: 'the cat', unstable: ' saw it'});
		expect(show(partial, 'a cat saw it')).toEqual({stable: '', unstable: 'a cat saw it'});
	});

	test('moves no word for a mark or a capital that comes and goes', () => {
		const partial = new StablePartial();
		show(partial, 'hello how are');
		show(partial, 'hello how are you');
		partial.update({
			results: [
				word('Hello', 0),
				mark(',', 0.5),
				word('how', 1),
				word('are', 2),
				word('you', 3),
				mark('?', 3.5),
			],
			text: '',
		});
		expect(partial.shown).toEqual({stable: 'hello how are you?', unstable: ''});
	});

	test('that lost its end shows it once more, not twice', () => {
		const partial = new StablePartial();
		show(partial, 'one two three');
		expect(show(partial, 'one two')).toEqual({stable: 'one two', unstable: ' three'});
		expect(show(partial, 'one two three four')).toEqual({stable: 'one two three', unstable: ' four'});
		expect(show(partial, 'one two')).toEqual({stable: 'one two', unstable: ' three four'});
		expect(show(partial, 'one two')).toEqual({stable: 'one two', unstable: ''});
		expect(show(partial, '')).toEqual({stable: '', unstable: 'one two'});
		expect(show(partial, '')).toEqual({stable: '', unstable: ''});
	});

	test('keeps the words after those that are final', () => {
		const partial = new StablePartial();
		show(partial, 'twenty five people came');
		show(partial, 'twenty five people came in');
		partial.takeFinal([word('25', 0, {end: 1.5}), mark(',', 1.5)]);
		expect(partial.shown).toEqual({stable: 'people came', unstable: ' in'});
		partial.takeFinal([mark('.', 9)]);
		expect(partial.shown).toEqual({stable: 'people came', unstable: ' in'});
		partial.takeFinal([word('people', 2), word('came', 3), word('in', 4)]);
		expect(partial.shown).toEqual({stable: '', unstable: ''});
	});

	test('joins words as their language does, and has no mark of the final before it', () => {
		const partial = new StablePartial();
		const results = [mark('。', 0), word('你', 0), word('好', 1)];
		partial.update({results, text: ''}, '');
		expect(partial.shown.unstable).toBe('你好');
	});
});

describe('partials revised at random', () => {
	const SEEDS = Array.from({length: 200}, (_, seed) => seed);

	/** What the service could send: the truth so far, its last words wrong at times, its end cut at times. */
	function* revisions(seed: number): Generator<{partial?: RecognitionResult[]; final?: RecognitionResult[]}> {
		const random = randomFrom(seed);
		const truth = Array.from({length: 60}, (_, index) => `w${index}`);
		let finals = 0;
		for (let heard = 1; heard <= truth.length; heard += 1 + Math.floor(random() * 3)) {
			const results = truth.slice(finals, heard).map((content, index, all) => {
				const wrong = index > all.length - 4 && random() < 0.3;
				const shift = (random() - 0.5) * 0.2;
				const start = finals + index;
				return word(wrong ? `${content}x${Math.floor(random() * 9)}` : content, start + shift, {
					end: start + 0.5 + shift,
				});
			});
			const cut = random() < 0.2 ? Math.floor(random() * 3) : 0;
			yield {partial: results.slice(0, results.length - cut)};
			if (random() < 0.3 && heard > finals + 3) {
				const until = finals + 1 + Math.floor(random() * (heard - finals - 2));
				yield {final: truth.slice(finals, until).map((content, index) => word(content, finals + index))};
				finals = until;
			}
		}
	}

	const numbers = (text: string) => [...text.matchAll(/w(\d+)/g)].map((match) => Number(match[1]));

	test.each(SEEDS)('never show a word twice, nor hide one for longer than an update (%i)', (seed) => {
		const partial = new StablePartial();
		const done: number[] = [];
		for (const step of revisions(seed)) {
			if (step.partial !== undefined) partial.update({results: step.partial, text: ''});
			if (step.final !== undefined) {
				partial.takeFinal(step.final);
				done.push(...step.final.map((result) => numbers(result.alternatives![0]!.content)[0]!));
			}
			const {stable, unstable} = partial.shown;
			const shown = numbers(stable + unstable);
			// Each word once and in order, none that is final already, and none left out between.
			expect(shown).toEqual(shown.map((_, index) => done.length + index));
			if (step.partial !== undefined) expect(shown.length).toBeGreaterThanOrEqual(step.partial.length);
		}
	});

	test.each(SEEDS.slice(0, 50))(
		'move nothing that stands still, unless a word of it changed (%i)',
		(seed) => {
			const partial = new StablePartial();
			let before = '';
			for (const step of revisions(seed)) {
				if (step.final !== undefined) {
					partial.takeFinal(step.final);
					before = partial.shown.stable;
					continue;
				}
				partial.update({results: step.partial!, text: ''});
				const {stable} = partial.shown;
				const said = step.partial!.map((result) => result.alternatives![0]!.content).join(' ');
				if (before !== '' && `${said} `.startsWith(`${before} `))
					expect(`${stable} `).toStartWith(`${before} `);
				expect(`${said} `.startsWith(stable === '' ? '' : `${stable} `)).toBe(true);
				before = stable;
			}
		},
	);
});
