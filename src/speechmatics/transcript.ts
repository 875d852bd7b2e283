/** From recognised items to text, as the items themselves say how they attach; never by a list of marks. */
import type {Transcript} from './jobs.ts';
import type {LanguagePackInfo, RecognitionResult} from './results.ts';

/** What nobody could tell apart is labelled `UU`; without diarization batch labels everything so. */
const UNKNOWN_SPEAKER = 'UU';

/** What stands between two words in a language; a space where the service does not say. */
export function wordDelimiter(languagePack: LanguagePackInfo | null | undefined): string {
	return languagePack?.word_delimiter ?? ' ';
}

/** What stands before a word, where that depends on its language. */
export type Delimiter = string | ((language: string | undefined) => string);

/** What stands before a word of each language, as multilingual models say; else what stands between all words. */
export function delimiterOf(languagePack: LanguagePackInfo | null | undefined): Delimiter {
	const byLanguage = languagePack?.per_language_word_delimiters;
	const common = wordDelimiter(languagePack);
	if (byLanguage === null || byLanguage === undefined) return common;
	return (language) => (language === undefined ? undefined : byLanguage[language]) ?? common;
}

export function contentOf(result: RecognitionResult): string {
	return result.alternatives?.[0]?.content ?? '';
}

export function speakerOf(result: RecognitionResult): string | undefined {
	return result.alternatives?.[0]?.speaker ?? undefined;
}

export function languageOf(result: RecognitionResult): string | undefined {
	return result.alternatives?.[0]?.language ?? undefined;
}

/** Whether an item is written against the one before it, without a space. */
export function attachesToPrevious({type, attaches_to}: RecognitionResult): boolean {
	if (attaches_to === undefined || attaches_to === null) return type === 'punctuation';
	return attaches_to === 'previous' || attaches_to === 'both';
}

/**
 * Joins items to text one by one, so that it also works across messages, where a mark may arrive long after
 * its word.
 */
export class TextJoiner {
	readonly #delimiter: Delimiter;
	#atStart = true;
	#nextAttaches = false;

	constructor(delimiter: Delimiter = ' ') {
		this.#delimiter = delimiter;
	}

	/** What `result` adds to the text so far, with the delimiter in front where one belongs. */
	add(result: RecognitionResult): string {
		const content = contentOf(result);
		if (content === '') return '';
		const attached = this.#atStart || this.#nextAttaches || attachesToPrevious(result);
		this.#atStart = false;
		this.#nextAttaches = result.attaches_to === 'next' || result.attaches_to === 'both';
		if (attached) return content;
		return (
			(typeof this.#delimiter === 'string' ? this.#delimiter : this.#delimiter(languageOf(result))) + content
		);
	}
}

/** The text of items in their order. */
export function joinResults(results: Iterable<RecognitionResult>, delimiter: Delimiter = ' '): string {
	const joiner = new TextJoiner(delimiter);
	let text = '';
	for (const result of results) text += joiner.add(result);
	return text;
}

/** What one speaker says on one channel until another one speaks. Times are seconds. */
export interface Turn {
	readonly speaker: string | undefined;
	readonly channel: string | undefined;
	readonly startTime: number;
	readonly endTime: number;
	readonly results: readonly RecognitionResult[];
}

/** Splits items into turns. A mark stays in the turn of the word it is written against. */
export function turnsOf(results: Iterable<RecognitionResult>): Turn[] {
	const turns: Array<Turn & {results: RecognitionResult[]; endTime: number}> = [];
	for (const result of results) {
		const speaker = speakerOf(result);
		const channel = result.channel ?? undefined;
		const last = turns.at(-1);
		const same = last !== undefined && last.speaker === speaker && last.channel === channel;
		if (last !== undefined && (same || attachesToPrevious(result))) {
			last.results.push(result);
			last.endTime = Math.max(last.endTime, result.end_time);
		} else {
			turns.push({
				speaker,
				channel,
				startTime: result.start_time,
				endTime: result.end_time,
				results: [result],
			});
		}
	}
	return turns;
}

export type WritingDirection = 'left-to-right' | 'right-to-left';

/**
 * Which way a turn is written: as its first word says, else as its language is written, else as the language pack says.
 * The text itself is in reading order either way; whoever draws it has to turn it.
 */
export function writingDirectionOf(
	{results}: Pick<Turn, 'results'>,
	languagePack?: LanguagePackInfo | null,
): WritingDirection {
	for (const result of results) {
		const shown = result.alternatives?.[0]?.display?.direction;
		if (shown === 'rtl' || shown === 'ltr') return shown === 'rtl' ? 'right-to-left' : 'left-to-right';
		const own = languagePack?.per_language_writing_direction?.[languageOf(result) ?? ''];
		if (own === 'right-to-left' || own === 'left-to-right') return own;
	}
	return languagePack?.writing_direction === 'right-to-left' ? 'right-to-left' : 'left-to-right';
}

/** How sure the service is of the words, 0–1, on average; marks do not count. `undefined` where it does not say. */
export function confidenceOf(results: Iterable<RecognitionResult>): number | undefined {
	let sum = 0;
	let count = 0;
	for (const {type, alternatives} of results) {
		const confidence = alternatives?.[0]?.confidence;
		if (type === 'punctuation' || confidence === null || confidence === undefined) continue;
		sum += confidence;
		count += 1;
	}
	return count === 0 ? undefined : sum / count;
}

/** Who speaks in a turn, as it is written before the text; `undefined` where nobody is told apart. */
export function turnLabel({speaker, channel}: Pick<Turn, 'speaker' | 'channel'>): string | undefined {
	const known = speaker === UNKNOWN_SPEAKER && channel === undefined ? undefined : speaker;
	const parts = [channel, known].filter((part) => part !== undefined);
	return parts.length === 0 ? undefined : parts.join(' ');
}

/** A transcript as text: a paragraph a turn, each with its speaker in front where speakers are told apart. */
export function transcriptText(transcript: Pick<Transcript, 'results' | 'metadata'>): string {
	const delimiter = delimiterOf(transcript.metadata.language_pack_info);
	return turnsOf(transcript.results)
		.map((turn) => {
			const label = turnLabel(turn);
			const text = joinResults(turn.results, delimiter);
			return label === undefined ? text : `${label}: ${text}`;
		})
		.join('\n\n');
}
