/** What a person types to find something, as what the index understands. No text is ever an error. */
import {searchable} from './searchable.ts';

/** Something that the index would call a word. */
const WORD = /[\p{L}\p{N}\p{Co}]/u;
/** `"a phrase"`, also one that is not closed, or a word; either may end with a star. */
const PART = /"([^"]*)(?:(")(\*)?|$)|([^\s"]+)/gu;
/** More terms than anybody types; each costs a look into the index. */
const MOST_TERMS = 32;

/**
 * The terms of a query in the index's own language, each quoted: words, `"phrases"`, and the beginnings of words with a
 * star (`trans*`). What holds no letter or digit is left out.
 *
 * @param options.isTyping the last word may not be complete: it is taken for a beginning
 */
export function termsOf(query: string, {isTyping = false} = {}): string[] {
	const text = query.normalize('NFC');
	const parts = [...text.matchAll(PART)];
	const isLast = (whole: string, index: number) => index === parts.length - 1 && text.endsWith(whole);
	const terms = parts.flatMap(([whole, phrase, closing, star, word], index) => {
		const wanted = phrase ?? word!;
		if (!WORD.test(wanted)) return [];
		const isOpen = isTyping && closing === undefined && isLast(whole, index);
		const isBeginning = star !== undefined || word?.endsWith('*') === true || isOpen;
		return [`"${plain(wanted)}"${isBeginning ? ' *' : ''}`];
	});
	return [...new Set(terms)].slice(0, MOST_TERMS);
}

const plain = (text: string) => searchable(text).replaceAll('"', ' ');
