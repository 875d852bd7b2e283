import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'bun:test';
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {ndjson, Program, readRest, readUntil, SAMPLE} from '../helpers/program.ts';

let emulator: Emulator;
let program: Program;

beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 300});
});
afterAll(() => emulator.close());
beforeEach(() => {
	program = new Program({
		SPEECHMATICS_API_KEY: crypto.randomUUID(),
		SPEECHMATICS_BATCH_URL: emulator.batchUrl,
	});
});
afterEach(() => program.remove());

/** Recordings that differ from those of every other test. */
function recordings(count: number, folder = 'recordings'): string {
	mkdirSync(program.at(folder), {recursive: true});
	for (let index = 1; index <= count; index++) recording(program.at(folder, `${index}.wav`));
	return folder;
}

function recording(path: string): void {
	copyFileSync(SAMPLE, path);
	appendFileSync(path, crypto.randomUUID());
}

async function jobsSince(before: ReadonlySet<string>): Promise<string[]> {
	return (await allJobs()).filter(({id}) => !before.has(id)).map(({data_name}) => data_name ?? '');
}

async function allJobs() {
	return Array.fromAsync(new BatchClient({url: emulator.batchUrl, apiKey: 'any'}).listAllJobs());
}

const idsOfAllJobs = async () => new Set((await allJobs()).map(({id}) => id));

describe('a run that is killed', () => {
	test('goes on with --resume: every recording once', async () => {
		const before = await idsOfAllJobs();
		const child = program.start([
			'batch',
			recordings(12),
			'--output-dir',
			'out',
			'--json',
			'--concurrency',
			'4',
		]);
		await readUntil(child.stdout, '"type":"done"');
		child.kill('SIGKILL');
		await child.exited;
		const left = 12 - readdirSync(program.at('out')).filter((name) => !name.startsWith('.')).length;
		expect(left).toBeGreaterThan(0);

		const {code, stderr} = await program.run(['batch', '--resume']);
		expect(code).toBe(0);
		expect(stderr).toContain(' done');
		const texts = readdirSync(program.at('out')).filter((name) => name.endsWith('.txt'));
		expect(texts.sort()).toEqual(Array.from({length: 12}, (_, index) => `${index + 1}.txt`).sort());
		const names = await jobsSince(before);
		expect(names).toHaveLength(12);
		expect(new Set(names).size).toBe(12);

		const nothing = await program.run(['batch', '--resume']);
		expect(nothing).toMatchObject({code: 0, stderr: expect.stringContaining('Nothing is left undone.')});
	}, 30_000);

	test('keeps its ledger from other users of the machine', async () => {
		await program.run(['batch', recordings(1)]);
		const ledger = program.at('.home/.local/state/speechdeck/ledger.sqlite');
		expect((await Bun.file(ledger).stat()).mode & 0o077).toBe(0);
		const transcripts = program.at('.home/.local/share/speechdeck/transcripts');
		for (const name of readdirSync(transcripts)) {
			expect((await Bun.file(`${transcripts}/${name}`).stat()).mode & 0o077).toBe(0);
		}
	});
});

test('Ctrl-C sends nothing more, says how to go on, and nothing is paid twice', async () => {
	const before = await idsOfAllJobs();
	const child = program.start(['batch', recordings(8), '--output-dir', 'out', '--concurrency', '2']);
	await readUntil(child.stderr, 'transcribing (job');
	child.kill('SIGINT');
	const stderr = await readRest(child.stderr);
	expect(await child.exited).toBe(130);
	expect(stderr).toContain('speechdeck batch --resume');
	expect((await jobsSince(before)).length).toBeLessThan(8);
	expect((await program.run(['batch', '--resume'])).code).toBe(0);
	expect(readdirSync(program.at('out'))).toHaveLength(8);
	expect(await jobsSince(before)).toHaveLength(8);
}, 30_000);

test('what is done is not sent again; what is missing is written without a job; what was changed stays', async () => {
	const folder = recordings(3);
	await program.run(['batch', folder]);
	const before = await idsOfAllJobs();
	rmSync(program.at(folder, '1.txt'));
	writeFileSync(program.at(folder, '2.txt'), 'my own words');
	const {code, stderr} = await program.run(['batch', folder]);
	expect(code).toBe(0);
	expect(stderr).toContain('3 done (3 without a new job), 0 failed.');
	expect(await jobsSince(before)).toEqual([]);
	expect(readFileSync(program.at(folder, '1.txt'), 'utf8')).toContain('Good morning, everyone.');
	expect(readFileSync(program.at(folder, '2.txt'), 'utf8')).toBe('my own words');

	const captions = await program.run(['batch', folder, '--format', 'srt', '--caption-preset', 'bbc']);
	expect(captions.stdout.trim().split('\n')).toHaveLength(3);
	expect(await jobsSince(before)).toEqual([]);
	await program.run(['batch', `${folder}/1.wav`, '--force']);
	expect(await jobsSince(before)).toEqual(['1.wav']);
}, 30_000);

test('what was submitted and left is collected later, here and on another machine', async () => {
	const {code, stderr} = await program.run(['batch', recordings(2), '--no-wait', '--output-dir', 'out']);
	expect(code).toBe(0);
	expect(stderr).toContain('2 submitted');
	expect(existsSync(program.at('out'))).toBe(false);
	const here = await program.run(['jobs', 'sync', '--wait']);
	expect(here.code).toBe(0);
	expect(readdirSync(program.at('out')).sort()).toEqual(['1.txt', '2.txt']);

	const elsewhere = {HOME: program.at('elsewhere')};
	mkdirSync(elsewhere.HOME);
	const there = await program.run(['jobs', 'sync', '--output-dir', 'there'], elsewhere);
	expect(there.code).toBe(0);
	expect(readdirSync(program.at('there'))).toEqual(expect.arrayContaining(['1.txt', '2.txt']));
	expect((await program.run(['jobs', 'sync', '--output-dir', 'there'], elsewhere)).stdout).toBe('');
}, 30_000);

test('addresses go to the service, which fetches them; their signatures are shown nowhere', async () => {
	const fetched: string[] = [];
	using storage = Bun.serve({
		port: 0,
		fetch(request) {
			fetched.push(new URL(request.url).search);
			return new Response(Bun.file(SAMPLE));
		},
	});
	const address = (signature: string) =>
		`http://127.0.0.1:${storage.port}/hearing%201.wav?signature=${signature}`;
	const run = (signature: string) =>
		program.run(['batch', '-', '--json', '--output-dir', 'out'], {
			input: new TextEncoder().encode(`# hearings\n${address(signature)}\n`),
		});
	const {code, stdout, stderr} = await run('secret-1');
	expect(code).toBe(0);
	expect(fetched).toEqual(['?signature=secret-1']);
	expect(stdout + stderr).not.toContain('secret-1');
	expect(readdirSync(program.at('out'))).toEqual(['hearing 1.txt']);
	// Signed anew it is the same recording.
	const again = ndjson((await run('secret-2')).stdout);
	expect(again.at(-1)).toMatchObject({done: 1, fromBefore: 1});
	expect(fetched).toHaveLength(1);
}, 30_000);

test('the parts of a list, one a machine, make the whole list', async () => {
	const folder = recordings(6);
	const before = await idsOfAllJobs();
	for (const part of ['1/3', '2/3', '3/3']) {
		const home = program.at(`machine-${part[0]}`);
		mkdirSync(home);
		expect((await program.run(['batch', folder, '--shard', part], {HOME: home})).code).toBe(0);
	}
	expect((await jobsSince(before)).sort()).toEqual(Array.from({length: 6}, (_, index) => `${index + 1}.wav`));
}, 30_000);

test('a watched folder: what comes is transcribed once it has stopped growing', async () => {
	mkdirSync(program.at('inbox'));
	recording(program.at('inbox/there.wav'));
	const child = program.start(['batch', '--watch', 'inbox', '--json']);
	await readUntil(child.stdout, '"type":"done"');
	const sample = readFileSync(SAMPLE);
	writeFileSync(program.at('inbox/growing.wav'), sample.subarray(0, 100_000));
	const growing = setInterval(
		() => appendFileSync(program.at('inbox/growing.wav'), sample.subarray(0, 1000)),
		200,
	);
	setTimeout(() => clearInterval(growing), 1500);
	const events = ndjson(
		`{}${(await readUntil(child.stdout, '"type":"done"')).slice(-2000).replace(/^[^\n]*/, '')}`,
	);
	expect(events).toContainEqual(expect.objectContaining({type: 'done', file: 'inbox/growing.wav'}));
	child.kill('SIGINT');
	expect(await child.exited).toBe(0);
	expect(existsSync(program.at('inbox/growing.txt'))).toBe(true);
}, 30_000);
