import {describe, expect, test} from 'bun:test';
import stringWidth from 'string-width';
import {type Cue, cuesOf} from '../../src/captions/cues.ts';
import {lint} from '../../src/captions/lint.ts';
import {parseCaptions} from '../../src/captions/parse.ts';
import {type CaptionRules, PRESET_NAMES, presetRules} from '../../src/captions/rules.ts';
import {srtText} from '../../src/captions/srt.ts';
import {vttText} from '../../src/captions/vtt.ts';
import {joinResults} from '../../src/speechmatics/transcript.ts';
import {expectConserved} from './conservation.ts';
import {readIndependently} from './independent-parser.ts';
import {
	type Random,
	type RandomSpeech,
	randomFrom,
	randomSpeech,
	SCRIPTS,
	type Script,
} from './random-speech.ts';

const CASES = 500;
const LANGUAGES: Readonly<Record<Script, string | undefined>> = {
	latin: 'en',
	chinese: 'cmn',
	japanese: 'ja',
	korean: 'ko',
	arabic: 'ar',
	mixed: undefined,
};

function randomRules(script: Script, random: Random): CaptionRules {
	const name = PRESET_NAMES[Math.floor(random() * PRESET_NAMES.length)]!;
	const rules = presetRules(name, LANGUAGES[script]);
	if (random() < 0.6) return rules;
	return {...rules, maxColumns: 10 + Math.floor(random() * 50), maxLines: 1 + Math.floor(random() * 3)};
}

interface Case extends RandomSpeech {
	readonly seed: number;
	readonly rules: CaptionRules;
	readonly cues: readonly Cue[];
}

const made = new Map<Script, readonly Case[]>();

function casesOf(script: Script): readonly Case[] {
	const known = made.get(script);
	if (known !== undefined) return known;
	const cases = Array.from({length: CASES}, (_, index) => {
		const seed = index + 1;
		const random = randomFrom(seed * 7919 + SCRIPTS.indexOf(script));
		const speech = randomSpeech(script, random);
		const rules = randomRules(script, random);
		const cues = cuesOf(speech.results, speech.delimiter, rules, LANGUAGES[script]);
		return {...speech, seed, rules, cues};
	});
	made.set(script, cases);
	return cases;
}

function eachCase(script: Script, check: (one: Case) => void) {
	for (const one of casesOf(script)) {
		try {
			check(one);
		} catch (error) {
			throw new Error(`${script} ${one.seed}: ${(error as Error).message}`);
		}
	}
}

describe.each([...SCRIPTS])('whatever is said in %s script', (script) => {
	test('no cue breaks a hard rule, and none is out of order or over another', () => {
		eachCase(script, ({cues, rules}) => {
			for (const [index, {start, end, lines}] of cues.entries()) {
				expect(lines.length).toBeWithin(1, rules.maxLines + 1);
				for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(rules.maxColumns);
				expect(end).toBeGreaterThan(start);
				expect(end - start).toBeLessThanOrEqual(rules.maxDuration);
				expect(start).toBeGreaterThanOrEqual(cues[index - 1]?.end ?? 0);
			}
		});
	});

	test('the text is conserved exactly', () => {
		eachCase(script, ({results, delimiter, cues}) => expectConserved(cues, joinResults(results, delimiter)));
	});

	test('the linter agrees with the maker, also about what was written and read again', () => {
		eachCase(script, ({cues, rules}) => {
			const errors = (found: readonly Cue[]) =>
				lint(found, rules).filter(({severity}) => severity === 'error');
			expect(errors(cues)).toEqual([]);
			const shown = cues.map(({start, end, lines}) => ({start, end, lines: [...lines]}));
			expect(parseCaptions(vttText(cues))).toEqual(shown);
			// SubRip cannot write a text that is a tag but is none.
			const untagged = shown.map((cue) => ({
				...cue,
				lines: cue.lines.map((line) => line.replaceAll('<b>', '')),
			}));
			const read = parseCaptions(srtText(cues));
			if (untagged.every(({lines}) => lines.every((line) => line.trim() !== ''))) {
				expect(read).toEqual(untagged);
				expect(errors(read)).toEqual([]);
			}
		});
	});

	test('an independent parser reads the same from both kinds of files', async () => {
		for (const {cues} of casesOf(script).slice(0, 60)) {
			const shown = cues.map(({start, end, lines}) => ({start, end, text: lines.join('\n')}));
			const plain = (found: typeof shown) => found.map(({start, end, text}) => ({start, end, text}));
			expect(plain(await readIndependently(srtText(cues), 'srt'))).toEqual(shown);
			expect(plain(await readIndependently(vttText(cues), 'vtt'))).toEqual(shown);
		}
	});
});

test('a recording of three hours becomes captions in less than a second', () => {
	const random = randomFrom(3);
	const results = Array.from({length: 30_000}, (_, index) => ({
		type: index % 12 === 11 ? 'punctuation' : 'word',
		start_time: index * 0.36,
		end_time: index * 0.36 + 0.3,
		is_eos: index % 12 === 11 && random() < 0.5,
		alternatives: [
			{
				content: index % 12 === 11 ? '.' : 'abcdefghijkl'.slice(0, 1 + random() * 11),
				speaker: random() < 0.9 ? 'S1' : 'S2',
			},
		],
	}));
	const begin = performance.now();
	const cues = cuesOf(results);
	expect(performance.now() - begin).toBeLessThan(1000);
	expectConserved(cues, joinResults(results));
});
