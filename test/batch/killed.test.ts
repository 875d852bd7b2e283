import {expect, test} from 'bun:test';
import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {renderTranscript} from '../../src/captions/render.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {Transcript} from '../../src/speechmatics/jobs.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const FIXTURE = join(import.meta.dir, '../helpers/batch-until-killed.ts');
const RECORDINGS = 40;
const KILLS = 100;

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

test('a batch killed a hundred times loses no recording and sends none twice', async () => {
	const root = mkdtempSync(join(tmpdir(), 'speechdeck-killed-'));
	await using emulator = await startEmulator({processingTime: () => 20});
	// Bundled once: a hundred processes would each translate the sources again.
	const built = await Bun.build({entrypoints: [FIXTURE], target: 'bun', outdir: join(root, 'program')});
	const program = built.outputs[0]!.path;
	const random = seeded(7);
	let kills = 0;
	let rounds = 0;
	const live = async (folder: string, state: string, points: number) => {
		const child = Bun.spawn([process.execPath, program, emulator.batchUrl, state, folder, String(points)], {
			stdout: 'ignore',
			stderr: 'inherit',
		});
		await child.exited;
		return child.signalCode === 'SIGKILL' ? 'killed' : child.exitCode;
	};

	// A round ends when its recordings are done, whoever was killed on the way.
	for (; kills < KILLS; rounds++) {
		const folder = join(root, `recordings-${rounds}`);
		const state = join(root, `state-${rounds}`);
		mkdirSync(folder);
		mkdirSync(state);
		for (let index = 0; index < RECORDINGS; index++) {
			const path = join(folder, `${rounds}-${index}.wav`);
			copyFileSync(SAMPLE, path);
			appendFileSync(path, path);
		}
		for (;;) {
			const end = await live(folder, state, kills < KILLS ? 1 + Math.floor(random() * 900) : 0);
			if (end !== 'killed') {
				expect(end).toBe(0);
				break;
			}
			kills += 1;
		}
		const outputs = join(state, 'out');
		// What a killed process was writing is hidden, and swept away by a later run.
		const written = readdirSync(outputs).filter((name) => !name.startsWith('.'));
		expect(written.filter((name) => name.endsWith('.txt'))).toHaveLength(RECORDINGS);
		expect(written).toHaveLength(2 * RECORDINGS);
		for (const name of written.filter((each) => each.endsWith('.json'))) {
			const transcript = Transcript.parse(JSON.parse(readFileSync(join(outputs, name), 'utf8')));
			expect(transcript.job?.data_name).toBe(name.replace('.json', '.wav'));
			const text = readFileSync(join(outputs, name.replace('.json', '.txt')), 'utf8');
			expect(text).toBe(renderTranscript(transcript, 'txt'));
		}
	}

	const names: string[] = [];
	const client = new BatchClient({url: emulator.batchUrl, apiKey: 'any'});
	for await (const job of client.listAllJobs()) names.push(job.data_name ?? '');
	expect(names).toHaveLength(rounds * RECORDINGS);
	expect(new Set(names).size).toBe(names.length);
	expect(kills).toBe(KILLS);
	rmSync(root, {recursive: true});
}, 120_000);
