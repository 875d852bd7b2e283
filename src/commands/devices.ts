/** `speechdeck devices`: what can be recorded from. */
import {listDevices} from '../audio/microphone.ts';
import {printable} from '../platform/printable.ts';
import {EXIT} from './failure.ts';
import type {Streams} from './streams.ts';

/** @returns the exit code */
export async function devicesCommand({json}: {json?: boolean}, {out, err}: Streams): Promise<number> {
	const devices = await listDevices();
	if (json === true) {
		out.line(JSON.stringify(devices));
		return EXIT.ok;
	}
	if (devices.length === 0) err.line('There is no microphone: connect one, or check the sound settings.');
	for (const {name, isDefault, maxInputChannels, defaultSampleRate, hostApi} of devices) {
		const facts = [hostApi, `${maxInputChannels} ch`, `${defaultSampleRate} Hz`].join(', ');
		out.line(`${isDefault ? '*' : ' '} ${printable(name)} (${facts})`);
	}
	if (devices.some(({isDefault}) => isDefault))
		err.line('* is the default. Choose another with --device NAME.');
	return EXIT.ok;
}
