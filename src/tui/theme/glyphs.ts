import type {RowState} from '../../batch/table.ts';

export interface Glyphs {
	/** True where only ASCII can be shown. */
	readonly ascii: boolean;
	readonly states: Readonly<Record<RowState, string>>;
	readonly cursor: string;
	readonly recording: string;
	readonly separator: string;
	readonly rule: string;
	/** From empty to full. */
	readonly bar: readonly [string, string];
	/** A meter's last cell, in growing parts. */
	readonly meter: readonly string[];
}

const UNICODE: Glyphs = {
	ascii: false,
	states: {
		queued: '·',
		uploading: '↑',
		transcribing: '◐',
		saving: '↓',
		done: '✓',
		failed: '✗',
		cancelled: '–',
	},
	cursor: '❯',
	recording: '●',
	separator: '│',
	rule: '─',
	bar: ['░', '█'],
	meter: [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
};

const ASCII: Glyphs = {
	ascii: true,
	states: {
		queued: '.',
		uploading: '^',
		transcribing: '~',
		saving: 'v',
		done: '+',
		failed: 'x',
		cancelled: '-',
	},
	cursor: '>',
	recording: '*',
	separator: '|',
	rule: '-',
	bar: ['.', '#'],
	meter: [' ', '#'],
};

/** The glyphs a terminal can show: ASCII where its locale is not UTF-8, and on consoles with few glyphs. */
export function glyphsFor(environment: Readonly<Record<string, string | undefined>>, system: string): Glyphs {
	const {TERM, LC_ALL, LC_CTYPE, LANG} = environment;
	if (TERM === 'linux' || TERM === 'dumb') return ASCII;
	if (system === 'win32') return UNICODE;
	return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? UNICODE : ASCII;
}
