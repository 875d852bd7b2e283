import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {listDevices, type Microphone, openMicrophone} from '../../src/audio/microphone.ts';
import {captureEntry, isAlive} from '../helpers/capture-command.ts';
import {type NullSink, noNullSink, shareOfPower, startNullSink} from '../helpers/null-sink.ts';

if (noNullSink) console.warn(`The microphone's tests are skipped: ${noNullSink}.`);

describe.skipIf(Boolean(noNullSink))(`a microphone${noNullSink ? ` (skipped: ${noNullSink})` : ''}`, () => {
	const folder = mkdtempSync(join(tmpdir(), 'microphone-'));
	const pidFile = join(folder, 'pid');
	const command = captureEntry(pidFile);
	const before = {...process.env};
	let sink: NullSink;

	beforeAll(async () => {
		sink = await startNullSink();
		Object.assign(process.env, sink.environment, {XDG_STATE_HOME: folder});
	});
	afterAll(async () => {
		for (const name of [...Object.keys(sink.environment), 'XDG_STATE_HOME']) delete process.env[name];
		Object.assign(process.env, before);
		await sink.stop();
		rmSync(folder, {recursive: true, force: true});
	});

	test('hears a tone of 440 Hz, loses no sample, and leaves no process', async () => {
		const silence = sink.play(440);
		const microphone = await openMicrophone({command});
		expect(microphone.format).toEqual({type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000});
		expect(microphone.device).toBe('default');
		expect(isAlive(pidFile)).toBe(true);

		const chunks = await record(microphone, 1_500);
		silence();

		expect(chunks.every((chunk) => chunk.length <= 3_200 && chunk.length % 2 === 0)).toBe(true);
		const bytes = Buffer.concat(chunks);
		expect(bytes.length / 2).toBe(microphone.capturedSamples());
		const lastSecond = bytes.subarray(-32_000);
		expect(shareOfPower(lastSecond, 16_000, 440)).toBeGreaterThan(0.95);
		expect(shareOfPower(lastSecond, 16_000, 450)).toBeLessThan(0.01);
		expect(isAlive(pidFile)).toBe(false);
	}, 20_000);

	test('goes on when Ctrl-C reaches its process, until the program stops it', async () => {
		const microphone = await openMicrophone({command});
		process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGINT');
		const before = microphone.capturedSamples();
		const chunks = await record(microphone, 500);
		expect(microphone.capturedSamples()).toBeGreaterThan(before);
		expect(Buffer.concat(chunks).length / 2).toBe(microphone.capturedSamples());
	}, 20_000);

	test('does not outlive a program that is killed', async () => {
		const program = spawn(process.execPath, [helper('record-forever.ts'), pidFile], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		await new Promise((resolve) => program.stdout.once('data', resolve));
		expect(isAlive(pidFile)).toBe(true);
		program.kill('SIGKILL');
		await waitUntil(() => !isAlive(pidFile));
	}, 20_000);

	test('that nobody knows is refused by name, with the names there are', async () => {
		const opening = openMicrophone({command, device: 'Røde \u001B[2J'});
		await expect(opening).rejects.toThrow(
			/^No input device is called "Røde \uFFFD\[2J"; there are: .*default/,
		);
	}, 20_000);

	test('is listed with the others', async () => {
		const devices = await listDevices(command);
		expect(devices.find(({name}) => name === 'default')).toMatchObject({isDefault: true, hostApi: 'ALSA'});
		expect(devices.every(({maxInputChannels}) => maxInputChannels > 0)).toBe(true);
	}, 20_000);

	test('that is not there is one sentence', async () => {
		process.env.PULSE_SERVER = 'unix:/nowhere';
		const opening = openMicrophone({command});
		await expect(opening).rejects.toThrow('No microphone was found.');
		process.env.PULSE_SERVER = sink.environment.PULSE_SERVER;
	}, 20_000);
});

async function record(microphone: Microphone, milliseconds: number): Promise<Uint8Array[]> {
	const stopped = Bun.sleep(milliseconds).then(() => microphone.stop());
	const chunks = await Array.fromAsync(microphone.chunks());
	await stopped;
	return chunks;
}

async function waitUntil(isSo: () => boolean): Promise<void> {
	while (!isSo()) await Bun.sleep(20);
}

function helper(name: string): string {
	return fileURLToPath(new URL(`../helpers/${name}`, import.meta.url));
}
