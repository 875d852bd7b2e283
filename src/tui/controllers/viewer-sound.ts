/** The recording, heard from a word on. */
import {createStore} from 'zustand/vanilla';
import type {Playback, Player} from '../../platform/player.ts';
import type {Tell} from './notices.ts';

export interface SoundOptions {
	readonly tell: Tell;
	/** `undefined` where nothing here plays sound. */
	readonly player: Pick<Player, 'play'> | undefined;
}

/** Seconds before a word: recognition often times its first sound late. */
const LEAD_IN = 0.2;
/** Seconds after a sentence. */
const LEAD_OUT = 0.3;
/** Seconds; less is a click. */
const SHORTEST = 1;

export class ViewerSound {
	readonly store = createStore(() => ({isPlaying: false}));
	readonly #options: SoundOptions;
	#playback: Playback | undefined;

	constructor(options: SoundOptions) {
		this.#options = options;
	}

	/** Why nothing can be played; `undefined` where it can. @param start seconds, where that is known */
	whyNot(path: string | undefined, start: number | undefined): string | undefined {
		if (path === undefined) return 'the recording is not here';
		if (this.#options.player === undefined) return 'no player was found: install ffplay or mpv';
		return start === undefined ? 'this has no place in the recording' : undefined;
	}

	/** Plays a part of a recording, or stops what is playing. @param end seconds; `undefined`: on to the end of all */
	toggle(path: string, start: number, end: number | undefined): void {
		const {player, tell} = this.#options;
		const wasPlaying = this.#playback !== undefined;
		this.stop();
		if (wasPlaying || player === undefined) return;
		const from = Math.max(0, start - LEAD_IN);
		const seconds = end === undefined ? undefined : Math.max(SHORTEST, end + LEAD_OUT - from);
		const playback = player.play(path, from, seconds);
		this.#playback = playback;
		this.store.setState({isPlaying: true});
		void playback.ended.then((problem) => {
			if (problem !== undefined) tell(problem, 'problem');
			if (this.#playback === playback) this.#forget();
		});
	}

	/** Ends what is playing. */
	stop(): void {
		this.#playback?.stop();
		this.#forget();
	}

	#forget(): void {
		this.#playback = undefined;
		this.store.setState({isPlaying: false});
	}
}
