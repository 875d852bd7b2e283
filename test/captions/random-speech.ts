/** Random speech from a seed: the same words for the same seed, on every machine. */
import type {RecognitionResult} from '../../src/speechmatics/results.ts';

export type Random = () => number;

/** Numbers from 0 to below 1. Source: Lehmer's generator with the constants of Park and Miller. */
export function randomFrom(seed: number): Random {
	let state = (seed * 48_271 + 11) % 2_147_483_647 || 1;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return (state - 1) / 2_147_483_646;
	};
}

export const SCRIPTS = ['latin', 'chinese', 'japanese', 'korean', 'arabic', 'mixed'] as const;
export type Script = (typeof SCRIPTS)[number];

const LETTERS: Readonly<Record<Exclude<Script, 'mixed'>, readonly string[]>> = {
	latin: [...'abcdefghijklmnopqrstuvwxyzÄéñß', 'e\u0301', 'o\u0302\u0323', "'", '-', 'W', '9'],
	chinese: [...'我们今天开会讨论新版本的搜索功能，大家都很高兴一二三', 'A', '5'],
	japanese: [...'今日はあたらしい会議をはじめますーっゃ々「」コンピュータ、', 'か\u3099'],
	korean: [...'오늘새로운버전의검색기능', '\u1112\u1161\u11ab'],
	arabic: [...'اليومنبدأاجتماعجديدا', 'ب\u064E', 'ل\u0651\u064F', '\u0640'],
};
const ODD = [
	'👩\u200D👩\u200D👧\u200D👦',
	'🇩🇪',
	'👍🏽',
	'❤️',
	'1️⃣',
	'\u0301',
	'\u200D',
	'\u200F',
	'&',
	'<b>',
	'14\u00A0000',
	'12 March  2026',
	'￥',
	'(',
	')',
	'- ',
	' ',
	'\u3000',
];
const MARKS = ['.', ',', '?', '!', '。', '、', '؟', '،', '"', '¿', '（', '…'];
const ATTACHES = ['previous', 'previous', 'previous', 'next', 'both', 'none', undefined];

export interface RandomSpeech {
	readonly results: RecognitionResult[];
	readonly delimiter: string;
}

/** Speech with everything that was seen or feared: odd attachments, no time, overlapping and unordered times. */
export function randomSpeech(script: Script, random: Random): RandomSpeech {
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
	const chance = (probability: number) => random() < probability;
	const delimiter = {chinese: '', japanese: '', mixed: pick(['', ' '])}[script as string] ?? ' ';
	const pace = 0.03 + random() * 0.6;
	const wild = chance(0.3);
	const longest = chance(0.1) ? 120 : 3 + Math.floor(random() * 10);
	const speakers = pick([['S1'], ['S1', 'S2'], ['S1', 'S2', 'UU'], [undefined]]);
	const results: RecognitionResult[] = [];
	let time = random() * 3;
	let speaker = speakers[0];
	for (let count = Math.floor(random() * 60); count >= 0; count--) {
		if (chance(0.08)) speaker = pick(speakers);
		const start = wild && chance(0.1) ? Math.max(0, time - random() * 5) : time;
		const length = chance(0.05) ? 0 : chance(0.01) ? 12 : pace * (0.3 + random());
		const end = wild && chance(0.05) ? start - 0.1 : start + length;
		const alphabet =
			LETTERS[script === 'mixed' ? pick(SCRIPTS.slice(0, 5) as Array<keyof typeof LETTERS>) : script];
		const content = chance(0.04)
			? pick(ODD)
			: Array.from({length: 1 + Math.floor(random() * longest)}, () => pick(alphabet)).join('');
		const alternatives = (text: string) => [{content: text, confidence: random(), ...(speaker && {speaker})}];
		results.push({
			type: pick(['word', 'word', 'word', 'entity']),
			start_time: start,
			end_time: end,
			alternatives: alternatives(content),
		});
		if (chance(0.2)) {
			const attaches_to = chance(0.7) ? 'previous' : pick(ATTACHES);
			const is_eos = chance(0.4);
			results.push({
				type: 'punctuation',
				start_time: end,
				end_time: end,
				attaches_to,
				is_eos,
				alternatives: alternatives(pick(MARKS)),
			});
		}
		time += chance(0.05) ? random() * 4 : wild && chance(0.1) ? 0 : length;
	}
	return {results, delimiter};
}
