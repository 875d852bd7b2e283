import {expect, test} from 'bun:test';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readRecording} from '../../src/audio/recording-parts.ts';
import {readJournal} from '../../src/realtime/journal-reader.ts';
import {journalIn} from '../../src/realtime/session-folder.ts';
import {crashedSessions, readSession, transcriptOf} from '../../src/realtime/stored-sessions.ts';
import {CODED_RATE, codedService} from '../helpers/coded-service.ts';

const FIXTURE = join(import.meta.dir, '../helpers/session-until-killed.ts');
const KILLS = 50;
/** Points a whole session passes, and a recovery. */
const POINTS = {run: 900, recover: 60};
/** Samples of a number that make a word of it, for the service too. */
const ENOUGH = 0.1 * CODED_RATE;

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

/** The numbers that a recording says, each with how many samples. */
async function recordedNumbers(folder: string): Promise<{samples: Int16Array; spoken: string[]}> {
	const chunks = await Array.fromAsync(readRecording(folder));
	const samples = new Int16Array(new Uint8Array(Buffer.concat(chunks)).buffer);
	const spoken: string[] = [];
	for (let start = 0, at = 0; at <= samples.length; at++) {
		if (at < samples.length && samples[at] === samples[start]) continue;
		if (samples[start] !== 0 && at - start >= ENOUGH) spoken.push(`w${samples[start]}`);
		start = at;
	}
	return {samples, spoken};
}

test('a live session killed fifty times: nothing that was shown is lost, and each recorded word is there once', async () => {
	const root = mkdtempSync(join(tmpdir(), 'speechdeck-killed-'));
	await using service = await codedService();
	const built = await Bun.build({entrypoints: [FIXTURE], target: 'bun', outdir: join(root, 'program')});
	const program = built.outputs[0]!.path;
	const random = seeded(11);
	let kills = 0;
	const live = async (mode: 'run' | 'recover', sessions: string, mayDie: boolean) => {
		const points = mayDie ? 1 + Math.floor(random() * POINTS[mode]) : 0;
		const child = Bun.spawn([process.execPath, program, mode, service.url, sessions, String(points)], {
			stdout: 'pipe',
			stderr: 'inherit',
		});
		const shown = await new Response(child.stdout).text();
		await child.exited;
		const killed = child.signalCode === 'SIGKILL';
		if (killed) kills += 1;
		else expect(child.exitCode).toBe(0);
		return {killed, shown: shown.split('\n').filter((word) => word !== '')};
	};

	let recoveriesKilled = 0;
	let rounds = 0;
	for (; kills < KILLS; rounds++) {
		const sessions = join(root, `sessions-${rounds}`);
		mkdirSync(sessions);
		const {killed, shown} = await live('run', sessions, true);
		const [name] = readdirSync(sessions);
		const folder = join(sessions, name!);
		for (let isBroken = killed; isBroken; ) {
			const session = await readSession(folder);
			// Killed as its last act.
			if (session?.state === 'finished') break;
			// Killed before it had anything: there is nothing to recover, and that is known.
			if ((await crashedSessions(sessions)).length === 0) {
				expect(shown).toEqual([]);
				break;
			}
			expect(session?.state).toBe('crashed');
			const {samples} = await recordedNumbers(folder);
			const journaled: string[] = [];
			for await (const event of readJournal(journalIn(folder))) {
				if (event.type !== 'final') continue;
				for (const {start_time, end_time, alternatives} of event.results) {
					journaled.push(alternatives![0]!.content);
					const heard = samples[Math.round(((start_time + end_time) / 2) * CODED_RATE)];
					expect(alternatives![0]!.content).toBe(`w${heard}`);
				}
			}
			// All that was seen was written before; one more may have been written and not be seen any more.
			expect(journaled.slice(0, shown.length)).toEqual(shown);
			const recovery = await live('recover', sessions, kills < KILLS && random() < 0.5);
			shown.splice(0, shown.length, ...journaled, ...recovery.shown);
			isBroken = recovery.killed;
			if (isBroken) recoveriesKilled += 1;
		}
		if (!existsSync(folder)) continue;
		const session = (await readSession(folder))!;
		expect(session.state).toBe('finished');
		const transcript = await transcriptOf(session);
		const words = transcript!.results.map(({alternatives}) => alternatives![0]!.content);
		expect(words).toEqual((await recordedNumbers(folder)).spoken);
		expect(readFileSync(join(folder, 'transcript.txt'), 'utf8').trim().split(/\s+/)).toEqual(words);
		// A process that is gone holds nothing, whatever it left.
		expect(
			readdirSync(folder)
				.filter((each) => each !== 'lock')
				.sort(),
		).toEqual([
			'journal.ndjson',
			'recording.wav',
			'session.json',
			'transcript.json',
			'transcript.srt',
			'transcript.txt',
		]);
	}
	expect(kills).toBe(KILLS);
	expect(recoveriesKilled).toBeGreaterThan(5);
	rmSync(root, {recursive: true});
}, 120_000);
