/** What is told to the user: one thing at a time, and all of it kept to be read again. */
import {createStore} from 'zustand/vanilla';

export interface Notice {
	readonly text: string;
	readonly kind: 'info' | 'problem';
}

export interface LoggedNotice extends Notice {
	readonly at: Date;
}

/** Says something to the user. */
export type Tell = (text: string, kind?: Notice['kind']) => void;

/** Milliseconds an information stays. A problem stays until it is dismissed, or something newer is told. */
const NOTICE_TIME = 4000;
const MOST_LOGGED = 500;

export class Notices {
	readonly store = createStore<{readonly notice: Notice | undefined}>(() => ({notice: undefined}));
	readonly #log: LoggedNotice[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** What is told when the present notice has had its time. */
	#later: Notice[] = [];

	/** The oldest first. */
	get log(): readonly LoggedNotice[] {
		return this.#log;
	}

	readonly tell: Tell = (text, kind = 'info') => this.#show({text, kind});

	/** Tells why a key or a command does nothing now. */
	readonly tellNotNow = (reason: string) => this.tell(`Not now: ${reason}`);

	/** Tells several things, each of which gets its time. */
	queue(notices: readonly Notice[]): void {
		this.#later = [...notices];
		this.next();
	}

	/** Goes on to what waits, if anything does. */
	next(): void {
		this.#show(this.#later.shift());
	}

	#show(notice: Notice | undefined): void {
		clearTimeout(this.#timer);
		this.store.setState({notice});
		if (notice === undefined) return;
		this.#log.push({...notice, at: new Date()});
		if (this.#log.length > MOST_LOGGED) this.#log.shift();
		if (notice.kind === 'info' || this.#later.length > 0)
			this.#timer = setTimeout(() => this.next(), NOTICE_TIME);
	}
}
