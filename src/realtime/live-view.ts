import type {Level} from '../audio/level.ts';
import {clockTime} from '../platform/units.ts';
import {delimiterOf, type WritingDirection, writingDirectionOf} from '../speechmatics/transcript.ts';
import type {EndReason, RealtimeEvent, SessionState} from './events.ts';
import {Latencies, type LatencySummary} from './latency.ts';
import {PartialText, type ShownTail} from './partial-text.ts';
import {type LiveLine, TranscriptLines} from './transcript-lines.ts';
import {Translations} from './translations.ts';

type MicrophoneState = Extract<RealtimeEvent, {type: 'microphone'}>['is'];

/** Seconds between two of a kind that are one: applause ebbs and swells. */
const SAME_EVENT = 5;

/** What a screen shows of a session, folded from its events. `version` tells that something changed. */
export class LiveView {
	#lines = new TranscriptLines();
	#translations = new Translations();
	#partial = new PartialText();
	#latencies = new Latencies();
	#events = new Map<string, LiveLine>();
	#version = 0;
	state: SessionState | undefined;
	/** Why it is in this state, where it is not the user's doing. */
	reason: string | undefined;
	/** While it reconnects: how often in a row it was tried, and when it is tried next, by the clock of `apply`. */
	attempt: number | undefined;
	retryAt: number | undefined;
	/** How many connections there were, the present one among them. */
	connections = 0;
	sessionId: string | undefined;
	requestId: string | undefined;
	/** Of the last 100 ms of audio. */
	level: Level | undefined;
	microphone: MicrophoneState | undefined;
	muted = false;
	/** Whether the user lets nothing be captured. */
	paused = false;
	/** The file that the sound is recorded in. */
	recording: string | undefined;
	/** Sessions at once, as the service counts them. */
	usage: {readonly usage: number; readonly quota: number} | undefined;
	/** What was changed while it runs. */
	changed: Readonly<Record<string, unknown>> = {};
	/** Why the session broke, or the last warning. */
	problem: string | undefined;
	saved: readonly string[] = [];
	simulated = false;
	direction: WritingDirection = 'left-to-right';
	endReason: EndReason | undefined;
	/** Milliseconds by the clock given to `apply`. */
	listeningSince: number | undefined;
	endedAt: number | undefined;

	get version(): number {
		return this.#version;
	}

	/** What is final; the last lines may still grow. */
	get lines(): readonly LiveLine[] {
		return this.#lines.lines;
	}

	/** How many of the first lines change no more. */
	get settled(): number {
		return this.#lines.settled;
	}

	/** Words that may still change. */
	get partial(): string {
		return this.#partial.text;
	}

	/** The same, of each channel, with what stands still told apart, and the line each goes on with. */
	get tails(): readonly ShownTail[] {
		return this.#partial.tails(this.#lines);
	}

	/** Codes of the languages that there is a translation to. */
	get translationLanguages(): readonly string[] {
		return this.#translations.languages;
	}

	get isRunning(): boolean {
		return this.state !== undefined && this.state !== 'ended';
	}

	/** The translation of a line so far; empty where there is none. */
	translationOf(line: LiveLine, language: string): string {
		return this.#translations.of(line, language);
	}

	partialTranslation(language: string): string {
		return this.#translations.partial(language);
	}

	/** From the end of a word until it was final, in the last minutes. @param now as for `apply` */
	latency(now: number): LatencySummary | undefined {
		return this.#latencies.summary(now);
	}

	/** @param now milliseconds from an arbitrary start */
	apply(event: RealtimeEvent, now: number): void {
		this.#version += 1;
		switch (event.type) {
			case 'state':
				this.#enter(event, now);
				break;
			case 'started':
				this.simulated = event.simulated;
				this.connections = event.connection;
				this.sessionId = event.sessionId;
				this.requestId = event.requestId;
				this.direction = writingDirectionOf({results: []}, event.languagePack);
				this.#lines.joinWith(delimiterOf(event.languagePack));
				this.#partial.joinWith(delimiterOf(event.languagePack));
				break;
			case 'partial':
				this.#partial.update(event);
				break;
			case 'final':
				this.#lines.add(event.results);
				this.#translations.place(this.lines);
				this.#partial.takeFinal(event.results);
				if (event.latency !== undefined) this.#latencies.add(event.latency, now);
				break;
			case 'translation':
				this.#translations.take(event, this.lines);
				break;
			case 'audio-event':
				this.#hear(event);
				break;
			case 'utterance-end':
				this.#lines.endSentences();
				break;
			case 'gap':
				this.#lines.note('gap', event.from, event.from + event.seconds, gapText(event));
				break;
			case 'mark':
				this.#lines.note('mark', event.time, event.time, event.text);
				break;
			case 'speaker':
				this.#lines.name(event.label, event.name);
				break;
			case 'level':
				this.level = event;
				break;
			case 'microphone':
				this.#listenTo(event);
				break;
			case 'paused':
				this.paused = event.paused;
				break;
			case 'usage':
				this.usage = {usage: event.usage, quota: event.quota};
				break;
			case 'changed':
				this.changed = {...this.changed, ...event.config};
				break;
			case 'recording':
				this.recording = event.path;
				break;
			case 'warning':
			case 'error':
				this.problem = event.reason;
				break;
			case 'saved':
				this.saved = event.outputs;
				break;
			case 'ended':
				this.endReason = event.reason;
				break;
			case 'info':
				break;
		}
	}

	#enter(event: Extract<RealtimeEvent, {type: 'state'}>, now: number): void {
		const {state, reason, attempt, retryInSeconds} = event;
		if (!this.isRunning && state !== 'ended') this.#begin();
		if (state === 'listening') this.listeningSince ??= now;
		if (state === 'ended') {
			this.#partial.clear();
			this.#translations.end(this.lines);
			this.level = undefined;
			this.microphone = undefined;
			this.muted = false;
			this.paused = false;
			this.endedAt = now;
		}
		this.state = state;
		this.reason = reason;
		this.attempt = attempt;
		this.retryAt = retryInSeconds === undefined ? undefined : now + retryInSeconds * 1000;
	}

	#begin(): void {
		this.#lines = new TranscriptLines();
		this.#translations = new Translations();
		this.#partial = new PartialText();
		this.#latencies.clear();
		this.#events.clear();
		this.connections = 0;
		this.sessionId = undefined;
		this.requestId = undefined;
		this.recording = undefined;
		this.usage = undefined;
		this.changed = {};
		this.problem = undefined;
		this.saved = [];
		this.endReason = undefined;
		this.listeningSince = undefined;
		this.endedAt = undefined;
	}

	#hear({kind, is, time}: Extract<RealtimeEvent, {type: 'audio-event'}>): void {
		const last = this.#events.get(kind);
		const goesOn = last !== undefined && time - last.end <= SAME_EVENT;
		if (goesOn || (is === 'ended' && last !== undefined)) this.#lines.extend(last, time);
		else this.#events.set(kind, this.#lines.note('event', time, time, `[${kind}]`));
	}

	#listenTo({is}: Extract<RealtimeEvent, {type: 'microphone'}>): void {
		if (is === 'muted' || is === 'unmuted') this.muted = is === 'muted';
		else this.microphone = is;
	}
}

function gapText({seconds, reason}: Extract<RealtimeEvent, {type: 'gap'}>): string {
	const length = seconds < 60 ? `${Math.max(1, Math.round(seconds))} s` : `${clockTime(seconds)} min`;
	return `gap ${length}: ${reason}`;
}
