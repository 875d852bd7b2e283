import {printable} from '../platform/printable.ts';
import type {Device} from './capture-messages.ts';
import {AudioError} from './source.ts';

/**
 * Finds the device a person means.
 *
 * @param wanted `default`, a number from the list, a name, or a part of one name
 * @throws AudioError that names the devices there are
 */
export function findDevice(devices: readonly Device[], wanted: string): Device {
	if (devices.length === 0) throw new AudioError('No microphone was found.');
	const there = devices.map(({id, name}) => `${printable(name)} (${id})`).join(', ');
	if (wanted === 'default') {
		const device = devices.find(({isDefault}) => isDefault);
		if (device) return device;
		throw new AudioError(`The system names no default input device; choose one of: ${there}.`);
	}
	const exact = devices.find(({id, name}) => name === wanted || String(id) === wanted);
	if (exact) return exact;
	const similar = devices.filter(({name}) => name.toLowerCase().includes(wanted.toLowerCase()));
	if (similar.length === 1) return similar[0]!;
	throw new AudioError(
		`${similar.length > 1 ? 'More than one' : 'No'} input device is called "${printable(wanted)}"; there are: ${there}.`,
	);
}
