/** Translated sentences as timed words, so that they become captions like any other. */
import type {TranslatedSentence} from '../speechmatics/add-ons.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';

/** Scripts that write no space between words. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、！？]/u;
const UNSPACED_END = new RegExp(`${UNSPACED.source}$`, 'u');

/**
 * The words of translated sentences, to be joined by nothing: each brings the space before it. The service times only the
 * sentence, so a word gets the share of its length.
 *
 * @param language of the translation
 */
export function wordsOfTranslation(
	sentences: readonly TranslatedSentence[],
	language: string,
): RecognitionResult[] {
	const found: RecognitionResult[] = [];
	let ended = '';
	for (const sentence of sentences) {
		const content = sentence.content.trim();
		if (content === '') continue;
		const words = wordsOf(content, language);
		const seconds = Math.max(0, sentence.end_time - sentence.start_time);
		let place = 0;
		for (const [index, word] of words.entries()) {
			const start = sentence.start_time + (seconds * place) / content.length;
			place += word.length;
			found.push({
				type: 'word',
				start_time: start,
				end_time: sentence.start_time + (seconds * place) / content.length,
				is_eos: index === words.length - 1,
				...(typeof sentence.channel === 'string' && {channel: sentence.channel}),
				alternatives: [
					{
						content: index === 0 ? spaceBetween(ended, content) + word : word,
						language,
						...(typeof sentence.speaker === 'string' && {speaker: sentence.speaker}),
					},
				],
			});
		}
		ended = content;
	}
	return found;
}

/** What stands between two sentences. */
export function spaceBetween(before: string, after: string): string {
	return before === '' || (UNSPACED_END.test(before) && UNSPACED.test(after[0] ?? '')) ? '' : ' ';
}

/** Written one after the other they are the text. */
function wordsOf(text: string, language: string): string[] {
	const spaced = text.match(/\s*\S+/gu) ?? [];
	return spaced.flatMap((word) => {
		if (!UNSPACED.test(word)) return [word];
		return [...segmenter(language).segment(word)].map(({segment}) => segment);
	});
}

function segmenter(language: string): Intl.Segmenter {
	const options = {granularity: 'word'} as const;
	try {
		// The service's code for Mandarin is none that Unicode's data know.
		return new Intl.Segmenter(language === 'cmn' ? 'zh' : language, options);
	} catch {
		return new Intl.Segmenter(undefined, options);
	}
}
