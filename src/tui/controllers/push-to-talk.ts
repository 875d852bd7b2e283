/** Who is heard only while a key is held; where the terminal does not tell that it was let go, pressing it again ends it. */
import type {Clock} from '../../speechmatics/clock.ts';

/** A held key comes again and again, at this distance at the most, however slow a keyboard is set. Milliseconds. */
const REPEATS_WITHIN = 120;
/** A held key whose repeats have stopped was let go, although the terminal did not say so. Milliseconds. */
const LET_GO_AFTER = 1000;

export interface PushToTalkOptions {
	readonly clock: Clock;
	/** Called when somebody begins or ceases to be heard, or it is switched on or off. */
	readonly onChange: () => void;
}

export class PushToTalk {
	readonly #options: PushToTalkOptions;
	#isOn = false;
	#isTalking = false;
	#tellsReleases = false;
	#pressedAt = Number.NEGATIVE_INFINITY;
	#letGo: AbortController | undefined;

	constructor(options: PushToTalkOptions) {
		this.#options = options;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	get isTalking(): boolean {
		return this.#isTalking;
	}

	/** Whether the terminal tells when a key is let go: it did so once. */
	get tellsReleases(): boolean {
		return this.#tellsReleases;
	}

	/** Whether nobody shall be heard. */
	get silences(): boolean {
		return this.#isOn && !this.#isTalking;
	}

	/** Switches it on or off. Either way nobody holds the key. */
	toggle(): void {
		this.#isOn = !this.#isOn;
		this.#end();
		this.#options.onChange();
	}

	/** The key was pressed, or comes again because it is held. */
	press(): void {
		const now = this.#options.clock.now();
		const isRepeat = now - this.#pressedAt < REPEATS_WITHIN;
		this.#pressedAt = now;
		if (!this.#isOn) return;
		if (!this.#isTalking && !(isRepeat && !this.#tellsReleases)) this.#turn(true);
		else if (this.#tellsReleases) void this.#watch();
		else if (this.#isTalking && !isRepeat) this.#turn(false);
	}

	/** Some key was let go. @param isTheKey whether it was the one that is held to talk */
	release(isTheKey: boolean): void {
		this.#tellsReleases = true;
		if (isTheKey) this.lapse();
	}

	/** Nobody is heard any more: the keyboard is somebody else's now, or the session is over. */
	lapse(): void {
		if (this.#isTalking) this.#turn(false);
	}

	#turn(isTalking: boolean): void {
		this.#end();
		this.#isTalking = isTalking;
		this.#options.onChange();
	}

	#end(): void {
		this.#letGo?.abort();
		this.#letGo = undefined;
		this.#isTalking = false;
	}

	/** A window that loses the keyboard is not told that the key was let go: its repeats cease. */
	async #watch(): Promise<void> {
		this.#letGo?.abort();
		const waiting = new AbortController();
		this.#letGo = waiting;
		await this.#options.clock.sleep(LET_GO_AFTER, waiting.signal).catch(() => {});
		if (!waiting.signal.aborted) this.lapse();
	}
}
