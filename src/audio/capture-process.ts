/** The capture process: the program's hidden command. See capture-messages.ts for how it is spoken to. */
import {write} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs, promisify} from 'node:util';
import {type CaptureStatus, PCM_DESCRIPTOR, STATUS_DESCRIPTOR} from './capture-messages.ts';
import {findDevice} from './devices.ts';
import {inputDevices, loadAddon, QUEUE_SECONDS, startRecording} from './portaudio.ts';
import {AudioError} from './source.ts';

/** A read that is under way ends within 100 ms while audio flows; one that does not is woken by the stop. */
const LAST_READ = 300;

/**
 * Runs a capture process until it is told to stop, then ends this process.
 *
 * @param args `devices`, or `capture --device <default|number|name> --rate <samples a second>`
 */
export async function runCaptureProcess(args: readonly string[]): Promise<never> {
	// A terminal sends these to every process in it. When to stop is for the one that started this to say.
	process.on('SIGINT', () => {});
	process.on('SIGHUP', () => {});
	try {
		const {positionals, values} = parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {device: {type: 'string', default: 'default'}, rate: {type: 'string', default: '16000'}},
		});
		if (positionals[0] === 'devices') await report({type: 'devices', devices: inputDevices(loadAddon())});
		else await capture(values.device, Number(values.rate));
		process.exit(0);
	} catch (error) {
		await report({type: 'error', message: (error as Error).message}).catch(() => {});
		process.exit(1);
	}
}

async function capture(wanted: string, rate: number): Promise<void> {
	const stopAsked = whenToldToStop();
	const addon = loadAddon();
	const device = findDevice(inputDevices(addon), wanted);
	const recording = startRecording(addon, device, rate);
	await report({type: 'opened', device: device.name, sampleRate: recording.sampleRate});

	let samples = 0;
	let stopping = false;
	const sendUntil = async (isOver: () => boolean) => {
		while (!isOver()) {
			const bytes = await recording.read();
			if (!bytes) return;
			await sendSamples(bytes);
			samples += bytes.length / 2;
		}
	};
	const sending = sendUntil(() => stopping);
	await Promise.race([stopAsked, sending]);
	stopping = true;
	await Promise.race([sending, sleep(LAST_READ)]);
	await recording.stop();
	await sending;
	await sendUntil(() => false);
	await report({type: 'stopped', samples});
}

function whenToldToStop(): Promise<void> {
	return new Promise((resolve) => {
		process.stdin.on('data', () => resolve());
		process.stdin.on('end', resolve);
		process.stdin.on('error', () => resolve());
		process.on('SIGTERM', () => resolve());
	});
}

async function sendSamples(bytes: Uint8Array): Promise<void> {
	const start = performance.now();
	await writeAll(PCM_DESCRIPTOR, bytes);
	if (performance.now() - start > QUEUE_SECONDS * 1000) {
		throw new AudioError(`Audio was lost: nobody took it for ${QUEUE_SECONDS} s.`);
	}
}

function report(status: CaptureStatus): Promise<void> {
	return writeAll(STATUS_DESCRIPTOR, Buffer.from(`${JSON.stringify(status)}\n`));
}

const writeSome = promisify(write);

async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
	let sent = 0;
	while (sent < bytes.length) {
		try {
			sent += (await writeSome(descriptor, bytes, sent)).bytesWritten;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
			await sleep(5);
		}
	}
}
