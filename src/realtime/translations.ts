/** Translations of a session beside the lines they translate, aligned by time. */
import {spaceBetween} from '../captions/translations.ts';
import type {RealtimeEvent, TranslatedSegment} from './events.ts';
import type {LiveLine} from './transcript-lines.ts';

interface Placed {
	readonly start: number;
	readonly text: string;
}

interface OneLanguage {
	/** In the order of their times. */
	readonly byLine: Map<LiveLine, Placed[]>;
	/** Those whose words are not final yet. */
	waiting: TranslatedSegment[];
	partial: string;
}

/** Lines looked back at most; a translation comes a few sentences late at worst. */
const LOOK_BACK = 64;
/** Seconds after which words that have not come will not come. */
const WAITS = 10;

export class Translations {
	readonly #languages = new Map<string, OneLanguage>();

	/** Codes, in the order they came. */
	get languages(): string[] {
		return [...this.#languages.keys()];
	}

	/** What translates a line so far; empty where nothing does. */
	of(line: LiveLine, language: string): string {
		return joined(this.#languages.get(language)?.byLine.get(line) ?? []);
	}

	/** The translation of what is not final yet. */
	partial(language: string): string {
		return this.#languages.get(language)?.partial ?? '';
	}

	take(event: Extract<RealtimeEvent, {type: 'translation'}>, lines: readonly LiveLine[]): void {
		const language = this.#language(event.language);
		if (!event.isFinal) {
			language.partial = joined(event.segments);
			return;
		}
		language.partial = '';
		language.waiting.push(...event.segments);
		this.place(lines);
	}

	/** Tries again for those that came before their words. */
	place(lines: readonly LiveLine[]): void {
		for (const language of this.#languages.values()) {
			if (language.waiting.length === 0) continue;
			language.waiting = language.waiting.filter((segment) => {
				const line = lineOf(segment, lines);
				if (line === undefined) return true;
				put(language.byLine, line, {start: segment.start, text: segment.text});
				return false;
			});
		}
	}

	/** No more words come: what still waits goes to the line nearest. */
	end(lines: readonly LiveLine[]): void {
		for (const language of this.#languages.values()) {
			language.partial = '';
			for (const segment of language.waiting) {
				const line = nearest(segment, lines);
				if (line !== undefined) put(language.byLine, line, {start: segment.start, text: segment.text});
			}
			language.waiting = [];
		}
	}

	#language(code: string): OneLanguage {
		const known = this.#languages.get(code);
		if (known !== undefined) return known;
		const language: OneLanguage = {byLine: new Map(), waiting: [], partial: ''};
		this.#languages.set(code, language);
		return language;
	}
}

/** The line that shares the most time with a segment. */
function lineOf(segment: TranslatedSegment, lines: readonly LiveLine[]): LiveLine | undefined {
	let best: LiveLine | undefined;
	let most = 0;
	const spoken = lines.at(-1)?.end ?? 0;
	for (let index = lines.length - 1; index >= Math.max(0, lines.length - LOOK_BACK); index--) {
		const line = lines[index]!;
		if (line.kind !== undefined) continue;
		const shared = Math.min(line.end, segment.end) - Math.max(line.start, segment.start);
		const isOther = segment.speaker !== undefined && segment.speaker !== line.label;
		// Who speaks only decides where two speak at once.
		const weight = isOther ? shared / 2 : shared;
		if (weight > most) {
			best = line;
			most = weight;
		}
	}
	// Its last words may be in a line that is to come.
	if (best !== undefined && (best.end >= segment.end - 0.5 || spoken > segment.end)) return best;
	return spoken > segment.end + WAITS ? nearest(segment, lines) : undefined;
}

function nearest({start, end}: TranslatedSegment, lines: readonly LiveLine[]): LiveLine | undefined {
	const middle = (start + end) / 2;
	let best: LiveLine | undefined;
	for (let index = lines.length - 1; index >= Math.max(0, lines.length - LOOK_BACK); index--) {
		const line = lines[index]!;
		if (line.kind !== undefined) continue;
		if (best === undefined || distance(line, middle) < distance(best, middle)) best = line;
	}
	return best;
}

function distance({start, end}: LiveLine, time: number): number {
	return Math.max(0, start - time, time - end);
}

function put(byLine: Map<LiveLine, Placed[]>, line: LiveLine, placed: Placed): void {
	const there = byLine.get(line);
	if (there === undefined) {
		byLine.set(line, [placed]);
		return;
	}
	let at = there.length;
	while (at > 0 && there[at - 1]!.start > placed.start) at -= 1;
	there.splice(at, 0, placed);
}

function joined(segments: ReadonlyArray<{readonly text: string}>): string {
	let all = '';
	for (const {text} of segments) all += spaceBetween(all, text.trim()) + text.trim();
	return all;
}
