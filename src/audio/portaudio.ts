/** PortAudio through naudiodon's addon. Only a capture process loads it. */
import {createRequire} from 'node:module';
import {unpackEmbedded} from '../platform/unpack.ts';
import type {Device} from './capture-messages.ts';
import {AudioError} from './source.ts';

/** Buffers the addon holds while nobody reads. Its own default of 2 loses audio at the first hiccup. */
const QUEUED_BUFFERS = 100;
const BUFFERS_PER_SECOND = 10;

/** Audio that waits longer than this to be read is lost. Seconds. */
export const QUEUE_SECONDS = QUEUED_BUFFERS / BUFFERS_PER_SECOND;

/** The part of naudiodon's addon that is used here. */
export interface Addon {
	getDevices(): {
		id: number;
		name: string;
		maxInputChannels: number;
		defaultSampleRate: number;
		hostAPIName: string;
	}[];
	getHostAPIs(): {defaultHostAPI: number; HostAPIs: {id: number; defaultInput: number}[]};
	create(options: {inOptions: Record<string, number | boolean>}): AddonStream;
}

interface AddonStream {
	start(): void;
	/** Holds a thread until so many bytes are there, or the stream has quit. */
	read(bytes: number): Promise<{buf?: Uint8Array; err?: string; finished?: boolean}>;
	quit(how: 'WAIT' | 'ABORT'): Promise<void>;
}

/** An open microphone. */
export interface Recording {
	/** Samples a second. */
	readonly sampleRate: number;
	/** The next 100 ms or less, mono s16le; undefined after the last. */
	read(): Promise<Uint8Array | undefined>;
	/** Stops capturing. What was captured until then can still be read. */
	stop(): Promise<void>;
}

/**
 * Loads the addon of this build.
 *
 * @throws AudioError where this build has none, or the system lacks a library it needs
 */
export function loadAddon(): Addon {
	const paths = unpackEmbedded('naudiodon.node', 'libportaudio');
	if (!paths) {
		throw new AudioError(withoutAddon(process.platform));
	}
	try {
		return createRequire(import.meta.url)(paths[0]!);
	} catch (error) {
		const hint =
			process.platform === 'linux'
				? ' On Debian and Ubuntu it needs the packages libasound2 and libstdc++6.'
				: '';
		throw new AudioError(`The audio library could not be loaded: ${(error as Error).message}.${hint}`);
	}
}

/** What records on each system, and writes what `--source -` takes. */
const RECORDERS: Readonly<Record<string, string>> = {
	linux: 'arecord -f S16_LE -r 16000 -c 1',
	darwin: 'ffmpeg -f avfoundation -i :default -ac 1 -ar 16000 -f s16le -',
	win32: 'ffmpeg -f dshow -i audio=NAME -ac 1 -ar 16000 -f s16le -',
};

/**
 * What to do where a build has no capture addon, as one built for another system has not. Exported for its tests.
 *
 * @param platform as `process.platform` says it
 */
export function withoutAddon(platform: string): string {
	const pipe = `pipe audio in: ${RECORDERS[platform] ?? 'RECORDER'} | speechdeck realtime --source -`;
	// Nothing here builds the addon on Windows.
	const build = platform === 'win32' ? '' : 'build speechdeck on this system with a C++ compiler, or ';
	return `This build cannot use a microphone: ${build}${pipe}`;
}

/** The devices that audio can be captured from. */
export function inputDevices(addon: Addon): Device[] {
	const {defaultHostAPI, HostAPIs} = addon.getHostAPIs();
	const defaultId = HostAPIs.find(({id}) => id === defaultHostAPI)?.defaultInput;
	return addon
		.getDevices()
		.filter(({maxInputChannels}) => maxInputChannels > 0)
		.map(({id, name, maxInputChannels, defaultSampleRate, hostAPIName}) => ({
			id,
			name,
			maxInputChannels,
			defaultSampleRate,
			isDefault: id === defaultId,
			hostApi: hostAPIName,
		}));
}

/**
 * Starts capturing from a device at the rate asked for (samples a second), or at the device's own where it refuses that.
 *
 * @throws AudioError where the device cannot be opened
 */
export function startRecording(addon: Addon, device: Device, rate: number): Recording {
	try {
		return startAt(addon, device, rate);
	} catch (error) {
		if (!/sample rate/i.test((error as Error).message) || rate === device.defaultSampleRate) {
			throw openingError(device, error as Error);
		}
	}
	try {
		return startAt(addon, device, device.defaultSampleRate);
	} catch (error) {
		throw openingError(device, error as Error);
	}
}

function startAt(addon: Addon, device: Device, sampleRate: number): Recording {
	const framesPerBuffer = Math.floor(sampleRate / BUFFERS_PER_SECOND);
	const stream = addon.create({
		inOptions: {
			deviceId: device.id,
			channelCount: 1,
			sampleFormat: 16,
			sampleRate,
			framesPerBuffer,
			maxQueue: QUEUED_BUFFERS,
			// With true, a report of an overflow takes the place of the samples it came with.
			closeOnError: false,
		},
	});
	stream.start();
	return {
		sampleRate,
		async read() {
			const {buf, err} = await stream.read(framesPerBuffer * 2);
			if (err) throw new AudioError(`The microphone failed: ${err.trim()}.`);
			// A read is short only after the end, and the driver may still deliver while it is being stopped.
			return buf && buf.length > 0 ? buf : undefined;
		},
		stop: () => stream.quit('WAIT'),
	};
}

function openingError(device: Device, {message}: Error): AudioError {
	return new AudioError(
		/unavailable|busy/i.test(message)
			? `The microphone "${device.name}" is in use by another program, or was unplugged.`
			: `The microphone "${device.name}" could not be opened: ${message}.`,
	);
}
