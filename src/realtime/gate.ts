import type {RealtimeEvent} from './events.ts';

/** Holds the words of a connection back until those of the one before have come. */
export class Gate {
	readonly #through: (event: RealtimeEvent) => void;
	#held: RealtimeEvent[] | undefined = [];

	constructor(through: (event: RealtimeEvent) => void) {
		this.#through = through;
	}

	pass(event: RealtimeEvent): void {
		if (this.#held === undefined || !isSpoken(event)) {
			this.#through(event);
			return;
		}
		// A partial is replaced by what comes next.
		if (event.type === 'partial') this.#held = this.#held.filter(({type}) => type !== 'partial');
		this.#held.push(event);
	}

	open(): void {
		const held = this.#held ?? [];
		this.#held = undefined;
		for (const event of held) this.#through(event);
	}
}

function isSpoken({type}: RealtimeEvent): boolean {
	return ['partial', 'final', 'translation', 'audio-event', 'utterance-end', 'gap'].includes(type);
}
