/** What things look like, by what they mean. 16 colours, so that the user's own palette holds. */
import type {TextProps} from 'ink';

export type StyleName =
	| 'plain'
	| 'strong'
	| 'muted'
	| 'accent'
	| 'ok'
	| 'warn'
	| 'error'
	| 'selected'
	| 'tab'
	| 'demo'
	| 'key';

type Style = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

/** Nothing is told by colour alone: each state also has a glyph or a word, so every style survives without. */
const STYLES: Readonly<Record<StyleName, Style>> = {
	plain: {},
	strong: {bold: true},
	muted: {dimColor: true},
	accent: {color: 'cyan'},
	ok: {color: 'green'},
	warn: {color: 'yellow'},
	error: {color: 'red'},
	selected: {inverse: true},
	tab: {bold: true, inverse: true},
	demo: {color: 'yellow', bold: true, inverse: true},
	key: {color: 'cyan', bold: true},
};

const SPEAKER_COLOURS = ['cyan', 'magenta', 'green', 'yellow', 'blue'] as const;

/** `speaker:` and a label gives each speaker a colour of its own, beside the label itself. */
export type SpanStyle = StyleName | `speaker:${string}`;

/** @param colour false where `NO_COLOR` is set; bold, dim and inverse stay. Source: no-color.org */
export function styleOf(name: SpanStyle, colour: boolean): Style {
	const {color, ...rest} = name.startsWith('speaker:')
		? {bold: true, color: speakerColour(name.slice('speaker:'.length))}
		: STYLES[name as StyleName];
	return colour && color !== undefined ? {...rest, color} : rest;
}

function speakerColour(label: string): string {
	const number = /^S(\d+)$/.exec(label)?.[1];
	const place = number === undefined ? hashOf(label) : Number(number) - 1;
	return SPEAKER_COLOURS[place % SPEAKER_COLOURS.length] ?? SPEAKER_COLOURS[0];
}

/** Such that `Me` and `Them` differ. */
function hashOf(label: string): number {
	return [...label].reduce((hash, character) => (hash * 33 + character.codePointAt(0)!) % 65_521, 0);
}
