/** Two sources of a real sound server at once, and what its default device is. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openChannels} from '../../src/audio/channels.ts';
import {openMicrophone} from '../../src/audio/microphone.ts';
import {openMonitor} from '../../src/audio/monitor.ts';
import {type MicrophoneStatus, openWatchedMicrophone} from '../../src/audio/watched-microphone.ts';
import {captureEntry, isAlive} from '../helpers/capture-command.ts';
import {exactSink, type NullSink, noNullSink, shareOfPower, startNullSink} from '../helpers/null-sink.ts';

if (noNullSink) console.warn(`The tests of two sources are skipped: ${noNullSink}.`);

describe.skipIf(Boolean(noNullSink))(`two sources${noNullSink ? ` (skipped: ${noNullSink})` : ''}`, () => {
	const folder = mkdtempSync(join(tmpdir(), 'monitor-'));
	const before = {...process.env};
	const pidFile = join(folder, 'pid');
	const command = captureEntry(pidFile);
	let sink: NullSink;

	beforeAll(async () => {
		sink = await startNullSink([exactSink('mic_sim'), exactSink('speakers')]);
		Object.assign(process.env, sink.environment, {XDG_STATE_HOME: folder});
		await sink.pactl('set-default-source', 'mic_sim.monitor');
		await sink.pactl('set-default-sink', 'speakers');
	});
	afterAll(async () => {
		for (const name of [...Object.keys(sink.environment), 'XDG_STATE_HOME']) delete process.env[name];
		Object.assign(process.env, before);
		await sink.stop();
		rmSync(folder, {recursive: true, force: true});
	});

	test('are the microphone and what the computer plays, each on its channel', async () => {
		const silences = [sink.playExact(440, 'mic_sim'), sink.playExact(700, 'speakers')];
		const channels = await openChannels([
			{label: 'Me', open: () => openWatchedMicrophone({command})},
			{label: 'Them', open: () => openMonitor({command})},
		]);
		const heard: Record<string, Uint8Array[]> = {Me: [], Them: []};
		const stopped = Bun.sleep(1_500).then(() => channels.stop());
		for await (const {channel, bytes} of channels.channels()) heard[channel]!.push(bytes);
		await stopped;
		for (const silence of silences) silence();

		const [me, them] = [Buffer.concat(heard.Me!), Buffer.concat(heard.Them!)];
		expect(me.length).toBe(them.length);
		expect(shareOfPower(me.subarray(-12_000, -4_000), 16_000, 440)).toBeGreaterThan(0.95);
		expect(shareOfPower(them.subarray(-12_000, -4_000), 16_000, 700)).toBeGreaterThan(0.95);
	}, 30_000);

	test('when the default device changes, the sound server leads the open microphone to it', async () => {
		const silences = [sink.playExact(440, 'mic_sim'), sink.playExact(700, 'speakers')];
		const microphone = await openWatchedMicrophone({command});
		const process = await Bun.file(pidFile).text();
		const chunks: Uint8Array[] = [];
		const reading = (async () => {
			for await (const chunk of microphone.chunks()) chunks.push(chunk);
		})();
		await sink.pactl('set-default-source', 'speakers.monitor');
		await Bun.sleep(3_000);
		await microphone.stop();
		await reading;
		for (const silence of silences) silence();
		await sink.pactl('set-default-source', 'mic_sim.monitor');
		expect(shareOfPower(Buffer.concat(chunks).subarray(-16_000), 16_000, 700)).toBeGreaterThan(0.9);
		expect(await Bun.file(pidFile).text()).toBe(process);
	}, 30_000);

	test('when the default output changes, what is played there is heard', async () => {
		const silences = [sink.playExact(440, 'mic_sim'), sink.playExact(700, 'speakers')];
		const statuses: MicrophoneStatus[] = [];
		const back = Promise.withResolvers<void>();
		const monitor = await openMonitor({
			command,
			onStatus(status) {
				statuses.push(status);
				if (status.type === 'back') back.resolve();
			},
		});
		const chunks: Uint8Array[] = [];
		const reading = (async () => {
			for await (const chunk of monitor.chunks()) chunks.push(chunk);
		})();
		await Bun.sleep(500);
		const first = Buffer.concat(chunks);
		await sink.pactl('set-default-sink', 'mic_sim');
		await back.promise;
		await Bun.sleep(1_000);
		await monitor.stop();
		await reading;
		for (const silence of silences) silence();
		await sink.pactl('set-default-sink', 'speakers');
		expect(statuses[1]).toEqual({type: 'lost', reason: 'The default output has changed.'});
		expect(shareOfPower(first.subarray(-6_400), 16_000, 700)).toBeGreaterThan(0.9);
		// The sound server takes what was played on the old one along: both are heard now, as loud as each other.
		const last = Buffer.concat(chunks).subarray(-9_600);
		expect(shareOfPower(last, 16_000, 440)).toBeCloseTo(0.5, 1);
		expect(shareOfPower(last, 16_000, 700)).toBeCloseTo(0.5, 1);
	}, 30_000);

	test('opening one can be given up at once', async () => {
		const start = performance.now();
		const opening = openMicrophone({command, signal: AbortSignal.timeout(200)});
		await expect(opening).rejects.toMatchObject({name: 'TimeoutError'});
		expect(performance.now() - start).toBeLessThan(1_000);
		while (isAlive(pidFile)) await Bun.sleep(20);
	}, 20_000);

	test('a microphone whose process is killed is opened again', async () => {
		const silence = sink.playExact(440, 'mic_sim');
		const statuses: MicrophoneStatus[] = [];
		const back = Promise.withResolvers<void>();
		const microphone = await openWatchedMicrophone({
			command,
			onStatus(status) {
				statuses.push(status);
				if (status.type === 'back') back.resolve();
			},
		});
		const reading = Array.fromAsync(microphone.chunks());
		process.kill(Number(await Bun.file(pidFile).text()), 'SIGKILL');
		await back.promise;
		await microphone.stop();
		silence();
		const samples = (await reading).reduce((sum, {length}) => sum + length / 2, 0);
		expect(microphone.capturedSamples()).toBe(samples);
		expect(statuses[1]).toMatchObject({type: 'lost', reason: expect.stringContaining('SIGKILL')});
		expect(statuses[2]).toMatchObject({type: 'back', device: 'default'});
		expect(isAlive(pidFile)).toBe(false);
	}, 30_000);
});
