/** The bell or a notification when long work has ended and nobody is looking. */
import type {NotificationCommand} from './abilities.ts';
import {BELL, osc, oscText} from './control-sequences.ts';

/** What the user wants to be told with; `notification` rings the bell too, and no more where there are none. */
export type Notifying = 'off' | 'bell' | 'notification';

/** Milliseconds: who has waited so long, or not touched a key for so long, may be doing something else. */
const LONG = 60_000;
/** Milliseconds since a key: who has just pressed one is there, whatever the terminal does not tell. */
const PRESENT = 10_000;

export interface EndNoticeOptions {
	readonly write: (text: string) => void;
	/** Milliseconds from an arbitrary start. */
	readonly now: () => number;
	readonly notifying: Notifying;
	readonly notification: NotificationCommand | undefined;
}

export class EndNotice {
	readonly #options: EndNoticeOptions;
	#since: number | undefined;
	#pressedAt: number;
	/** `undefined` where the terminal does not tell. */
	#hasFocus: boolean | undefined;

	constructor(options: EndNoticeOptions) {
		this.#options = options;
		this.#pressedAt = options.now();
	}

	/** A key was pressed. */
	pressed(): void {
		this.#pressedAt = this.#options.now();
	}

	/** @param hasFocus whether the keyboard is the window's; `undefined`: nobody knows */
	focused(hasFocus: boolean | undefined): void {
		this.#hasFocus = hasFocus;
	}

	/**
	 * Is told, as often as it likes, whether work goes on.
	 *
	 * @param summary what has become of it, in a few words; asked for at the end
	 */
	working(isWorking: boolean, summary: () => string): void {
		if (isWorking) {
			this.#since ??= this.#options.now();
			return;
		}
		if (this.#since === undefined) return;
		const since = this.#since;
		this.#since = undefined;
		if (this.#isAway(since)) this.#tell(summary());
	}

	#isAway(since: number): boolean {
		const {now} = this.#options;
		const idle = now() - this.#pressedAt;
		const isPresent = this.#hasFocus ?? idle < PRESENT;
		return !isPresent && (now() - since >= LONG || idle >= LONG);
	}

	#tell(summary: string): void {
		const {notifying, notification, write} = this.#options;
		if (notifying === 'off') return;
		const isSent = notifying === 'notification' && notification !== undefined;
		write(BELL + (isSent ? notificationText(notification, 'speechdeck', summary) : ''));
	}
}

/** A notification as the terminal wants it. A text that begins with a figure and `;` would be something else to some. */
function notificationText(command: NotificationCommand, title: string, body: string): string {
	const [safeTitle, safeBody] = [oscText(title), oscText(body)];
	switch (command) {
		case 9:
			return osc(9, `${safeTitle}: ${safeBody}`);
		case 777:
			return osc(777, 'notify', safeTitle.replaceAll(';', ','), safeBody);
		case 99:
			return (
				osc(99, 'i=speechdeck:d=0:o=unfocused', safeTitle) +
				osc(99, 'i=speechdeck:d=1:o=unfocused:p=body', safeBody)
			);
	}
}
