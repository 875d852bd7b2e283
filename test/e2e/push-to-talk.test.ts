/** Who is heard, in the compiled app with a microphone: PulseAudio's null sink, with a tone played into it. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {readdirSync, readFileSync} from 'node:fs';
import {startEmulator} from '../../src/emulator/server.ts';
import {type NullSink, noNullSink, startNullSink} from '../helpers/null-sink.ts';
import {Program} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

if (noNullSink) console.warn(`The robot test of push to talk is skipped: ${noNullSink}.`);

/** What a terminal with the kitty keyboard protocol sends. Source: its documentation, "Report event types". */
const SUPPORTED = '\x1b[?0u';
const HELD = '\x1b[116;1:2u';
const LET_GO = '\x1b[116;1:3u';
const SHIFT_T_LET_GO = '\x1b[116;2:3u';

describe.skipIf(Boolean(noNullSink))(
	`the app with a microphone${noNullSink ? ` (skipped: ${noNullSink})` : ''}`,
	() => {
		let sink: NullSink;
		let program: Program;
		beforeAll(async () => {
			sink = await startNullSink();
			program = new Program({...sink.environment, SPEECHMATICS_API_KEY: 'k'});
		});
		afterAll(async () => {
			program.remove();
			await sink.stop();
		});

		async function open(url: string, data: string) {
			const app = TestTerminal.start([program.path], {
				columns: 100,
				rows: 24,
				cwd: program.folder,
				env: {
					...program.environment,
					LANG: 'C.UTF-8',
					SPEECHMATICS_RT_URL: url,
					XDG_DATA_HOME: program.at(data),
				},
			});
			await app.waitFor('No recordings yet');
			return app;
		}

		test('hears a held key where the terminal tells that it was let go', async () => {
			await using emulator = await startEmulator();
			await using app = await open(emulator.realtimeUrl, '.held');
			app.type(SUPPORTED);
			app.press('2');
			await app.waitFor('Live captions');
			app.press('T');
			app.type(SHIFT_T_LET_GO);
			const silence = sink.play(440);
			app.press('space');
			await app.waitFor(/Hold t to talk/, {timeout: 20_000});
			await app.waitFor(/● listening .* muted /);
			app.press('t');
			await app.waitFor(/You are heard .*/);
			await app.waitFor(/● listening .* -\d+ dB /);
			app.type(HELD);
			app.type(LET_GO);
			await app.waitFor(/Hold t to talk/);
			await app.waitFor(/● listening .* muted /);
			app.press('T');
			await app.waitFor(/● listening .* -\d+ dB /);
			silence();
			app.press('space');
			await app.waitFor(/stopped/, {timeout: 20_000});
			app.press('q');
			expect(await app.exited).toBe(0);
			expect(app.leftovers()).toEqual([]);
		}, 60_000);

		test('hears from one press to the next where it does not', async () => {
			await using emulator = await startEmulator();
			await using app = await open(emulator.realtimeUrl, '.pressed');
			app.press('2');
			await app.waitFor('Live captions');
			app.press('T', 'space');
			await app.waitFor(/● listening .* muted /, {timeout: 20_000});
			expect(app.screen()).toContain('Press t to talk');
			app.press('t');
			await app.waitFor(/You are heard until t/);
			await Bun.sleep(200);
			app.press('t');
			await app.waitFor(/Press t to talk/);
			app.press('space');
			await app.waitFor(/stopped/, {timeout: 20_000});
			app.press('q');
			expect(await app.exited).toBe(0);
		}, 60_000);

		test('neither sends nor records what is said in a pause', async () => {
			await using emulator = await startEmulator();
			await using app = await open(emulator.realtimeUrl, '.paused');
			const silence = sink.play(440);
			app.press('2');
			await app.waitFor('Live captions');
			app.press('space');
			await app.waitFor(/● listening .* -\d+ dB /, {timeout: 20_000});
			app.press('P');
			await app.waitFor(/● paused .* paused /);
			await app.waitFor('Nothing is sent or recorded');
			const sent = emulator.statistics().realtime.samplesReceived;
			await Bun.sleep(1500);
			expect(emulator.statistics().realtime.samplesReceived - sent).toBeLessThan(16_000);
			app.press('P');
			await app.waitFor(/● listening .* -\d+ dB /);
			await app.waitFor(/paused \d s/);
			silence();
			app.press('space');
			await app.waitFor(/Saved|Not saved|stopped/, {timeout: 20_000});
			app.press('q');
			expect(await app.exited).toBe(0);
			const journal = journalIn(program.at('.paused'));
			expect(journal.map(({type}) => type)).toContain('paused');
			const {capturedSamples = 0, sentSamples = 0} = journal.find(({type}) => type === 'ended')!;
			expect(capturedSamples - sentSamples).toBeGreaterThan(16_000);
		}, 60_000);
	},
);

interface Journaled {
	readonly type: string;
	readonly capturedSamples?: number;
	readonly sentSamples?: number;
}

function journalIn(folder: string): Journaled[] {
	const path = readdirSync(folder, {recursive: true, encoding: 'utf8'}).find((name) =>
		name.endsWith('.ndjson'),
	);
	const lines = readFileSync(`${folder}/${path}`, 'utf8').trim().split('\n');
	return lines.map((line) => JSON.parse(line));
}
