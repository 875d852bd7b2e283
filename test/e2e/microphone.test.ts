/** The compiled executable captions a microphone: PulseAudio's null sink, with a tone played into it. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {readdirSync, readFileSync} from 'node:fs';
import {type NullSink, noNullSink, shareOfPower, startNullSink} from '../helpers/null-sink.ts';
import {ndjson, Program, readRest, readUntil} from '../helpers/program.ts';

if (noNullSink) console.warn(`The microphone's end-to-end test is skipped: ${noNullSink}.`);

describe.skipIf(Boolean(noNullSink))(
	`the program with a microphone${noNullSink ? ` (skipped: ${noNullSink})` : ''}`,
	() => {
		let sink: NullSink;
		let program: Program;
		beforeAll(async () => {
			sink = await startNullSink();
			program = new Program(sink.environment);
		});
		afterAll(async () => {
			program.remove();
			await sink.stop();
		});

		test('lists it', async () => {
			const {code, stdout} = await program.run(['devices', '--json']);
			expect(code).toBe(0);
			expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({name: 'default', isDefault: true}));
		});

		test('captions it until Ctrl-C, and what arrives is what was captured', async () => {
			const emulator = program.start(['emulator', '--save-audio', 'arrived']);
			const {realtimeUrl} = JSON.parse(await readUntil(emulator.stdout, '\n'));
			const silence = sink.play(440);
			const child = program.start(['realtime', '--source', 'mic', '--json'], {
				SPEECHMATICS_API_KEY: 'k',
				SPEECHMATICS_RT_URL: realtimeUrl,
			});
			let stdout = await readUntil(child.stdout, '"final"');
			child.kill('SIGINT');
			stdout += await readRest(child.stdout);
			silence();
			expect(await child.exited).toBe(0);
			emulator.kill('SIGTERM');
			const statistics = JSON.parse((await readRest(emulator.stdout)).trim());

			const events = ndjson(stdout);
			const types = events.map(({type}) => type);
			expect(types.indexOf('partial')).toBeGreaterThan(-1);
			expect(types.indexOf('partial')).toBeLessThan(types.indexOf('final'));
			const ended = events.find(({type}) => type === 'ended');
			expect(ended).toMatchObject({reason: 'stopped'});
			expect(ended?.sentSamples).toBe(ended?.capturedSamples);
			expect(statistics.realtime.samplesReceived).toBe(ended?.capturedSamples);

			const [file] = readdirSync(program.at('arrived'));
			const arrived = readFileSync(program.at('arrived', file!));
			expect(arrived.length / 2).toBe(ended?.capturedSamples as number);
			const second = arrived.subarray(-48_000, -16_000);
			expect(shareOfPower(second, 16_000, 440)).toBeGreaterThan(0.95);

			const chatter = await readRest(child.stderr);
			expect(chatter).toMatch(
				/starting microphone…\nRecording to .*\.wav\nConnected! Start speaking \(Ctrl-C to stop\)\n/,
			);
			expect(chatter).not.toMatch(/ALSA|PortAudio|JACK/);
		}, 30_000);

		test('names a device that is not there', async () => {
			const {code, stderr} = await program.run(['realtime', '--demo', '--device', 'Nirvana']);
			expect(code).toBe(1);
			expect(stderr).toContain('No input device is called "Nirvana"');
		});
	},
);
