/** For each sign the screens use, one of the same width that every terminal can show. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
	'…': '~',
	'–': '-',
	'—': '-',
	'·': '.',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
	'\uFFFD': '?',
};

/** Text for a terminal whose locale is not UTF-8; what a person wrote in another script stays as it is. */
export function inAscii(text: string): string {
	return text.replace(/[…–—·↑↓←→\uFFFD]/g, (sign) => REPLACEMENTS[sign] ?? sign);
}
