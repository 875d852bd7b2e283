/** Stand-ins for what no recogniser here can find out. Each says of itself that it is simulated. Pure. */
import type {RecognitionResult} from '../speechmatics/results.ts';
import {joinResults, speakerOf} from '../speechmatics/transcript.ts';

/** Languages translated from and to English. Source: docs, translation. */
const TRANSLATED_WITH_ENGLISH =
	'bg ca cmn cs da de el es et fi fr gl hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sv tr uk vi'.split(
		' ',
	);
export const TRANSLATION_PAIRS: Readonly<Record<string, readonly string[]>> = {
	en: TRANSLATED_WITH_ENGLISH,
	...Object.fromEntries(TRANSLATED_WITH_ENGLISH.map((language) => [language, ['en']])),
};

export function isTranslatable(from: string, to: string): boolean {
	return from === to || (TRANSLATION_PAIRS[from]?.includes(to) ?? false);
}

export interface Sentence {
	readonly content: string;
	readonly start_time: number;
	readonly end_time: number;
	readonly speaker?: string;
	readonly channel?: string;
}

/** Sentences of items, each of one speaker on one channel. */
export function sentencesOf(results: readonly RecognitionResult[]): Sentence[] {
	const groups: RecognitionResult[][] = [];
	let open: RecognitionResult[] | undefined;
	for (const result of results) {
		const first = open?.[0];
		if (first !== undefined && result.type !== 'punctuation') {
			const same = speakerOf(first) === speakerOf(result) && first.channel === result.channel;
			if (!same) open = undefined;
		}
		if (open === undefined) {
			open = [];
			groups.push(open);
		}
		open.push(result);
		if (result.is_eos) open = undefined;
	}
	return groups.map((group) => {
		const speaker = speakerOf(group[0]!);
		const channel = group[0]!.channel ?? undefined;
		return {
			content: joinResults(group),
			start_time: group[0]!.start_time,
			end_time: Math.max(...group.map(({end_time}) => end_time)),
			...(speaker === undefined ? {} : {speaker}),
			...(channel === undefined ? {} : {channel}),
		};
	});
}

/** Sentences in another language: the same words, marked. */
export function translated(results: readonly RecognitionResult[], language: string): Sentence[] {
	return sentencesOf(results).map((sentence) => ({
		...sentence,
		content: `[simulated ${language}] ${sentence.content}`,
	}));
}

/** Identifiers that name their speaker, so that a test can tell them apart. */
export function simulatedSpeakers(labels: Iterable<string>) {
	return [...labels].sort().map((label) => ({label, speaker_identifiers: [`simulated-identifier-${label}`]}));
}
