/** The tab of settings: what is set, changed in its place. */
import {messageOf} from '../../platform/message-of.ts';
import {doctorDialog} from '../dialogs/doctor.ts';
import type {ControllerOptions} from './controller-options.ts';
import {OptionSheet, type SheetGroup, type SheetSource} from './option-sheet.ts';

const NONE: SheetSource = {groups: () => [], set: async () => undefined, unset: async () => undefined};

export class SettingsController {
	readonly sheet: OptionSheet;
	readonly #options: ControllerOptions;
	#keyOrigin: string | undefined = '…';
	#asked = false;

	constructor(options: ControllerOptions) {
		this.#options = options;
		const source = options.services.settings ?? NONE;
		this.sheet = new OptionSheet({...source, groups: () => this.#groups(source)});
	}

	/** Reads all again, as it may have been changed elsewhere. */
	open(): void {
		try {
			this.sheet.reload();
		} catch (error) {
			this.#options.tell(messageOf(error), 'problem');
		}
		void this.#askForKey();
	}

	/** Checks all that the program needs. */
	examine(): void {
		const dialog = doctorDialog(this.#options);
		if (dialog === undefined) this.#options.tell('There is nothing to check here');
		else this.#options.open(dialog);
	}

	/** The keychain may take its time, or ask its owner. */
	async #askForKey(): Promise<void> {
		if (this.#asked) return;
		this.#asked = true;
		try {
			this.#keyOrigin = await this.#options.services.settings?.keyOrigin();
		} catch (error) {
			this.#keyOrigin = undefined;
			this.#options.tell(messageOf(error), 'problem');
		}
		this.sheet.reload();
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
			value: this.#keyOrigin === undefined ? undefined : 'is kept',
			origin: this.#keyOrigin ?? '',
			locked: 'run "speechdeck login" to change it, "speechdeck logout" to forget it',
		};
		return [{title: 'Account', rows: [key]}, ...groups];
	}
}
