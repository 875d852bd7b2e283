/** What is captioned live unless a recording is: which microphone, alone or with what the computer plays. */
import {listDevices} from '../../audio/microphone.ts';
import type {SourceChoice} from '../../realtime/sources.ts';
import {pickDevice} from '../prompts/device-picker.ts';
import type {ControllerOptions} from './controller-options.ts';

type LiveChoice = Extract<SourceChoice, {from: 'microphone' | 'meeting'}>;

export class LiveSource {
	readonly #options: ControllerOptions;
	readonly #onChoice: (choice: LiveChoice) => void;
	#choice: LiveChoice = {from: 'microphone'};

	/** @param onChoice called with what was chosen */
	constructor(options: ControllerOptions, onChoice: (choice: LiveChoice) => void) {
		this.#options = options;
		this.#onChoice = onChoice;
	}

	get choice(): LiveChoice {
		return this.#choice;
	}

	/** From the microphone alone to a meeting, with what the computer plays, or back. */
	switch(): void {
		this.#choose({...this.#choice, from: this.#choice.from === 'microphone' ? 'meeting' : 'microphone'});
	}

	async chooseDevice(): Promise<void> {
		const {tell, handOver, services} = this.#options;
		const devices = await listDevices().catch(({message}: Error) => tell(message, 'problem'));
		if (!devices) return;
		if (devices.length === 0) {
			tell('There is no microphone: connect one, or check the sound settings', 'problem');
			return;
		}
		let {device} = this.#choice;
		const message = services.demo ? 'DEMO: which microphone?' : undefined;
		await handOver(async () => {
			device = (await pickDevice(devices, device, message)) ?? device;
		});
		this.#choose({...this.#choice, device});
	}

	#choose(choice: LiveChoice): void {
		this.#choice = choice;
		this.#onChoice(choice);
	}
}
