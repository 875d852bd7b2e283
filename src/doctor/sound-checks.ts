/** The microphone and the library under it. Both are asked in a capture process, never in this one. */
import type {Device} from '../audio/capture-messages.ts';
import {FLOOR, LevelMeter} from '../audio/level.ts';
import {listDevices, type Microphone, type MicrophoneOptions, openMicrophone} from '../audio/microphone.ts';
import {AudioError} from '../audio/source.ts';
import type {Check, Finding} from './check.ts';

/** Milliseconds from the opening of a microphone to its first samples; a PulseAudio monitor takes more than two. */
const FIRST_SAMPLES = 4500;
/** Seconds that are listened to. */
const LISTENED = 0.5;

/** How sound is asked for. */
export interface Sound {
	/** @throws AudioError where the library cannot be loaded */
	list(): Promise<readonly Device[]>;
	open(options: MicrophoneOptions): Promise<Microphone>;
}

/** The capture process of this program; the devices are listed once. */
export function realSound(): Sound {
	let devices: Promise<readonly Device[]> | undefined;
	return {
		list: () => (devices ??= listDevices()),
		open: openMicrophone,
	};
}

export function portAudioCheck({list}: Sound): Check {
	const run = async (): Promise<Finding> => {
		try {
			const interfaces = [...new Set((await list()).map(({hostApi}) => hostApi))];
			const over = interfaces.length === 0 ? '' : `, over ${interfaces.join(' and ')}`;
			return {state: 'ok', facts: `loads in a process of its own${over}`};
		} catch (error) {
			if (!(error instanceof AudioError)) throw error;
			const lacking = /This build cannot use a microphone/.test(error.message);
			return lacking
				? {
						state: 'warn',
						facts: 'this build has none, so it cannot use a microphone',
						remedy:
							'Install a C++ compiler (g++ or clang++) and build speechdeck again, or take a released one.',
					}
				: {
						state: 'error',
						facts: error.message.replace(/\.( On Debian.*)?$/s, ''),
						remedy: INSTALL_LIBRARIES,
					};
		}
	};
	return {id: 'portaudio', title: 'PortAudio', late: STUCK, run};
}

const INSTALL_LIBRARIES =
	process.platform === 'linux'
		? 'Install what it needs: "sudo apt install libasound2 libstdc++6" on Debian and Ubuntu.'
		: 'Run "speechdeck support", and report this with the file it writes.';

const STUCK = 'Restart the sound system: a driver does not answer.';

/** @param wanted which microphone is set, such as `default` */
export function microphoneCheck({list, open}: Sound, wanted: string): Check {
	const run = async (signal: AbortSignal): Promise<Finding> => {
		const devices = await list().catch(() => undefined);
		if (devices === undefined) return {state: 'skipped', facts: 'PortAudio must load first'};
		if (devices.length === 0) {
			return {
				state: 'warn',
				facts: 'there is none',
				remedy:
					'Connect one, or see to the sound settings; files, pipes and network streams can be captioned live without.',
			};
		}
		const others = devices.length === 1 ? '' : `; ${devices.length - 1} more`;
		try {
			const {name, sampleRate, peak} = await heard(open, wanted, signal);
			if (peak > FLOOR) {
				return {state: 'ok', facts: `${name}, ${sampleRate} Hz, peak ${Math.round(peak)} dB${others}`};
			}
			return {state: 'warn', facts: `${name} gives nothing but zeros${others}`, remedy: UNMUTE};
		} catch (error) {
			signal.throwIfAborted();
			if (!(error instanceof AudioError)) throw error;
			return {state: 'error', facts: error.message.replace(/\.$/, ''), remedy: remedyFor(error, wanted)};
		}
	};
	return {id: 'microphone', title: 'Microphone', late: STUCK, run};
}

/** Listens for a moment; what is heard is measured and thrown away. */
async function heard(open: Sound['open'], device: string, signal: AbortSignal) {
	const microphone = await open({device, firstChunkTimeout: FIRST_SAMPLES, signal});
	const {encoding, sample_rate: sampleRate} = microphone.format as {
		encoding: 'pcm_s16le';
		sample_rate: number;
	};
	const meter = new LevelMeter(encoding, sampleRate);
	let [seconds, peak] = [0, FLOOR];
	const leave = () => void microphone.kill().catch(() => {});
	signal.addEventListener('abort', leave, {once: true});
	try {
		for await (const piece of microphone.chunks()) {
			peak = Math.max(peak, meter.add(piece).peak);
			seconds += piece.byteLength / 2 / sampleRate;
			if (seconds >= LISTENED) break;
		}
	} finally {
		signal.removeEventListener('abort', leave);
		await microphone.stop();
	}
	return {name: microphone.device, sampleRate, peak};
}

const ALLOW =
	process.platform === 'darwin'
		? 'Allow your terminal to use the microphone (System Settings, Privacy & Security, Microphone)'
		: process.platform === 'win32'
			? 'Allow desktop apps to use the microphone (Settings, Privacy, Microphone)'
			: 'Look at its switch and at the input level in the sound settings ("pavucontrol" or "alsamixer")';

const UNMUTE = `Unmute it. ${ALLOW}.`;

function remedyFor({message}: AudioError, wanted: string): string {
	if (/in use/.test(message)) return 'End the program that uses it, or plug it in again.';
	if (/input device is called|names no default/.test(message)) {
		return wanted === 'default'
			? 'Choose one in the sound settings, or with "speechdeck config set realtime.device NAME".'
			: 'Choose another with "speechdeck config set realtime.device NAME"; "speechdeck devices" lists them.';
	}
	return `${ALLOW}, or choose another with "speechdeck config set realtime.device NAME".`;
}
