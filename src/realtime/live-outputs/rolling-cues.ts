/** Captions of speech that still goes on. */
import {type Cue, cuesOf} from '../../captions/cues.ts';
import {DASH} from '../../captions/exchange.ts';
import type {CaptionRules} from '../../captions/rules.ts';
import {LEAST_SHOWN} from '../../captions/timing.ts';
import type {RecognitionResult} from '../../speechmatics/results.ts';
import {attachesToPrevious, contentOf, type Delimiter} from '../../speechmatics/transcript.ts';

/** Cues after one that must be there before it stands: where speech is cut depends on what follows, but not on all. */
const CUES_AHEAD = 2;
/** Seconds that the finals of one channel may come after those of another. */
const CHANNELS_APART = 6;
/** Of several channels; work grows with what is pending. */
const MOST_PENDING = 200;

export interface RollingCues {
	/** Cues that will not change any more, since the last call. */
	readonly settled: readonly Cue[];
	/** Those after them, as they are now. */
	readonly tail: readonly Cue[];
}

/** Makes cues of final words as they come. Costs the same at any length: what is settled is forgotten. */
export class CueRoll {
	readonly #rules: (language: string | undefined) => CaptionRules;
	#delimiter: Delimiter = ' ';
	#language: string | undefined;
	#pending: RecognitionResult[] = [];
	/** Seconds: when the last settled cue leaves. */
	#shownUntil = Number.NEGATIVE_INFINITY;

	/** @param rules what the captions of a language are held to */
	constructor(rules: (language: string | undefined) => CaptionRules) {
		this.#rules = rules;
	}

	/** What a connection says of its language. */
	begin(language: string, delimiter: Delimiter): void {
		this.#language = language;
		this.#delimiter = delimiter;
	}

	add(results: readonly RecognitionResult[]): RollingCues {
		this.#pending.push(...results);
		const rules = this.#rules(this.#language);
		const made = cuesOf(this.#pending, this.#delimiter, rules, this.#language);
		const cues = follow(made, this.#shownUntil, rules.gap);
		const {cues: count, results: used} = this.#cut(made);
		const settled = cues.slice(0, count);
		this.#pending = this.#pending.slice(used);
		this.#shownUntil = settled.at(-1)?.end ?? this.#shownUntil;
		return {settled, tail: cues.slice(count)};
	}

	/** No more words come. */
	end(): Cue[] {
		const rules = this.#rules(this.#language);
		const cues = cuesOf(this.#pending, this.#delimiter, rules, this.#language);
		this.#pending = [];
		return follow(cues, this.#shownUntil, rules.gap);
	}

	/** How many cues may be settled, and how many of the results they are made of. */
	#cut(cues: readonly Cue[]): {readonly cues: number; readonly results: number} {
		const channels = new Set(this.#pending.map(({channel}) => channel ?? undefined));
		if (channels.size > 1) return this.#cutOfChannels(cues);
		let best = {cues: 0, results: 0};
		let wanted = 0;
		let has = 0;
		let index = 0;
		for (let number = 0; number < cues.length - CUES_AHEAD; number++) {
			wanted += lettersOf(cues[number]!);
			while (index < this.#pending.length && has < wanted) {
				has += letters(contentOf(this.#pending[index]!));
				index += 1;
			}
			const next = this.#pending[index];
			// A word that is parted over two cues has to wait for the second one.
			const isBetweenWords = has === wanted && next !== undefined && !attachesToPrevious(next);
			if (isBetweenWords) best = {cues: number + 1, results: index};
		}
		return best;
	}

	/** Where all channels pause, what was said before is settled; where they never do, at their shortest overlap. */
	#cutOfChannels(cues: readonly Cue[]): {readonly cues: number; readonly results: number} {
		const pause = this.#rules(this.#language).longestPause;
		this.#pending.sort((left, right) => left.start_time - right.start_time);
		const newest = Math.max(...this.#pending.map(({end_time}) => end_time));
		let until = 0;
		let best = {at: 0, silence: this.#pending.length > MOST_PENDING ? Number.NEGATIVE_INFINITY : pause};
		for (const [index, result] of this.#pending.entries()) {
			const silence = result.start_time - until;
			const isLate = result.start_time < newest - CHANNELS_APART;
			if (index > 0 && isLate && silence >= best.silence && !attachesToPrevious(result)) {
				best = {at: index, silence};
			}
			until = Math.max(until, result.end_time);
		}
		const words = this.#pending.slice(0, best.at);
		const wanted = words.reduce((sum, result) => sum + letters(contentOf(result)), 0);
		let has = 0;
		let count = 0;
		while (has < wanted) has += lettersOf(cues[count++]!);
		return has === wanted ? {cues: count, results: best.at} : {cues: 0, results: 0};
	}
}

/** The same cues, none before the ones that stand already are gone. */
function follow(cues: readonly Cue[], shownUntil: number, gap: number): Cue[] {
	let until = shownUntil;
	return cues.map((cue) => {
		const start = Math.max(cue.start, roundedUp(until + gap));
		const end = Math.max(cue.end, start + LEAST_SHOWN / 1000);
		until = end;
		return start === cue.start && end === cue.end ? cue : {...cue, start, end};
	});
}

const roundedUp = (seconds: number) => Math.ceil(seconds * 1000 - 1e-6) / 1000;

function lettersOf({lines, speakers}: Cue): number {
	const isShared = speakers !== undefined && new Set(speakers).size > 1;
	let count = 0;
	for (const line of lines) count += letters(isShared ? line.slice(DASH.length) : line);
	return count;
}

/** Only white space is lost at a break. */
function letters(text: string): number {
	return text.replace(/\s/gu, '').length;
}
