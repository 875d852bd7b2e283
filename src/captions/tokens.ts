/** From recognised items to tokens: the stretches of text that a line break may part from one another. */
import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	type Delimiter,
	languageOf,
	speakerOf,
	TextJoiner,
} from '../speechmatics/transcript.ts';
import {mayBreakBetween, piecesOf} from './kinsoku.ts';
import {columnsOf} from './width.ts';

/** A word together with the marks written against it, or a piece of a word that is wider than a line. */
export interface Token {
	/** As it begins a line. */
	readonly text: string;
	/** What stands before it where it continues a line. */
	readonly delimiter: string;
	/** Milliseconds; never before the token before it. */
	readonly start: number;
	readonly end: number;
	readonly speaker: string | undefined;
	readonly language: string | undefined;
	/** What ends with it. */
	readonly ends: 'sentence' | 'clause' | 'word' | 'part of a word' | 'part of an entity';
}

type Draft = {-readonly [Key in keyof Token]: Token[Key]} & {hasWord: boolean};

/** White space that a line may be broken at; the no-break spaces are not among it. */
const SPACE = String.raw`[^\S\u00A0\u2007\u202F]`;
const SPACE_AND_TEXT = new RegExp(`(${SPACE}*)((?:(?!${SPACE}).)+)`, 'gu');
const TRAILING_SPACE = new RegExp(`${SPACE}+$`, 'u');
/** Marks inside a word, as translations have them; a full stop there may be an abbreviation's. */
const CLAUSE_END = /[,;:!?…、，；：！？。،؛؟][\p{Pe}\p{Pf}"']*$/u;

/**
 * The tokens of items in their order. Written one after the other, each with its delimiter, they are the text of the items,
 * but for white space at the end.
 *
 * @param options.language of the items that do not say
 */
export function tokensOf(
	results: Iterable<RecognitionResult>,
	delimiter: Delimiter,
	{maxColumns, language}: {readonly maxColumns: number; readonly language?: string | undefined},
): Token[] {
	const joiner = new TextJoiner(delimiter);
	const drafts: Draft[] = [];
	let space = '';
	let nextAttaches = false;
	for (const result of results) {
		const added = space + joiner.add(result);
		const attached = nextAttaches || attachesToPrevious(result);
		if (added === space) continue;
		nextAttaches = result.attaches_to === 'next' || result.attaches_to === 'both';
		const parts = [...added.matchAll(SPACE_AND_TEXT)].map(([, before, text]) => ({
			before: before!,
			text: text!,
		}));
		space = TRAILING_SPACE.exec(added)?.[0] ?? '';
		const isWord = result.type !== 'punctuation';
		const item = {
			start: Math.max(0, Math.round(result.start_time * 1000)),
			end: Math.round(result.end_time * 1000),
			speaker: speakerOf(result),
			language: languageOf(result) ?? language,
			isWord,
		} as const;
		const texts = parts.map(({text}) => text);
		for (const [index, {before, text}] of parts.entries()) {
			const inside = index < parts.length - 1;
			add(drafts, text, plainSpace(before), index === 0 && attached, {
				...item,
				...shareOf(item, texts, index),
				ends: inside ? 'part of an entity' : endsOf(result, text),
			});
		}
	}
	return drafts.flatMap((draft) => inPieces(draft, maxColumns));
}

function endsOf({type, is_eos}: RecognitionResult, text: string): Token['ends'] {
	if (is_eos === true) return 'sentence';
	return type === 'punctuation' || CLAUSE_END.test(text) ? 'clause' : 'word';
}

interface Item extends Pick<Token, 'start' | 'end' | 'speaker' | 'language' | 'ends'> {
	readonly isWord: boolean;
}

function add(drafts: Draft[], text: string, delimiter: string, attached: boolean, item: Item): void {
	const last = drafts.at(-1);
	const start = Math.max(item.start, last?.start ?? 0);
	const end = Math.max(item.end, start);
	const {isWord, speaker, language, ends} = item;
	if (last !== undefined && delimiter === '' && (attached || !mayBreakBetween(last.text, text))) {
		last.text += text;
		if (isWord && !last.hasWord) Object.assign(last, {hasWord: true, speaker, start, end, language});
		else if (isWord) last.end = Math.max(last.end, end);
		// A quotation mark after the full stop does not reopen the sentence.
		if (isWord || last.ends !== 'sentence') last.ends = ends;
		return;
	}
	drafts.push({text, delimiter, start, end, speaker, language, ends, hasWord: isWord});
}

/** The time of one of the words that an entity is written with, by their lengths. */
function shareOf(
	{start, end}: Pick<Token, 'start' | 'end'>,
	texts: readonly string[],
	index: number,
): Pick<Token, 'start' | 'end'> {
	const total = texts.join('').length;
	const before = texts.slice(0, index).join('').length;
	const at = (length: number) => Math.round(start + ((end - start) * length) / total);
	return {start: at(before), end: at(before + texts[index]!.length)};
}

function inPieces({hasWord: _, ...draft}: Draft, maxColumns: number): Token[] {
	if (columnsOf(draft.text) <= maxColumns) return [draft];
	const pieces = piecesOf(draft.text, maxColumns);
	return pieces.map((text, index) => ({
		...draft,
		...shareOf(draft, pieces, index),
		text,
		delimiter: index === 0 ? draft.delimiter : '',
		ends: index < pieces.length - 1 ? 'part of a word' : draft.ends,
	}));
}

/** Unicode's own line ends would break a line where nobody wanted it. */
function plainSpace(space: string): string {
	return space.replace(/[\u2028\u2029]/g, ' ');
}
