import type {RowState} from '../../batch/table.ts';
import {isUtf8Locale} from '../../platform/locale.ts';

export interface Glyphs {
	/** True where only ASCII can be shown. */
	readonly ascii: boolean;
	readonly states: Readonly<Record<RowState, string>>;
	/** What a checkup found. */
	readonly checks: Readonly<Record<'ok' | 'warn' | 'error' | 'skipped' | 'checking', string>>;
	/** What is tried again in a moment. */
	readonly again: string;
	readonly cursor: string;
	/** Instead of a value that is not set. */
	readonly unset: string;
	/** Before what is marked. */
	readonly mark: string;
	/** Beside what a list is sorted by. */
	readonly ascending: string;
	readonly descending: string;
	readonly recording: string;
	readonly separator: string;
	readonly rule: string;
	/** Empty, half full, and full. */
	readonly bar: readonly [string, string, string];
	/** A meter's last cell, in growing parts. */
	readonly meter: readonly string[];
	/** Where the loudest moment of late stands in a meter. */
	readonly peak: string;
}

export const UNICODE: Glyphs = {
	ascii: false,
	states: {
		queued: '·',
		checking: '○',
		converting: '◇',
		uploading: '↑',
		transcribing: '◐',
		saving: '↓',
		done: '✓',
		left: '→',
		failed: '✗',
		cancelled: '–',
	},
	checks: {ok: '✓', warn: '!', error: '✗', skipped: '–', checking: '·'},
	again: '↻',
	cursor: '❯',
	unset: '·',
	mark: '▪',
	ascending: '↑',
	descending: '↓',
	recording: '●',
	separator: '│',
	rule: '─',
	bar: ['─', '╸', '━'],
	meter: [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
	peak: '│',
};

const ASCII: Glyphs = {
	ascii: true,
	states: {
		queued: '.',
		checking: 'o',
		converting: '%',
		uploading: '^',
		transcribing: '~',
		saving: 'v',
		done: '+',
		left: '=',
		failed: 'x',
		cancelled: '-',
	},
	checks: {ok: '+', warn: '!', error: 'x', skipped: '-', checking: '.'},
	again: '!',
	cursor: '>',
	unset: '.',
	mark: '*',
	ascending: '^',
	descending: 'v',
	recording: '*',
	separator: '|',
	rule: '-',
	bar: ['.', '.', '#'],
	meter: [' ', '#'],
	peak: '|',
};

/** The glyphs a terminal can show: ASCII where its locale is not UTF-8, and on consoles with few glyphs. */
export function glyphsFor(environment: Readonly<Record<string, string | undefined>>, system: string): Glyphs {
	const {TERM} = environment;
	if (TERM === 'linux' || TERM === 'dumb') return ASCII;
	return isUtf8Locale(environment, system) ? UNICODE : ASCII;
}
