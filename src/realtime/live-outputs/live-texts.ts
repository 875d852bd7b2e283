/** What goes into a live file of each kind, piece by piece. */
import type {Cue} from '../../captions/cues.ts';
import {SIMULATED_MARK} from '../../captions/render.ts';
import type {CaptionRules} from '../../captions/rules.ts';
import {srtText} from '../../captions/srt.ts';
import {wordsOfTranslation} from '../../captions/translations.ts';
import {vttText} from '../../captions/vtt.ts';
import type {RecognitionResult} from '../../speechmatics/results.ts';
import {delimiterOf} from '../../speechmatics/transcript.ts';
import type {RealtimeEvent, TranslatedSegment} from '../events.ts';
import {CueRoll} from './rolling-cues.ts';
import type {RollingContent} from './rolling-file.ts';

/** Turns events into what a file grows by. */
export interface LiveText {
	/** What a file holds before anything is said. */
	begin(): RollingContent;
	/** @returns `undefined` where the event changes nothing */
	take(event: RealtimeEvent): RollingContent | undefined;
	end(): RollingContent;
}

const SRT_FIRST = '1\n';
const VTT_HEAD = vttText([]);

export class LiveCaptions implements LiveText {
	readonly #format: 'srt' | 'vtt';
	readonly #roll: CueRoll;
	readonly #target: string | undefined;
	/** Of the translation: what came last. */
	#before: TranslatedSegment | undefined;
	#isMarked = false;
	#written = 0;
	#simulated = false;

	/** @param target the language whose translation is written; without it, what is said is */
	constructor(
		format: 'srt' | 'vtt',
		rules: (language: string | undefined) => CaptionRules,
		target: string | undefined = undefined,
	) {
		this.#format = format;
		this.#roll = new CueRoll(rules);
		this.#target = target;
		if (target !== undefined) this.#roll.begin(target, '');
	}

	begin(): RollingContent {
		return {settled: this.#format === 'vtt' ? VTT_HEAD : '', tail: ''};
	}

	take(event: RealtimeEvent): RollingContent | undefined {
		switch (event.type) {
			case 'started':
				this.#simulated ||= event.simulated;
				if (this.#target === undefined) {
					this.#roll.begin(event.language, delimiterOf(event.languagePack));
				}
				return undefined;
			case 'final':
				return this.#target === undefined ? this.#add(event.results) : undefined;
			case 'translation':
				return event.isFinal && event.language === this.#target
					? this.#add(this.#translated(event.segments))
					: undefined;
			default:
				return undefined;
		}
	}

	#add(results: readonly RecognitionResult[]): RollingContent | undefined {
		if (results.length === 0) return undefined;
		const note = this.#note();
		const {settled, tail} = this.#roll.add(this.#marked(results));
		const before = this.#written;
		this.#written += settled.length;
		return {settled: note + this.#blocks(settled, before), tail: this.#blocks(tail, this.#written)};
	}

	/** Whether a space stands before a sentence depends on the one before. */
	#translated(segments: readonly TranslatedSegment[]): RecognitionResult[] {
		const known = this.#before === undefined ? [] : [sentenceOf(this.#before)];
		const target = this.#target!;
		const words = wordsOfTranslation([...known, ...segments.map(sentenceOf)], target);
		this.#before = segments.findLast(({text}) => text.trim() !== '') ?? this.#before;
		return words.slice(wordsOfTranslation(known, target).length);
	}

	end(): RollingContent {
		const cues = this.#roll.end();
		const settled = this.#blocks(cues, this.#written);
		this.#written += cues.length;
		return {settled, tail: ''};
	}

	#note(): string {
		if (this.#format !== 'vtt' || !this.#simulated || this.#isMarked) return '';
		this.#isMarked = true;
		return vttText([], `${SIMULATED_MARK} Nobody recognised any speech.`).slice(VTT_HEAD.length);
	}

	#blocks(cues: readonly Cue[], before: number): string {
		return cues
			.map((cue, index) => {
				if (this.#format === 'vtt') return vttText([cue]).slice(VTT_HEAD.length);
				const number = before + index + 1;
				return `${number === 1 ? '' : '\n'}${number}\n${srtText([cue]).slice(SRT_FIRST.length)}`;
			})
			.join('');
	}

	/** SubRip knows no comments. */
	#marked(results: readonly RecognitionResult[]): readonly RecognitionResult[] {
		if (this.#format !== 'srt' || !this.#simulated || this.#isMarked) return results;
		this.#isMarked = true;
		const [first] = results;
		const time = first!.start_time;
		const mark: RecognitionResult = {
			type: 'word',
			start_time: time,
			end_time: time,
			...(first!.channel && {channel: first!.channel}),
			alternatives: [
				{...first!.alternatives?.[0], content: SIMULATED_MARK + (this.#target === undefined ? '' : ' ')},
			],
		};
		return [mark, ...results];
	}
}

function sentenceOf({text, start, end, speaker}: TranslatedSegment) {
	return {content: text, start_time: start, end_time: end, ...(speaker !== undefined && {speaker})};
}
