/** Whole sessions of the compiled app in a real pseudo-terminal, as a person would have them. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import {resolve} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {untilReady} from '../helpers/app-terminal.ts';
import {gateTo} from '../helpers/gate.ts';
import {type NullSink, noNullSink, startNullSink} from '../helpers/null-sink.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
mkdirSync(program.at('talks'));
for (const name of ['sample.wav', 'talks/one.wav', 'talks/two.wav']) {
	copyFileSync(SAMPLE, program.at(name));
	// Each its own recording: equal ones would share a job.
	if (name !== 'sample.wav') appendFileSync(program.at(name), name);
}
writeFileSync(program.at('notes.txt'), 'no audio');

function open(
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	size = {columns: 80, rows: 24},
) {
	return TestTerminal.start([program.path, ...args], {
		...size,
		cwd: program.folder,
		env: {...program.environment, LANG: 'C.UTF-8', ...env},
	});
}

describe('the app', () => {
	test('in the demo: pick, transcribe, read, stream, stop, quit', async () => {
		await using app = open(['--demo']);
		await app.waitFor('No recordings yet');
		expect(app.isAlternateScreen).toBe(true);
		expect(app.screen()).toContain('DEMO');

		app.press('a');
		await app.waitFor(/> \[ \] talks\//);
		expect(app.screen()).not.toContain('notes.txt');
		app.press('down', 'enter');
		await app.waitFor(/✓ sample\.wav .*done: not saved/);

		app.press('enter');
		await app.waitFor('S1  Good morning, everyone.');
		expect(app.screen()).toContain("Let's begin today's meeting.");
		expect(app.screen()).toContain('SIMULATED');
		expect(app.screen()).toContain('DEMO');

		app.press('2');
		await app.waitFor('Live captions');
		app.press('f');
		await app.waitFor('DEMO: recording to stream');
		app.type('sample.wav');
		app.press('enter');
		await app.waitFor('listening');
		const partials = new Set<string>();
		await app.waitFor((screen) => {
			const rows = screen.split('\n');
			const rule = rows.findLastIndex((row) => row.startsWith('──'));
			partials.add(rows[rule + 1]?.trim() ?? '');
			return screen.includes('S1  Good morning, everyone.');
		});
		partials.delete('');
		expect(partials.size).toBeGreaterThan(1);
		expect(app.screen()).toContain('DEMO');
		await app.waitFor("Let's begin today's meeting.", {timeout: 20_000});

		app.press('space');
		await app.waitFor('stopped');
		expect(app.screen()).toContain('Not saved: this is the demo');
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(app.isAlternateScreen).toBe(false);
		expect(app.leftovers()).toEqual([]);
		expect(existsSync(program.at('sample.txt'))).toBe(false);
	}, 60_000);

	test('tells each state of a recording, and saves beside it', async () => {
		await using emulator = await startEmulator({processingTime: () => 1500});
		await using gate = await gateTo(emulator.port);
		await using app = open([], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: `http://127.0.0.1:${gate.port}/v2`,
		});
		await untilReady(app);
		app.paste('talks');
		await app.waitFor(/↑ one\.wav .*uploading/);
		await app.waitFor(/↑ two\.wav .*uploading/);
		gate.open();
		await app.waitFor(/◐ one\.wav .*transcribing/);
		app.press('tab');
		await app.waitFor('Live captions');
		app.press('[');
		await app.waitFor(/✓ two\.wav .*done: two\.txt/);
		await app.waitFor('2 done');
		expect(readFileSync(program.at('talks/one.txt'), 'utf8')).toContain('[SIMULATED]');
		app.press('ctrl+c');
		expect(await app.exited).toBe(0);
	}, 30_000);

	test('asks before it quits while something runs, cancels, retries, and ends a session in good order', async () => {
		await using emulator = await startEmulator({processingTime: () => 60_000});
		await using app = open(['--output-dir', 'kept'], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: emulator.batchUrl,
			SPEECHMATICS_RT_URL: emulator.realtimeUrl,
		});
		await untilReady(app);
		app.paste(`${program.at('talks/one.wav')}\n${program.at('missing.wav')}`);
		await app.waitFor(/transcribing/);
		await app.waitFor('✗ missing.wav');
		app.press('j');
		await app.waitFor('1 failed, 1 running');
		app.press('x');
		await app.waitFor('cancelled');
		app.press('r');
		await app.waitFor(/transcribing/);

		app.press('2');
		app.paste('sample.wav');
		await app.waitFor('S1  Good morning');
		app.press('q');
		await app.waitFor('Still running: a recording and a live session');
		app.press('n');
		await app.waitGone('Still running');
		app.press('q', 'y');
		expect(await app.exited).toBe(0);
		const [text] = readdirSync(program.at('kept')).filter((name) => name.endsWith('.txt'));
		expect(readFileSync(program.at('kept', text!), 'utf8')).toContain('Good morning, everyone.');
	}, 30_000);

	test('scrolls back while captions go on, says what is new, and follows again', async () => {
		await using app = open(['--demo'], {}, {columns: 60, rows: 12});
		await app.waitFor('No recordings yet');
		app.press('2', 's');
		await app.waitFor('They like the captions', {timeout: 20_000});
		app.press('g');
		await app.waitFor('paused, 0 new');
		expect(app.screen()).toContain('0:00  S1  Good morning');
		await app.waitFor(/paused, [1-9] new/, {timeout: 20_000});
		app.press('G');
		await app.waitFor("that's our plan", {timeout: 20_000});
		expect(app.screen()).not.toContain('paused');
		app.press('space');
		await app.waitFor('stopped');
	}, 60_000);

	test('tells why a recording failed, in its row and below', async () => {
		await using app = open([], {SPEECHMATICS_API_KEY: 'k', SPEECHMATICS_BATCH_URL: 'http://127.0.0.1:9/v2'});
		await untilReady(app);
		app.paste('sample.wav');
		await app.waitFor(/↻ sample\.wav .*(again in \d s|trying again): Could/);
		await app.waitFor(/✗ sample\.wav/, {timeout: 20_000});
		await app.waitFor('Could not reach 127.0.0.1:9: nothing answers at that address');
		app.press('o');
		await app.waitFor('Not now: it has no transcript yet');
		app.press('enter');
		await app.waitFor(/Why +Could not reach 127\.0\.0\.1:9/);
		await app.waitFor(/What to do +r tries again/);
	}, 30_000);

	test('goes on after a kill with what was left, and pays nothing twice', async () => {
		await using emulator = await startEmulator({processingTime: () => 2000});
		mkdirSync(program.at('calls'));
		for (let call = 0; call < 12; call++) {
			const path = program.at(`calls/${call}.wav`);
			copyFileSync(SAMPLE, path);
			appendFileSync(path, path);
		}
		const service = {SPEECHMATICS_API_KEY: 'k', SPEECHMATICS_BATCH_URL: emulator.batchUrl};
		{
			await using app = open(['--concurrency', '4'], service);
			await untilReady(app);
			app.paste('calls');
			await app.waitFor(/◐ 0\.wav .*transcribing/);
			app.press('q');
			await app.waitFor('The next start goes on with them; nothing is paid twice.');
			app.kill('SIGKILL');
			await app.exited;
		}
		await using app = open(['--concurrency', '4'], service);
		await app.waitFor(/\d+ recordings left by earlier runs go on/);
		await app.waitFor((screen) => / \d+ done/.test(screen) && !/running|waiting/.test(screen), {
			timeout: 30_000,
		});
		expect(emulator.statistics().batch.jobs).toBe(12);
		app.press('enter');
		await app.waitFor('S1  Good morning, everyone.');
		app.press('i');
		await app.waitFor(/ job( that was there:)? [a-z0-9]{10}$/m);
		app.press('escape');
		await app.waitFor('Elapsed');
		app.press('q');
		expect(await app.exited).toBe(0);
	}, 60_000);

	test('shows its keys on ?, all of them', async () => {
		await using app = open(['--demo'], {}, {columns: 80, rows: 20});
		await app.waitFor('No recordings yet');
		app.press('?');
		await app.waitFor('Pick recordings and folders');
		app.press('G');
		await app.waitFor('Show these keys');
		app.press('escape');
		await app.waitFor('No recordings yet');
	});

	test('asks how to start where there is no key', async () => {
		await using app = open([]);
		await app.waitFor('How do you want to start?');
		app.press('down', 'down', 'enter');
		await app.waitFor('No recordings yet');
		expect(app.screen()).toContain('DEMO');
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	});

	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)('leaves the terminal as it was found on %s', async (signal, code) => {
		await using app = open(['--demo']);
		await app.waitFor('No recordings yet');
		app.kill(signal);
		expect(await app.exited).toBe(code);
		expect(app.leftovers()).toEqual([]);
	});

	test('leaves the terminal as it was found after a crash, with a sentence and no stack trace', async () => {
		const fixture = resolve(import.meta.dir, '../helpers/crash-fixture.tsx');
		await using app = TestTerminal.start([process.execPath, fixture], {
			env: {...program.environment, LANG: 'C.UTF-8', XDG_STATE_HOME: program.at('state')},
		});
		await app.waitFor('No recordings yet');
		app.press('s');
		expect(await app.exited).toBe(1);
		expect(app.leftovers()).toEqual([]);
		expect(app.screen()).toStartWith('The screen failed: the fault of this test. The details are in');
		expect(app.screen()).not.toMatch(/\n\s+at /);
		const [log] = readdirSync(program.at('state/speechdeck'));
		expect(readFileSync(program.at('state/speechdeck', log!), 'utf8')).toContain('crash-fixture');
	});

	test('relays its screen when the window changes, and says when it is too small', async () => {
		await using app = open(['--demo']);
		await app.waitFor('No recordings yet');
		app.resize(30, 8);
		await app.waitFor('Too small: 40x10 is needed');
		app.resize(120, 40);
		await app.waitFor((screen) => screen.split('\n')[1]?.length === 120);
	});

	test('shows nothing but ASCII where the locale is not UTF-8', async () => {
		await using app = open(['--demo'], {LANG: 'C'}, {columns: 60, rows: 20});
		await app.waitFor('No recordings yet');
		app.press('s');
		await app.waitFor(/\+ sample\.wav .*done: not saved/);
		expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
		app.press('?');
		await app.waitFor('Add the bundled sample');
		expect(app.screen()).toMatch(/^[\x20-\x7E\n]*$/);
	});

	test('needs a terminal', async () => {
		const {code, stderr} = await program.run(['--demo']);
		expect(code).toBe(2);
		expect(stderr).toBe('The app needs a terminal: for scripts there are the commands in --help.\n');
	});
});

if (noNullSink) console.warn(`The app's microphone test is skipped: ${noNullSink}.`);
describe.skipIf(Boolean(noNullSink))(
	`the app with a microphone${noNullSink ? ` (skipped: ${noNullSink})` : ''}`,
	() => {
		let sink: NullSink;
		let emulator: Emulator;
		beforeAll(async () => {
			sink = await startNullSink();
			emulator = await startEmulator();
		});
		afterAll(async () => {
			await emulator.close();
			await sink.stop();
		});

		test('shows the level, captions what is said, and saves at the stop', async () => {
			await using app = open(['--output-dir', 'spoken'], {
				...sink.environment,
				SPEECHMATICS_API_KEY: 'k',
				SPEECHMATICS_RT_URL: emulator.realtimeUrl,
				SPEECHMATICS_BATCH_URL: emulator.batchUrl,
				PAGER: 'cp -t .',
			});
			await app.waitFor('No recordings yet');
			app.press('2', 'd');
			await app.waitFor('Which microphone?');
			app.press('enter');
			await app.waitFor('Live captions');
			app.press('space');
			await app.waitFor('starting microphone…');
			await app.waitFor('level', {timeout: 20_000});
			const silence = sink.play(440);
			await app.waitFor(/level █+.* -\d+ dB/);
			await app.waitFor(/0:0\d {2}S1 {2}\w+/, {timeout: 20_000});
			expect(app.screen()).toMatch(/ REC +0:\d\d$/m);
			app.press('m');
			await app.waitFor(/level muted/);
			app.press('m');
			await app.waitFor(/level █+.* -\d+ dB/);
			silence();
			await app.waitFor(/level +silent/);
			app.press('space');
			await app.waitFor(/Saved spoken\/realtime-.* \(txt, srt, json\)/);
			expect(readdirSync(program.at('spoken'))).toHaveLength(3);

			app.press('e');
			await app.waitFor('Sending the recording');
			const deadline = Date.now() + 20_000;
			while (!existsSync(program.at('second-pass.txt')) && Date.now() < deadline) await Bun.sleep(50);
			expect(readFileSync(program.at('second-pass.txt'), 'utf8')).toStartWith('[SIMULATED]\n');
		}, 60_000);
	},
);
