import {afterEach, beforeEach, expect, test} from 'bun:test';
import {copyFileSync, existsSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {secondPassCommand} from '../../src/commands/second-pass.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import {transcriptOf} from '../../src/realtime/stored-sessions.ts';
import {ASKED, final, over, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {ndjson, SAMPLE} from '../helpers/program.ts';
import {word} from '../helpers/results.ts';
import {keptStreams} from '../helpers/run-command.ts';

const VARIABLES = [
	'SPEECHMATICS_API_KEY',
	'SPEECHMATICS_BATCH_URL',
	'XDG_CONFIG_HOME',
	'XDG_DATA_HOME',
	'XDG_STATE_HOME',
];
const before = VARIABLES.map((name) => process.env[name]);
let home: ReturnType<typeof temporaryFolder>;
let emulator: Awaited<ReturnType<typeof startEmulator>>;

beforeEach(async () => {
	home = temporaryFolder();
	emulator = await startEmulator({processingTime: () => 0});
	for (const name of VARIABLES) process.env[name] = home.path;
	process.env.SPEECHMATICS_API_KEY = 'k';
	process.env.SPEECHMATICS_BATCH_URL = emulator.batchUrl;
});
afterEach(async () => {
	await emulator.close();
	for (const [index, name] of VARIABLES.entries()) {
		const value = before[index];
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	home[Symbol.dispose]();
});

/** A session that was recorded, and heard one word wrong. */
async function session({isOver = true, isRecorded = true} = {}): Promise<string> {
	const kept = SessionFolder.create(ASKED, {show: () => {}, startedAt: new Date(2026, 0, 1, 9)});
	kept.emit(started());
	kept.emit(final(word('Good', 0.2), word('mourning', 0.6), word('everyone', 1)));
	if (isRecorded) copyFileSync(SAMPLE, join(kept.path, 'recording.wav'));
	if (isOver) {
		kept.emit(over());
		await kept.finish(await transcriptOf(kept));
	} else kept.close();
	return kept.path;
}

async function run(named: string, flags: Parameters<typeof secondPassCommand>[1] = {}) {
	const {streams, stdout, stderr} = keptStreams();
	const code = await secondPassCommand(named, flags, streams);
	return {code, stdout: stdout(), stderr: stderr()};
}

test('a session is sent once more, and its changes stand beside it', async () => {
	const path = await session();
	const {code, stdout, stderr} = await run('last');
	expect(code).toBe(0);
	expect(stdout).toContain('"mourning" -> "morning"');
	expect(stdout).toContain('Live word error rate');
	expect(stderr).toMatch(/Job \S+ \(request \S+\) is under way\./);
	for (const name of ['second-pass.txt', 'second-pass.json', 'second-pass.srt']) {
		expect(stderr).toContain(`Saved ${join(path, name)}`);
		if (process.platform !== 'win32') expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
	}

	const again = await run('2026', {json: true});
	expect(again.stderr).toContain('It was transcribed before, and nothing was paid for again.');
	expect(ndjson(again.stdout)).toMatchObject([{substitutions: 1}]);
	expect(existsSync(join(path, 'second-pass-2.txt'))).toBe(false);
});

test('a recording is compared with the transcript beside it, or the one that is named', async () => {
	const recording = join(home.path, 'talk.wav');
	copyFileSync(SAMPLE, recording);
	await expect(run(recording)).rejects.toThrow(
		`There is no live transcript beside ${recording}: name one with --live`,
	);
	const live = join(home.path, 'other.json');
	writeFileSync(live, JSON.stringify({format: '2.9', metadata: {}, results: [word('Good', 0)]}));
	const {code, stdout} = await run(recording, {live, outputDir: join(home.path, 'out')});
	expect(code).toBe(0);
	expect(stdout).toContain('of ');
	expect(existsSync(join(home.path, 'out', 'second-pass.srt'))).toBe(true);
	writeFileSync(live, '{}');
	await expect(run(recording, {live})).rejects.toThrow('is no transcript in json');
});

test('what cannot be sent is said in one sentence', async () => {
	await expect(run('none')).rejects.toThrow('There is no session "none"');
	await expect(run('none.wav')).rejects.toThrow('There is no recording none.wav');
	await session({isRecorded: false});
	await expect(run('last')).rejects.toThrow('was not recorded');
});

test('a session that broke off is recovered first', async () => {
	await session({isOver: false});
	await expect(run('last')).rejects.toThrow('broke off: complete it with "speechdeck sessions recover');
});

test('what the demo makes is not put beside a recording', async () => {
	const path = await session();
	const {code, stdout, stderr} = await run('last', {demo: true});
	expect(code).toBe(0);
	expect(stdout).toStartWith('[SIMULATED]');
	expect(stderr).not.toContain('Saved');
	expect(existsSync(join(path, 'second-pass.txt'))).toBe(false);
});
