import type {RecognitionResult} from '../speechmatics/results.ts';
import {
	attachesToPrevious,
	type Delimiter,
	languageOf,
	speakerOf,
	TextJoiner,
	turnLabel,
} from '../speechmatics/transcript.ts';

/** One sentence of one speaker, or what else there is to tell at its place. */
export interface TranscriptLine {
	/** Seconds from the first sample of the audio. */
	readonly start: number;
	/** As shown: by the name the user gave, where there is one. */
	readonly speaker: string | undefined;
	readonly text: string;
	/** What it is where it is no speech: an audio event, audio without a transcript, or a place the user marked. */
	readonly kind?: NoteKind;
}

export type NoteKind = 'event' | 'gap' | 'mark';

export interface LiveLine extends TranscriptLine {
	/** Seconds. */
	readonly end: number;
	/** Who speaks, as the service says. */
	readonly label: string | undefined;
}

type OpenLine = {-readonly [Key in keyof LiveLine]: LiveLine[Key]} & {readonly voice?: Voice};

interface Voice {
	readonly label: string | undefined;
	readonly speaker: string | undefined;
	readonly channel: string | undefined;
	name: string | undefined;
}

/** What one channel says; marks come after the words of their own channel. */
interface Track {
	readonly joiner: TextJoiner;
	last: OpenLine | undefined;
	sentenceEnded: boolean;
	nextAttaches: boolean;
}

/** Characters. Some languages come without marks: a line that never ends could not be drawn at a fixed price. */
const LONGEST = 400;
/** Seconds of silence of one channel while another one speaks, after which it begins a line of its own again. */
const CHANNEL_PAUSE = 2;
/** Seconds after its end during which a mark may still come; finals lag by four at most. */
const SETTLES_AFTER = 10;

/**
 * The final words of a session as lines: a line ends with its sentence, and where another speaker begins. A mark may
 * come long after its word, so only the next word ends a line. Only the last lines still change, and an append costs
 * the same at any length.
 */
export class TranscriptLines {
	#delimiter: Delimiter;
	readonly #lines: OpenLine[] = [];
	readonly #tracks = new Map<string | undefined, Track>();
	readonly #voices = new Map<string, Voice>();
	readonly #names = new Map<string, string>();
	/** Seconds: the end of the last word. */
	#spokenUntil = 0;

	constructor(delimiter: Delimiter = ' ') {
		this.#delimiter = delimiter;
	}

	/** All lines; the last ones may still grow. */
	get lines(): readonly LiveLine[] {
		return this.#lines;
	}

	/** How many of the first lines change no more. */
	get settled(): number {
		let settled = this.#firstNoteAfter(this.#spokenUntil);
		for (const {last} of this.#tracks.values()) {
			if (last === undefined) continue;
			const isLatest = last.end >= this.#spokenUntil - SETTLES_AFTER;
			if (isLatest) settled = Math.min(settled, this.#lines.lastIndexOf(last));
		}
		return settled;
	}

	/** Says how words are joined from now on: each connection tells it anew. */
	joinWith(delimiter: Delimiter): void {
		this.#delimiter = delimiter;
	}

	add(results: readonly RecognitionResult[]): void {
		for (const result of results) {
			const track = this.#track(result.channel ?? undefined);
			const text = track.joiner.add(result);
			if (text === '') continue;
			const voice = this.#voice(speakerOf(result), result.channel ?? undefined);
			const {last} = track;
			if (last !== undefined && this.#continues(track, result, voice)) {
				last.text += text;
				last.end = Math.max(last.end, result.end_time);
			} else {
				if (last !== undefined) last.text = flat(last.text);
				track.last = this.#begin(result, voice, text.trimStart());
			}
			this.#spokenUntil = Math.max(this.#spokenUntil, result.end_time);
			track.sentenceEnded = result.is_eos === true;
			track.nextAttaches = result.attaches_to === 'next' || result.attaches_to === 'both';
		}
	}

	/**
	 * The line that a word would continue, and what would stand between; `undefined` where it would begin a line.
	 *
	 * @param result which may be a partial's
	 */
	continuationOf(result: RecognitionResult): {readonly line: LiveLine; readonly space: string} | undefined {
		const track = this.#track(result.channel ?? undefined);
		const voice = this.#voice(speakerOf(result), result.channel ?? undefined);
		if (track.last === undefined || !this.#continues(track, result, voice)) return undefined;
		const attached = track.nextAttaches || attachesToPrevious(result);
		return {line: track.last, space: attached ? '' : this.#between(languageOf(result))};
	}

	/** Who speaks a word, as it would be shown. */
	speakerOf(result: RecognitionResult): string | undefined {
		return this.#voice(speakerOf(result), result.channel ?? undefined).name;
	}

	/** Puts a line of another kind where it belongs by its time. */
	note(kind: NoteKind, start: number, end: number, text: string): LiveLine {
		const last = this.#lines.at(-1);
		let at = this.#lines.length;
		if (last !== undefined && last.start > start) {
			while (at > 0 && this.#lines[at - 1]!.start > start) at -= 1;
		}
		const line: OpenLine = {start, end, label: undefined, speaker: undefined, text, kind};
		this.#lines.splice(at, 0, line);
		return line;
	}

	/** What lasts longer than was known when its line came. */
	extend(line: LiveLine, end: number): void {
		(line as OpenLine).end = Math.max(line.end, end);
	}

	/** The speakers fell silent: what comes next is another line. */
	endSentences(): void {
		for (const track of this.#tracks.values()) track.sentenceEnded = true;
	}

	/**
	 * Gives a speaker a name, from the first line on. Costs a look at each line: once a speaker, not once a frame.
	 *
	 * @param label as the service says it, with its channel or without
	 */
	name(label: string, name: string): void {
		this.#names.set(label, name);
		const renamed = new Set<Voice>();
		for (const voice of this.#voices.values()) {
			if (voice.speaker !== label && voice.label !== label) continue;
			voice.name = this.#nameOf(voice);
			renamed.add(voice);
		}
		for (const line of this.#lines) {
			if (line.voice !== undefined && renamed.has(line.voice)) line.speaker = line.voice.name;
		}
	}

	#begin({start_time, end_time}: RecognitionResult, voice: Voice, text: string): OpenLine {
		const line: OpenLine = {
			start: start_time,
			end: end_time,
			label: voice.label,
			speaker: voice.name,
			text,
			voice,
		};
		// Marks and events come at once, the words before them only when they are final.
		const at = this.#firstNoteAfter(start_time);
		if (at === this.#lines.length) this.#lines.push(line);
		else this.#lines.splice(at, 0, line);
		return line;
	}

	#continues({last, sentenceEnded}: Track, result: RecognitionResult, voice: Voice): boolean {
		if (last === undefined) return false;
		if (attachesToPrevious(result)) return true;
		if (sentenceEnded || voice.name !== last.speaker || last.text.length >= LONGEST) return false;
		const before = this.#lines[this.#firstNoteAfter(result.start_time) - 1];
		if (before === last) return true;
		// Two channels speak at once; each goes on with its own sentence.
		return voice.channel !== undefined && result.start_time - last.end < CHANNEL_PAUSE;
	}

	/** The index of the first of the notes at the end that come after a moment. */
	#firstNoteAfter(time: number): number {
		let at = this.#lines.length;
		while (at > 0 && this.#lines[at - 1]!.kind !== undefined && this.#lines[at - 1]!.start > time) at -= 1;
		return at;
	}

	#track(channel: string | undefined): Track {
		const known = this.#tracks.get(channel);
		if (known !== undefined) return known;
		const joiner = new TextJoiner((language) => this.#between(language));
		const track: Track = {joiner, last: undefined, sentenceEnded: true, nextAttaches: false};
		this.#tracks.set(channel, track);
		return track;
	}

	#between(language: string | undefined): string {
		return typeof this.#delimiter === 'string' ? this.#delimiter : this.#delimiter(language);
	}

	#voice(speaker: string | undefined, channel: string | undefined): Voice {
		const key = `${channel ?? ''}\n${speaker ?? ''}`;
		const known = this.#voices.get(key);
		if (known !== undefined) return known;
		const voice: Voice = {label: turnLabel({speaker, channel}), speaker, channel, name: undefined};
		voice.name = this.#nameOf(voice);
		this.#voices.set(key, voice);
		return voice;
	}

	#nameOf({label, speaker, channel}: Voice): string | undefined {
		const whole = label === undefined ? undefined : this.#names.get(label);
		const given = speaker === undefined ? undefined : this.#names.get(speaker);
		return whole ?? (given === undefined ? label : turnLabel({speaker: given, channel}));
	}
}

/**
 * The same text in one piece: what grew word by word is kept as its pieces, five times as large. Only a new text is sure
 * to be one.
 */
function flat(text: string): string {
	return Buffer.from(text).toString();
}
