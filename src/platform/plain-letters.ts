/** Text as it is looked for: `é` is found as `e`, and `ﬁ` as `fi`. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is no ASCII is to be told apart.
const ASCII = /^[\x00-\x7F]*$/;

/** A text without accents and other marks, its letters in their plainest form. */
export function withoutAccents(text: string): string {
	return ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{Mn}/gu, '');
}
