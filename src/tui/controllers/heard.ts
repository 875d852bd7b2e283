/** Whether the user is heard: muted by hand, or by a key that is not held. It outlasts the sessions. */
import type {WatchedMicrophone} from '../../audio/watched-microphone.ts';
import type {Clock} from '../../speechmatics/clock.ts';
import {PushToTalk} from './push-to-talk.ts';

export class Heard {
	readonly talk: PushToTalk;
	readonly #onChange: () => void;
	#microphone: WatchedMicrophone | undefined;
	#isMuted = false;

	/** @param onChange called where something is to be shown otherwise */
	constructor(clock: Clock, onChange: () => void) {
		this.#onChange = onChange;
		this.talk = new PushToTalk({clock, onChange: () => this.#apply()});
	}

	/** Whether there is a microphone that can be muted. */
	get hasMicrophone(): boolean {
		return this.#microphone !== undefined;
	}

	/** A session hears this one from now on; `undefined`: it is over. */
	use(microphone: WatchedMicrophone | undefined): void {
		this.#microphone = microphone;
		if (microphone === undefined) {
			this.#isMuted = false;
			this.talk.lapse();
		}
		this.#apply();
	}

	toggleMute(): void {
		this.#isMuted = !this.#isMuted;
		this.#apply();
	}

	#apply(): void {
		this.#microphone?.mute(this.#isMuted || this.talk.silences);
		this.#onChange();
	}
}
