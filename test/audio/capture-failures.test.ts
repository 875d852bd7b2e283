import {afterAll, beforeAll, expect, test} from 'bun:test';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Device} from '../../src/audio/capture-messages.ts';
import {findDevice} from '../../src/audio/devices.ts';
import {openMicrophone} from '../../src/audio/microphone.ts';
import {type Addon, startRecording} from '../../src/audio/portaudio.ts';
import {fakeCapture, isAlive} from '../helpers/capture-command.ts';

const OPENED = `echo '{"type":"opened","device":"Fake","sampleRate":48000}' >&4;`;
const folder = mkdtempSync(join(tmpdir(), 'capture-'));
const stateBefore = process.env.XDG_STATE_HOME;

beforeAll(() => {
	process.env.XDG_STATE_HOME = folder;
});
afterAll(() => {
	if (stateBefore === undefined) delete process.env.XDG_STATE_HOME;
	else process.env.XDG_STATE_HOME = stateBefore;
	rmSync(folder, {recursive: true, force: true});
});

test('the rate a device insists on is the rate of the audio', async () => {
	const script = `${OPENED} head -c 9600 /dev/zero >&3; read line; echo '{"type":"stopped","samples":4800}' >&4`;
	const microphone = await openMicrophone({command: fakeCapture(script)});
	await microphone.stop();
	expect(microphone.format).toMatchObject({sample_rate: 48_000});
	expect(await lengths(microphone.chunks())).toEqual([9_600]);
	expect(microphone.capturedSamples()).toBe(4_800);
});

test('a capture process that dies is an error, after what it had captured', async () => {
	const microphone = await openMicrophone({
		command: fakeCapture(`${OPENED} head -c 3200 /dev/zero >&3; sleep 0.1; exit 3`),
	});
	const seen: number[] = [];
	const reading = (async () => {
		for await (const chunk of microphone.chunks()) seen.push(chunk.length);
	})();
	await expect(reading).rejects.toThrow(/^The capture process died \(code 3\)/);
});

test('a capture process that dies before any audio is an error', async () => {
	const opening = openMicrophone({command: fakeCapture('kill -SEGV $$')});
	await expect(opening).rejects.toThrow(/^The capture process died \(SIGSEGV\); the log .*speechdeck\.log/);
});

test('a microphone that sends nothing is given up, and its process ended', async () => {
	const pidFile = join(folder, 'pid');
	const command = fakeCapture(`${OPENED} exec sleep 60`, pidFile);
	const opening = openMicrophone({command, firstChunkTimeout: 300});
	await expect(opening).rejects.toThrow('No audio came from the microphone "Fake" in 0.3 s.');
	while (isAlive(pidFile)) await Bun.sleep(10);
});

test('audio that nobody takes ends the recording with an error, not with a gap', async () => {
	const script = `echo '{"type":"opened","device":"Fake","sampleRate":16000}' >&4; head -c 3000000 /dev/zero >&3; exec sleep 60`;
	const microphone = await openMicrophone({command: fakeCapture(script)});
	await Bun.sleep(300);
	await expect(lengths(microphone.chunks())).rejects.toThrow('its audio was not taken for 60 s');
});

test('samples that were captured and did not arrive are an error', async () => {
	const script = `${OPENED} head -c 9600 /dev/zero >&3; echo '{"type":"stopped","samples":4801}' >&4`;
	const microphone = await openMicrophone({command: fakeCapture(script)});
	await expect(lengths(microphone.chunks())).rejects.toThrow('Captured audio was lost on its way.');
});

const DEVICE: Device = {
	id: 2,
	name: 'USB Headset',
	maxInputChannels: 1,
	defaultSampleRate: 44_100,
	isDefault: false,
	hostApi: 'ALSA',
};

test.each([
	['Could not open stream: Device unavailable', 'The microphone "USB Headset" is in use by another program'],
	[
		'Could not open stream: Unanticipated host error',
		'could not be opened: Could not open stream: Unanticipated host error.',
	],
])('"%s" is said in words', (message, said) => {
	expect(() =>
		startRecording(
			addonThat(() => message),
			DEVICE,
			16_000,
		),
	).toThrow(said);
});

test('a device that refuses 16 kHz is opened at its own rate', () => {
	const refusing = addonThat((rate) =>
		rate === 16_000 ? 'Format not supported: Invalid sample rate' : undefined,
	);
	expect(startRecording(refusing, DEVICE, 16_000).sampleRate).toBe(44_100);
});

test('a device is found by number, by name, by a part of its name, or as the default', () => {
	const devices = [DEVICE, {...DEVICE, id: 3, name: 'USB Camera', isDefault: true}];
	expect(findDevice(devices, '2').name).toBe('USB Headset');
	expect(findDevice(devices, 'USB Camera').id).toBe(3);
	expect(findDevice(devices, 'headset').id).toBe(2);
	expect(findDevice(devices, 'default').id).toBe(3);
	expect(() => findDevice(devices, 'usb')).toThrow('More than one input device is called "usb"');
	expect(() => findDevice([], 'default')).toThrow('No microphone was found.');
	expect(() => findDevice([DEVICE], 'default')).toThrow('choose one of: USB Headset (2).');
});

function addonThat(refuses: (rate: number) => string | undefined): Addon {
	return {
		getDevices: () => [],
		getHostAPIs: () => ({defaultHostAPI: -1, HostAPIs: []}),
		create({inOptions}) {
			const refusal = refuses(Number(inOptions.sampleRate));
			if (refusal) throw new Error(refusal);
			return {start() {}, read: async () => ({}), quit: async () => {}};
		},
	};
}

async function lengths(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
	return Array.fromAsync(chunks, ({length}) => length);
}
