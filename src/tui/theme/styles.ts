/** What things look like, by what they mean. 16 colours, so that the user's own palette holds. */
import type {TextProps} from 'ink';
import type {Scheme} from '../terminal/colour-scheme.ts';

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
	| 'key'
	| 'unsure'
	| 'found'
	| 'place'
	| 'stage';

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
	unsure: {color: 'yellow', underline: true},
	found: {color: 'yellow', inverse: true},
	place: {bold: true, inverse: true},
	// As far from its background as there is.
	stage: {color: 'whiteBright', bold: true},
};

/** Instead of those that hardly anybody can read on white. */
const LIGHT_STYLES: Partial<Record<StyleName, Style>> = {
	accent: {color: 'blue'},
	warn: {color: 'magenta'},
	demo: {color: 'magenta', bold: true, inverse: true},
	key: {color: 'blue', bold: true},
	unsure: {color: 'magenta', underline: true},
	found: {color: 'magenta', inverse: true},
	stage: {color: 'black', bold: true},
};

const SPEAKER_COLOURS = ['cyan', 'magenta', 'green', 'yellow', 'blue'] as const;
const LIGHT_SPEAKER_COLOURS = ['blue', 'magenta', 'green', 'red', 'black'] as const;

/** `speaker:` and a label gives each speaker a colour of its own, beside the label itself. */
export type SpanStyle = StyleName | `speaker:${string}`;

/**
 * @param colour false where `NO_COLOR` is set; bold, dim and inverse stay. Source: no-color.org
 * @param scheme `undefined` where nobody knows it
 */
export function styleOf(name: SpanStyle, colour: boolean, scheme?: Scheme): Style {
	const {color, ...rest} = name.startsWith('speaker:')
		? {bold: true, color: speakerColour(name.slice('speaker:'.length), scheme)}
		: ((scheme === 'light' ? LIGHT_STYLES[name as StyleName] : undefined) ?? STYLES[name as StyleName]);
	return colour && color !== undefined ? {...rest, color} : rest;
}

/** Whether it is seen where there are only spaces. */
export function showsOnSpaces(name: SpanStyle): boolean {
	const style: Style | undefined = STYLES[name as StyleName];
	return style?.inverse === true || style?.underline === true;
}

function speakerColour(label: string, scheme: Scheme | undefined): string {
	const colours = scheme === 'light' ? LIGHT_SPEAKER_COLOURS : SPEAKER_COLOURS;
	const number = /^S(\d+)$/.exec(label)?.[1];
	const place = number === undefined ? hashOf(label) : Number(number) - 1;
	return colours[place % colours.length] ?? colours[0];
}

/** Such that `Me` and `Them` differ. */
function hashOf(label: string): number {
	return [...label].reduce((hash, character) => (hash * 33 + character.codePointAt(0)!) % 65_521, 0);
}
