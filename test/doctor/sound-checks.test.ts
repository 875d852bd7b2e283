import {expect, test} from 'bun:test';
import type {Device} from '../../src/audio/capture-messages.ts';
import {AudioError} from '../../src/audio/source.ts';
import {microphoneCheck, portAudioCheck, type Sound} from '../../src/doctor/sound-checks.ts';
import {FakeMicrophone} from '../helpers/fake-microphone.ts';
import {found} from './fakes.ts';

const DEVICE: Device = {
	id: 1,
	name: 'USB',
	maxInputChannels: 1,
	defaultSampleRate: 48_000,
	isDefault: true,
	hostApi: 'ALSA',
};

function sound(sample: number | Error, devices: readonly Device[] | Error = [DEVICE]) {
	const microphone = new FakeMicrophone('USB');
	const fake: Sound = {
		async list() {
			if (devices instanceof Error) throw devices;
			return devices;
		},
		async open() {
			if (sample instanceof Error) throw sample;
			for (let piece = 0; piece < 8; piece++) microphone.say(sample);
			return microphone;
		},
	};
	return {fake, microphone};
}

test('a microphone that hears is told with its level, and let go', async () => {
	const {fake, microphone} = sound(16_384, [DEVICE, {...DEVICE, id: 2}]);
	expect(await found(microphoneCheck(fake, 'default'))).toEqual({
		state: 'ok',
		facts: 'USB, 16000 Hz, peak -6 dB; 1 more',
	});
	expect(microphone.stopped).toBe(true);
});

test('nothing but zeros is a microphone that is muted or not permitted', async () => {
	const finding = await found(microphoneCheck(sound(0).fake, 'default'));
	expect(finding).toMatchObject({state: 'warn', facts: 'USB gives nothing but zeros'});
	expect(finding.remedy).toStartWith('Unmute it.');
});

test('none is a warning, as files need none', async () => {
	expect(await found(microphoneCheck(sound(1, []).fake, 'default'))).toMatchObject({
		state: 'warn',
		facts: 'there is none',
	});
});

test.each([
	['The microphone "USB" is in use by another program, or was unplugged.', /End the program/],
	['No input device is called "Pod"; there are: USB (1).', /config set realtime\.device/],
	['The microphone "USB" could not be opened: odd.', /realtime\.device/],
])('%s', async (message, remedy) => {
	const finding = await found(microphoneCheck(sound(new AudioError(message)).fake, 'Pod'));
	expect(finding).toMatchObject({state: 'error', facts: message.slice(0, -1)});
	expect(finding.remedy).toMatch(remedy);
});

test('PortAudio loads, is not in this build, or lacks a library', async () => {
	expect(await found(portAudioCheck(sound(1).fake))).toEqual({
		state: 'ok',
		facts: 'loads in a process of its own, over ALSA',
	});
	const unbuilt = sound(
		1,
		new AudioError('This build cannot use a microphone: install a C++ compiler.'),
	).fake;
	expect(await found(portAudioCheck(unbuilt))).toMatchObject({state: 'warn'});
	const broken = sound(
		1,
		new AudioError('The audio library could not be loaded: libasound.so.2. On Debian and so on.'),
	).fake;
	expect(await found(portAudioCheck(broken))).toMatchObject({
		state: 'error',
		facts: 'The audio library could not be loaded: libasound.so.2',
	});
	expect((await found(microphoneCheck(broken, 'default'))).state).toBe('skipped');
});
