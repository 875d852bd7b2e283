import type {Level} from '../audio/level.ts';
import {delimiterOf} from '../speechmatics/transcript.ts';
import type {RealtimeEvent, SessionState} from './events.ts';
import {type TranscriptLine, TranscriptLines} from './transcript-lines.ts';

/** What a screen shows of a session, folded from its events. `version` tells that something changed. */
export class LiveView {
	#lines = new TranscriptLines();
	#version = 0;
	state: SessionState | undefined;
	/** Words that may still change. */
	partial = '';
	/** Of the last 100 ms of audio. */
	level: Level | undefined;
	/** Why the session broke, or the last warning. */
	problem: string | undefined;
	saved: readonly string[] = [];
	simulated = false;
	/** Milliseconds by the clock given to `apply`. */
	listeningSince: number | undefined;
	endedAt: number | undefined;

	get version(): number {
		return this.#version;
	}

	get lines(): readonly TranscriptLine[] {
		return this.#lines.lines;
	}

	get isRunning(): boolean {
		return this.state !== undefined && this.state !== 'ended';
	}

	/** @param now milliseconds from an arbitrary start */
	apply(event: RealtimeEvent, now: number): void {
		this.#version += 1;
		switch (event.type) {
			case 'state':
				this.#enter(event.state, now);
				break;
			case 'started':
				this.simulated = event.simulated;
				this.#lines = new TranscriptLines(delimiterOf(event.languagePack));
				break;
			case 'partial':
				this.partial = event.text;
				break;
			case 'final':
				this.#lines.add(event.results);
				this.partial = '';
				break;
			case 'level':
				this.level = event;
				break;
			case 'warning':
			case 'error':
				this.problem = event.reason;
				break;
			case 'saved':
				this.saved = event.outputs;
				break;
			case 'ended':
			case 'info':
				break;
		}
	}

	#enter(state: SessionState, now: number): void {
		const begins = this.state === undefined || this.state === 'ended';
		if (begins && state !== 'ended') {
			this.#lines = new TranscriptLines();
			this.problem = undefined;
			this.saved = [];
			this.listeningSince = undefined;
			this.endedAt = undefined;
		}
		if (state === 'listening') this.listeningSince = now;
		if (state === 'ended') {
			this.partial = '';
			this.level = undefined;
			this.endedAt = now;
		}
		this.state = state;
	}
}
