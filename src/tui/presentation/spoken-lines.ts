/** A screen for who has it read aloud: words one below the other, without what is there only to be seen. */
import {type Line, type Span, span} from './line.ts';

/** What a bar's cells, and nothing else, are made of; see theme/glyphs.ts. */
const BAR = /[━╸─]{3,}/g;
const METER = /[▏▎▍▌▋▊▉█▀▄▐▁▂▃▅▆▇]+/g;
/** Beside each of them stands a word that says the same. */
const STATES = /^[·○◇↑◐↓✓→✗–↻]$/;

const KEYS: Readonly<Record<string, string>> = {'↑': 'Up', '↓': 'Down', '←': 'Left', '→': 'Right'};

/**
 * The lines in words. They are made with the glyphs of a terminal that has them, and with columns enough.
 *
 * @returns a line of one plain span for each that says something
 */
export function spokenLines(lines: readonly Line[]): Line[] {
	return lines
		.map(spoken)
		.filter((text) => text !== '')
		.map((text) => [span(text)]);
}

function spoken(line: Line): string {
	const text = line.map(spokenSpan).join('');
	const isChosen = /^\s*❯/.test(text);
	const said = text
		.replace(/❯/g, ' ')
		.replace(BAR, (bar) => ` ${shareOf(bar)} `)
		.replace(METER, ' ')
		.replace(/●/g, ' running ')
		.replace(/[│·—]/g, '  ')
		.replace(/(\d)–(\d)/g, '$1 to $2')
		.replace(/–/g, '-')
		.replace(/…/g, '...')
		.trim()
		.replace(/\s{2,}/g, ', ')
		.replace(/([,.:;])(, )+/g, '$1 ')
		.replace(/running, (?=\d)/g, 'running ');
	return isChosen && said !== '' ? `Selected: ${said}` : said;
}

function spokenSpan({text, style}: Span): string {
	const bare = text.trim();
	if (style === 'key') return text.replace(bare, KEYS[bare] ?? bare);
	if (STATES.test(bare)) return ' ';
	return style === 'tab' || style === 'selected' ? `${text.trimEnd()} (selected)  ` : text;
}

/** Such as `40 %`; nothing for a rule, and for a bar that only says that something goes on. */
function shareOf(bar: string): string {
	const full = [...bar].filter((cell) => cell === '━').length + (bar.includes('╸') ? 0.5 : 0);
	return full > 0 && bar.startsWith('─')
		? ''
		: full === 0
			? ''
			: `${Math.round((full / bar.length) * 100)} %`;
}

/**
 * Keeps a screen that is read aloud from being read again each second: while only figures change, such as a clock's, it
 * stays as it is.
 */
export class SpokenScreen {
	#shown: readonly Line[] = [];
	#words = '';
	#isAsked = true;

	/** A key was pressed: whoever did that wants to hear how things are now. */
	pressed(): void {
		this.#isAsked = true;
	}

	/** @returns the lines in words, or those of before where they have nothing new to say */
	next(lines: readonly Line[]): readonly Line[] {
		const shown = spokenLines(lines);
		const words = shown
			.map(([first]) => first!.text.replace(/(, )?\d+ %/g, '').replace(/\d+/g, '#'))
			.join('\n');
		if (this.#isAsked || words !== this.#words) this.#shown = shown;
		this.#isAsked = false;
		this.#words = words;
		return this.#shown;
	}
}
