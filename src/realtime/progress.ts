/** How far the words of a stretch are final, on each channel it has. Times are seconds on the timeline. */

/** Seconds by which words of one channel may be final before those of another: a channel without words has no finals. */
const MOST_APART = 10;

interface Reached {
	until: number;
	/** Where a mark may still come: behind the last word, if none came yet. */
	markAt: number | undefined;
}

export class Progress {
	readonly #channels = new Map<string, Reached>();
	#from: number;

	/**
	 * @param from nothing before it is asked for
	 * @param channels their labels; none where there is one stream
	 */
	constructor(from: number, channels: readonly string[] = []) {
		this.#from = from;
		for (const channel of channels.length > 0 ? channels : ['']) this.#reached(channel);
	}

	/** Their labels; one that is empty where there is one stream. */
	get channels(): readonly string[] {
		return [...this.#channels.keys()];
	}

	/** Words up to here are final on every channel. */
	get until(): number {
		return Math.max(Math.min(...[...this.#channels.values()].map(({until}) => until)), this.#least);
	}

	/** Words up to here are final on some channel. */
	get furthest(): number {
		return Math.max(...[...this.#channels.values()].map(({until}) => until));
	}

	/** Words up to here are final on a channel, and where a mark may still come. */
	of(channel: string | null | undefined): Readonly<Reached> {
		const reached = this.#channels.get(channel ?? '');
		return {until: Math.max(reached?.until ?? this.until, this.#least), markAt: reached?.markAt};
	}

	/**
	 * A final came.
	 *
	 * @param markAt end of its last word, where no mark followed; `same` where it was empty
	 */
	heard(channel: string | null | undefined, until: number, markAt: number | undefined | 'same'): void {
		const reached = this.#reached(channel ?? '');
		reached.until = Math.max(reached.until, until);
		if (markAt !== 'same') reached.markAt = markAt;
	}

	/** What is before a moment is no longer asked for. */
	skipTo(time: number): void {
		this.#from = Math.max(this.#from, time);
		for (const reached of this.#channels.values()) reached.until = Math.max(reached.until, time);
	}

	get #least(): number {
		return this.furthest - MOST_APART;
	}

	#reached(channel: string): Reached {
		let reached = this.#channels.get(channel);
		if (reached === undefined) {
			reached = {until: this.#from, markAt: undefined};
			this.#channels.set(channel, reached);
		}
		return reached;
	}
}
