/** The tab of settings: what is set, changed in its place. */
import {messageOf} from '../../platform/message-of.ts';
import {doctorDialog} from '../dialogs/doctor.ts';
import type {ControllerOptions} from './controller-options.ts';
import {OptionSheet, type SheetGroup, type SheetSource} from './option-sheet.ts';

const NONE: SheetSource = {groups: () => [], set: async () => undefined, unset: async () => undefined};

export class SettingsController {
	readonly sheet: OptionSheet;
	readonly #options: ControllerOptions;
	/** `undefined` where there is none, or nobody has looked yet. */
	#keyOrigin: string | undefined;
	#hasAsked = false;

	constructor(options: ControllerOptions) {
		this.#options = options;
		const source = options.services.settings ?? NONE;
		this.sheet = new OptionSheet({...source, groups: () => this.#groups(source)});
	}

	/** Reads all again, as it may have been changed elsewhere. */
	open(): void {
		// The keychain may take its time, or ask its owner: once is enough.
		if (this.#reload() && !this.#hasAsked) void this.#askForKey();
	}

	/** Reads all again, and looks for the key again too. */
	readAgain(): void {
		if (!this.#reload()) return;
		this.#options.tell('The settings were read again');
		void this.#askForKey();
	}

	/** Checks all that the program needs. */
	examine(): void {
		const dialog = doctorDialog(this.#options);
		if (dialog === undefined) this.#options.tell('There is nothing to check here');
		else this.#options.open(dialog);
	}

	/** @returns false where it did not work, which is told */
	#reload(): boolean {
		try {
			this.sheet.reload();
			return true;
		} catch (error) {
			this.#options.tell(messageOf(error), 'problem');
			return false;
		}
	}

	async #askForKey(): Promise<void> {
		this.#hasAsked = true;
		try {
			this.#keyOrigin = await this.#options.services.settings?.keyOrigin();
		} catch (error) {
			this.#keyOrigin = undefined;
			this.#options.tell(messageOf(error), 'problem');
			return;
		}
		this.#reload();
	}

	/** The key stands first, though it is never shown. */
	#groups(source: SheetSource): readonly SheetGroup[] {
		const groups = source.groups();
		if (groups.length === 0) return [];
		const key = {
			name: 'key',
			label: 'key',
			description: 'who you are to the service; it is never shown',
			choices: [],
			value: this.#keyOrigin === undefined ? undefined : 'is set',
			origin: this.#keyOrigin ?? '',
			locked: '"speechdeck login" changes it, "speechdeck logout" forgets it',
		};
		return [{title: 'Account', rows: [key]}, ...groups];
	}
}
