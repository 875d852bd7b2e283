/**
 * The stretches of a session, one after the other. The next one opens while the one before goes on, and takes over in a
 * silence; its words wait until those before have all come.
 */
import {Gate} from './gate.ts';
import {RollOver} from './roll-over.ts';
import {Stretch, type StretchOptions} from './stretch.ts';

export type StretchesOptions = Omit<
	StretchOptions,
	'from' | 'before' | 'nextNumber' | 'onLost' | 'onLimitNear'
>;

export class Stretches {
	readonly #options: StretchesOptions;
	readonly #rollOver: RollOver;
	/** Those that are not all words yet, the latest last, and when each will be. */
	readonly #running: Array<{readonly stretch: Stretch; readonly covered: Promise<void>}> = [];
	#latest: Stretch;
	#connections = 0;

	/** Begins the first one. @param from seconds on the timeline */
	constructor(options: StretchesOptions, from: number) {
		this.#options = options;
		this.#rollOver = new RollOver(from);
		this.#latest = this.#begin(from);
	}

	/** What is said now goes to it. */
	get latest(): Stretch {
		return this.#latest;
	}

	/** How many connections stood. */
	get connections(): number {
		return this.#connections;
	}

	/** Audio before this moment need not be sent again. Seconds on the timeline. */
	get neededFrom(): number {
		return Math.min(...this.#running.map(({stretch}) => stretch.neededFrom));
	}

	/** How far the audio is sent. Seconds on the timeline. */
	get sentUntil(): number {
		return Math.max(...this.#running.map(({stretch}) => stretch.connection?.cursor ?? 0));
	}

	/** Resolves when all of them have become words, those included that begin meanwhile. @throws why one cannot */
	async covered(): Promise<void> {
		for (let next = this.#running[0]; next !== undefined; next = this.#running[0]) {
			await next.covered;
			if (this.#running[0] === next) this.#running.shift();
		}
	}

	/** @param rms level of the audio that ends `now`, dBFS */
	heard(now: number, rms: number): void {
		if (this.#rollOver.heard(now, rms)) this.#handOver(now);
	}

	/** Ends all of them at once. */
	leave(): void {
		for (const {stretch} of this.#running) stretch.leave();
	}

	#begin(from: number, before?: Stretch): Stretch {
		const {emit, enter, track} = this.#options;
		const gate = new Gate(emit);
		const stretch: Stretch = new Stretch({
			...this.#options,
			from,
			before,
			emit: (event) => gate.pass(event),
			enter: (state, reason, retry) => {
				if (this.#latest === stretch) enter(state, reason, retry);
			},
			nextNumber: () => ++this.#connections,
			onLost: (lostFrom, to) => {
				const reason = 'the connection was away for longer than audio is kept';
				gate.pass({type: 'gap', from: lostFrom, seconds: to - lostFrom, reason});
			},
			// One that has handed over, or not yet taken over, will not last so long.
			onLimitNear: () => {
				if (this.#latest === stretch && stretch.hasBegun) this.#rollOver.limitIsNear(track.end);
			},
		});
		this.#latest = stretch;
		Promise.allSettled(this.#running.map(({covered}) => covered)).then(() => gate.open());
		const covered = stretch.cover();
		this.#running.push({stretch, covered});
		covered.catch(() => {});
		return stretch;
	}

	#handOver(time: number): void {
		const {enter, track} = this.#options;
		const old = this.#latest;
		const coveredOld = this.#running.find(({stretch}) => stretch === old)?.covered;
		this.#rollOver.restart(time);
		enter('rolling over');
		const next = this.#begin(time, old);
		next.ready.then(
			() => {
				// Meanwhile more may have become final than was to be.
				const words = Math.max(time, old.finalUntil);
				old.endAt(words);
				next.beginAt(words);
			},
			() => {
				if (next.hasBegun) return;
				this.#latest = old;
				this.#running.splice(
					this.#running.findIndex(({stretch}) => stretch === next),
					1,
				);
				if (old.connection?.isListening) enter(track.isClosed ? 'finishing' : 'listening');
			},
		);
		// Where all has become words before the next one could open, nobody needs it.
		const leave = () => {
			if (!next.hasBegun) next.leave();
		};
		coveredOld?.then(leave, () => {});
	}
}
