/**
 * Hundreds of short recordings through the compiled program and through the vendor's SDK, with as many jobs at once.
 *
 * `bun run bench batch [ROUNDS [CONCURRENCY,…]]`
 */
import {copyFileSync, mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {executable} from '../build.ts';
import {say} from '../say.ts';
import {startBatchEmulator} from './batch-emulator.ts';
import {makeRecordings} from './batch-recordings.ts';
import {attempt, median, NotMeasured, printTable} from './figures.ts';
import {type Measured, runMeasured} from './measured-process.ts';

const RECORDINGS = 500;
/** Seconds that a job takes. */
const PROCESSING = 0.5;
/** At once, of the jobs at once; the SDK knows no such difference. */
const UPLOADS = 4;
const SDK = fileURLToPath(new URL('./batch-vendor.ts', import.meta.url));

const rounds = Number(process.argv[3] ?? 3);
const concurrencies = (process.argv[4] ?? '20,100').split(',').map(Number);

const place = mkdtempSync(join(tmpdir(), 'speechdeck-bench-'));
// A build in the meantime changes nothing.
const program = join(place, 'speechdeck');
const recordings = join(place, 'recordings');
const names = makeRecordings(recordings, RECORDINGS).map((name) => join(recordings, name));

interface Round {
	readonly url: string;
	readonly out: string;
	readonly concurrency: number;
}

interface Run {
	/** What the table calls it; without a name it only prepares the next one. */
	readonly name?: string;
	readonly command: (round: Round) => readonly string[];
	/** Files that are there afterwards. */
	readonly files: number;
}

const ours =
	(...named: readonly string[]) =>
	({out, concurrency}: Round) => [
		...[program, 'batch', ...named, '--format', 'txt', '--output-dir', out],
		...['--concurrency', String(concurrency), '--uploads', String(UPLOADS)],
	];
const vendor =
	(...more: readonly string[]) =>
	({url, out, concurrency}: Round) => [
		process.execPath,
		SDK,
		recordings,
		out,
		url,
		String(concurrency),
		...more,
	];

/** The runs of each share an emulator, a home and the folder of the transcripts. */
const SCENES: ReadonlyArray<readonly Run[]> = [
	[
		{name: 'speechdeck batch', command: ours(recordings), files: RECORDINGS},
		{name: '  again, all of it done', command: ours(recordings), files: RECORDINGS},
	],
	[
		{command: ours(...names.slice(0, RECORDINGS / 2)), files: RECORDINGS / 2},
		{name: '  again, half of it done', command: ours(recordings), files: RECORDINGS},
	],
	[{name: "the vendor's SDK", command: vendor(), files: RECORDINGS}],
	[{name: '  asked every 0.5 s by hand', command: vendor(String(PROCESSING)), files: RECORDINGS}],
];

interface Figures extends Measured {
	/** For each recording. */
	readonly requests: number;
}

/** @throws Error where a program failed, or left a recording undone */
async function take(scene: readonly Run[], concurrency: number): Promise<Map<string, Figures>> {
	const emulator = await startBatchEmulator(program, PROCESSING);
	const out = mkdtempSync(join(place, 'out-'));
	const home = mkdtempSync(join(place, 'home-'));
	const taken = new Map<string, Figures>();
	try {
		for (const {name, command, files} of scene) {
			const before = await emulator.requests();
			const measured = await runMeasured(command({url: emulator.url, out, concurrency}), {
				PATH: process.env.PATH ?? '',
				HOME: home,
				SPEECHMATICS_API_KEY: 'k',
				SPEECHMATICS_BATCH_URL: emulator.url,
			});
			const there = readdirSync(out).filter((file) => statSync(join(out, file)).size > 0).length;
			if (there !== files) throw new Error(`${there} transcripts are there instead of ${files}`);
			const requests = ((await emulator.requests()) - before) / RECORDINGS;
			if (name !== undefined) taken.set(name, {...measured, requests});
		}
		return taken;
	} finally {
		await emulator.stop();
		for (const folder of [out, home]) rmSync(folder, {recursive: true, force: true});
	}
}

function report(concurrency: number, figures: ReadonlyMap<string, readonly Figures[]>): void {
	const of = (name: string, what: keyof Figures) =>
		median((figures.get(name) ?? []).map((each) => each[what]));
	const first = SCENES[0]?.[0]?.name ?? '';
	const floor = (RECORDINGS / concurrency) * PROCESSING;
	console.log(`\n${concurrency} at once; the service alone needs ${floor} s`);
	printTable(
		[
			`${RECORDINGS} recordings of 1 s, ${rounds} rounds`,
			'seconds',
			'ratio',
			'requests each',
			'peak memory',
			'ratio',
		],
		[...figures.keys()].map((name) => [
			name,
			`${of(name, 'seconds').toFixed(2)} s`,
			`${(of(name, 'seconds') / of(first, 'seconds')).toFixed(2)}×`,
			of(name, 'requests').toFixed(2),
			`${of(name, 'memory').toFixed(0)} MB`,
			`${(of(name, 'memory') / of(first, 'memory')).toFixed(2)}×`,
		]),
	);
}

try {
	copyFileSync(executable, program);
	for (const concurrency of concurrencies) {
		const figures = new Map<string, Figures[]>();
		for (let round = 1; round <= rounds; round++) {
			for (const scene of SCENES) {
				const taken = await attempt(() => take(scene, concurrency));
				if (taken instanceof NotMeasured)
					say(`Not measured: ${scene.map(({name}) => name).join()}: ${taken.why}`);
				else for (const [name, each] of taken) figures.set(name, [...(figures.get(name) ?? []), each]);
			}
		}
		report(concurrency, figures);
	}
} finally {
	rmSync(place, {recursive: true, force: true});
}
process.exit(0);
