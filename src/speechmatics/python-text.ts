/** The text that the vendor's Python client makes of a transcript, for people who come from there. */
import type {Transcript} from './jobs.ts';
import {contentOf, delimiterOf, languageOf, speakerOf} from './transcript.ts';

/** What that client takes for a mark: any run of these characters, in this order. `attaches_to` does not count. */
const MARKS = `.,!?;:()[]{}"'-`;

/** What Python's `str.strip` removes; JavaScript's `trim` knows another set. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: some of Python's blanks are control characters.
const BLANK = /[\t-\r\x1C-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const BLANKS_AROUND = new RegExp(`^${BLANK.source}+|${BLANK.source}+$`, 'g');

const strip = (text: string) => text.replace(BLANKS_AROUND, '');

/**
 * A transcript as `Transcript.transcript_text` of `speechmatics-batch` gives it, its faults included: each speaker on a
 * line of its own (`SPEAKER S1: …`), channels mixed, marks spaced by a list. For anything new use `transcriptText`.
 */
export function pythonTranscriptText({results, metadata}: Pick<Transcript, 'results' | 'metadata'>): string {
	const delimiter = delimiterOf(metadata.language_pack_info);
	const lines: string[] = [];
	let speaker: string | undefined;
	let text: string | undefined;
	const endLine = () => {
		if (text !== undefined) lines.push(speaker ? `SPEAKER ${speaker}: ${strip(text)}` : strip(text));
		text = undefined;
	};
	for (const result of results) {
		if (!result.alternatives?.length) continue;
		if (speakerOf(result) !== speaker) {
			endLine();
			speaker = speakerOf(result);
		}
		const content = contentOf(result);
		if (content === '') continue;
		const needsNone = text === undefined || MARKS.includes(strip(content)) || text.endsWith(' ');
		const before = typeof delimiter === 'string' ? delimiter : delimiter(languageOf(result));
		text = (text ?? '') + (needsNone ? '' : before) + content;
	}
	endLine();
	return lines.join('\n');
}
