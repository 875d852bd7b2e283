/** How long a frame takes, from the change of what is shown until its bytes are written. */
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {compileOptions} from '../compile-options.ts';
import {attempt, NotMeasured, percentile, printTable} from './figures.ts';
import {SCENES} from './tui-scenes.ts';

/** With what half of all frames must not take longer than. Milliseconds. */
const SIZES = [
	{size: '140x50', limit: 16},
	{size: '300x100', limit: 40},
] as const;

export interface FrameTimes {
	/** Of each frame. */
	readonly milliseconds: readonly number[];
	/** Of one frame, on average. */
	readonly bytes: number;
	/** Milliseconds of processor time, all threads together, of one frame on average. */
	readonly cpu: number;
}

/**
 * Draws frames of each scene in a process of its own, and prints how long they took.
 *
 * @param folder for what is compiled
 */
export async function measureFrames(folder: string): Promise<void> {
	const program = join(folder, 'frames');
	await compile(program);
	const results: Array<FrameTimes[] | NotMeasured> = [];
	for (const index of SCENES.keys()) results.push(await attempt(() => framesOf(program, index)));

	for (const [at, {size, limit}] of SIZES.entries()) {
		console.log(
			`\nWork of a frame at ${size}, from the change to its last byte; at most ${limit} ms (p50)\n`,
		);
		printTable(
			['', 'p50', 'p95', 'limit', 'processor', 'written'],
			SCENES.map(({name}, index) => frameRow(name, results[index]!, at, limit)),
		);
	}
	for (const [index, result] of results.entries())
		if (result instanceof NotMeasured)
			console.log(`\n${SCENES[index]!.name} could not be measured: ${result.why}`);
}

async function compile(program: string): Promise<void> {
	const source = fileURLToPath(new URL('./tui-frames-app.tsx', import.meta.url));
	const {success, logs} = await Bun.build(compileOptions(source, program));
	if (!success) throw new AggregateError(logs, 'The frames do not compile.');
}

/** @returns one for each size */
async function framesOf(program: string, scene: number): Promise<FrameTimes[]> {
	const child = Bun.spawn([program, String(scene), ...SIZES.map(({size}) => size)], {
		// Without a terminal no colours would be written.
		env: {PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', TZ: 'UTC', FORCE_COLOR: '2'},
		stdout: 'pipe',
		stderr: 'pipe',
	});
	const [code, told, said] = await Promise.all([
		child.exited,
		new Response(child.stdout).text(),
		new Response(child.stderr).text(),
	]);
	if (code !== 0) throw new Error(`exit code ${code}: ${said.trim().slice(-300)}`);
	return JSON.parse(told);
}

function frameRow(name: string, result: FrameTimes[] | NotMeasured, at: number, limit: number): string[] {
	if (result instanceof NotMeasured) return [name, 'not measured'];
	const {milliseconds, bytes, cpu} = result[at]!;
	const half = percentile(milliseconds, 50);
	const shown = (time: number) => `${time.toFixed(1)} ms`;
	return [
		name,
		shown(half),
		shown(percentile(milliseconds, 95)),
		half <= limit ? 'kept' : 'BROKEN',
		shown(cpu),
		`${(bytes / 1000).toFixed(1)} kB`,
	];
}
