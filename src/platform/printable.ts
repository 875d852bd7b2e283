/**
 * Makes text from elsewhere (a server, a file name) safe to show: control characters (C0, C1, DEL) and the
 * marks that reorder bidirectional text are replaced, so nothing can move the cursor or disguise a name.
 *
 * @param text any text
 * @param options.lines keep line feeds and tabs
 */
export function printable(text: string, {lines = false} = {}): string {
	return text.replace(UNSAFE, (character) =>
		lines && (character === '\n' || character === '\t') ? character : '\uFFFD',
	);
}

// U+202A–202E and U+2066–2069 reorder what follows them; U+2028/2029 end a line in some terminals.
// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;
