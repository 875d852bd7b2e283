/**
 * What the app costs, in a real pseudo-terminal: how soon there is something to see, what it writes and computes while
 * much goes on, how long a key waits then, and what a resized window takes; and without one, how long a frame takes. The
 * service is the emulator; but for the start it is outside the app, so that its work is not counted.
 */
import {appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {TestTerminal} from '../../test/helpers/terminal.ts';
import {executable} from '../build.ts';
import {compileOptions} from '../compile-options.ts';
import {say} from '../say.ts';
import {cpuSeconds} from './cpu.ts';
import {attempt, median, NotMeasured, printTable} from './figures.ts';
import {type Addresses, startService} from './service.ts';
import {measureFrames} from './tui-frames.ts';
import {measureResizing} from './tui-resize.ts';

const WINDOW = {columns: 140, rows: 50};
const STARTS = 15;
const JOBS = 50;
const KEYS = 40;
/** How long bytes and processor time are counted. Seconds. */
const SPAN = 10;

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-bench-'));
const recording = join(folder, 'talk.wav');

interface Cost {
	readonly bytes: number;
	readonly cpu: number | NotMeasured;
}

function open(command: readonly string[], env: Readonly<Record<string, string>> = {}): TestTerminal {
	return TestTerminal.start(command, {...WINDOW, cwd: folder, env: {HOME: folder, ...env}});
}

/** Milliseconds from the start of a program to the first character on the screen. */
async function firstContent(command: readonly string[]): Promise<number> {
	await using terminal = open(command);
	await terminal.waitFor(/\S/);
	return performance.now() - terminal.startedAt;
}

async function compileHello(): Promise<string> {
	const source = join(folder, 'hello.ts');
	const compiled = join(folder, 'hello');
	writeFileSync(source, `console.log('Hello, world');\n`);
	const {success, logs} = await Bun.build(compileOptions(source, compiled));
	if (!success) throw new AggregateError(logs, 'The hello world does not compile.');
	return compiled;
}

/** Both in turn, so that whatever else this machine does slows both. */
async function starts(): Promise<{hello: number[]; app: number[]}> {
	const hello = [await compileHello()];
	const app = [executable, '--demo'];
	const times = {hello: [] as number[], app: [] as number[]};
	// The first start of each reads the file from the disk, and the app unpacks what it carries.
	for (const command of [hello, app]) await firstContent(command);
	for (let run = 0; run < STARTS; run++) {
		times.hello.push(await firstContent(hello));
		times.app.push(await firstContent(app));
	}
	return times;
}

async function openApp(service: Addresses): Promise<TestTerminal> {
	const arguments_ = ['--concurrency', String(JOBS), '--output-dir', join(folder, 'out')];
	const app = open([executable, ...arguments_], {
		// One that goes on with nothing of the app before.
		HOME: mkdtempSync(join(folder, 'home-')),
		SPEECHMATICS_API_KEY: 'bench',
		SPEECHMATICS_BATCH_URL: service.batchUrl,
		SPEECHMATICS_RT_URL: service.realtimeUrl,
	});
	await app.waitFor((screen) => /\S/.test(screen) && app.modes.bracketedPasteMode);
	return app;
}

async function startJobs(app: TestTerminal): Promise<void> {
	const copies = join(folder, 'copies');
	mkdirSync(copies, {recursive: true});
	const paths = Array.from({length: JOBS}, (_, index) => join(copies, `talk-${index + 1}.wav`));
	for (const path of paths) {
		copyFileSync(recording, path);
		// Equal recordings would share a job.
		appendFileSync(path, path);
	}
	app.press('1');
	app.paste(paths.join('\n'));
	await app.waitFor(`${JOBS} running`, {timeout: 30_000});
	// Uploading is over when every row in sight says so.
	await app.waitFor((screen) => /transcribing/.test(screen) && !/uploading|waiting/.test(screen), {
		timeout: 30_000,
	});
}

async function startSession(app: TestTerminal): Promise<void> {
	app.press('2', 'f');
	await app.waitFor(/\? .*(stream|path|file)/i);
	app.type(recording);
	app.press('enter');
	await app.waitFor('listening');
}

async function cost(app: TestTerminal): Promise<Cost> {
	const bytes = app.bytesReceived;
	const before = await attempt(async () => cpuSeconds(app.pid));
	await Promise.race([Bun.sleep(SPAN * 1000), app.exited]);
	const after = await attempt(async () => cpuSeconds(app.pid));
	const cpu = before instanceof NotMeasured ? before : after instanceof NotMeasured ? after : after - before;
	return {bytes: app.bytesReceived - bytes, cpu};
}

/** Milliseconds from pressing the key of the other tab to seeing that tab. */
async function keyWaits(app: TestTerminal): Promise<number[]> {
	const inBatch = (screen: string) => screen.includes(`${JOBS} running`);
	const waits: number[] = [];
	for (let press = 0; press < KEYS; press++) {
		const toBatch = press % 2 === 0;
		const start = performance.now();
		app.press(toBatch ? '1' : '2');
		await app.waitFor((screen) => inBatch(screen) === toBatch);
		waits.push(performance.now() - start);
		// Not in step with the app's own rhythm.
		await Bun.sleep(40 + ((press * 37) % 60));
	}
	return waits;
}

async function inApp<T>(service: Addresses, measure: (app: TestTerminal) => Promise<T>): Promise<T> {
	await using app = await openApp(service);
	return await measure(app);
}

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

function timesRow(name: string, times: readonly number[], than?: number): string[] {
	const ratio = than === undefined ? '' : `${(median(times) / than).toFixed(1)}×`;
	return [name, ...[median(times), Math.min(...times), Math.max(...times)].map(milliseconds), ratio];
}

function costRow(name: string, result: Cost | NotMeasured): string[] {
	if (result instanceof NotMeasured) return [name, 'not measured'];
	const {bytes, cpu} = result;
	const written = [`${(bytes / 1000).toFixed(1)} kB`, `${(bytes / 1000 / SPAN).toFixed(1)} kB/s`];
	if (cpu instanceof NotMeasured) return [name, ...written, 'not measured'];
	return [name, ...written, `${cpu.toFixed(2)} s`, `${((cpu / SPAN) * 100).toFixed(0)} %`];
}

function explain(results: Readonly<Record<string, unknown>>): void {
	for (const [name, result] of Object.entries(results))
		if (result instanceof NotMeasured) console.log(`\n${name} could not be measured: ${result.why}`);
}

try {
	copyFileSync(fileURLToPath(new URL('../../src/emulator/sample.wav', import.meta.url)), recording);
	using service = await startService();

	say(`Starting each ${STARTS} times…`);
	const started = await attempt(starts);
	say('Counting: nothing going on…');
	const idle = await attempt(() => inApp(service, cost));
	say(`Counting: ${JOBS} jobs…`);
	const batch = await attempt(() =>
		inApp(service, async (app) => {
			await startJobs(app);
			return await cost(app);
		}),
	);
	say('Counting: live captions…');
	const realtime = await attempt(() =>
		inApp(service, async (app) => {
			await startSession(app);
			return await cost(app);
		}),
	);
	say('Pressing keys with both going on…');
	const keys = await attempt(() =>
		inApp(service, async (app) => {
			await startJobs(app);
			await startSession(app);
			return await keyWaits(app);
		}),
	);

	console.log(`\nStart to first content, ${WINDOW.columns}x${WINDOW.rows}, ${STARTS} starts each, in turn\n`);
	if (!(started instanceof NotMeasured)) {
		printTable(
			['', 'median', 'best', 'worst', 'ratio'],
			[
				timesRow('hello world, compiled alike', started.hello),
				timesRow('speechdeck --demo', started.app, median(started.hello)),
			],
		);
	}
	console.log(`\nOver ${SPAN} seconds\n`);
	printTable(
		['', 'written', 'a second', 'processor', 'of one core'],
		[
			costRow('nothing going on', idle),
			costRow(`batch, ${JOBS} jobs under way`, batch),
			costRow('realtime, captions of a recording', realtime),
		],
	);
	if (!(keys instanceof NotMeasured)) {
		console.log(`\nFrom a key to the other tab, ${JOBS} jobs and live captions going on, ${KEYS} presses\n`);
		printTable(['', 'median', 'best', 'worst'], [timesRow('1 and 2 in turn', keys)]);
	}
	explain({'The start': started, Idling: idle, Batch: batch, Realtime: realtime, Keys: keys});
	for (const [name, result] of Object.entries({Idling: idle, Batch: batch, Realtime: realtime}))
		if (!(result instanceof NotMeasured)) explain({[`Processor time (${name})`]: result.cpu});

	say('Resizing the window…');
	explain({Resizing: await attempt(() => measureResizing(folder))});
	say('Drawing frames…');
	explain({'The frames': await attempt(() => measureFrames(folder))});
} finally {
	rmSync(folder, {recursive: true, force: true});
}
process.exit(0);
