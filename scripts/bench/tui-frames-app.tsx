/**
 * Draws frames of one scene and tells how long each took. Compiled as the program is: the development build of React is
 * several times slower.
 *
 * Arguments: the number of the scene, and sizes such as `140x50`. Prints {@link FrameTimes} of each size as JSON.
 */
import {EventEmitter} from 'node:events';
import {openSync, writeSync} from 'node:fs';
import {devNull} from 'node:os';
import {PassThrough} from 'node:stream';
import {render} from 'ink';
import {createStore} from 'zustand/vanilla';
import {App} from '../../src/tui/app.tsx';
import type {BodySize} from '../../src/tui/screens/screen.ts';
import {Pointer} from '../../src/tui/terminal/pointer.ts';
import {type Look, lookOf} from '../../src/tui/theme/look.tsx';
import type {FrameTimes} from './tui-frames.ts';
import {SCENES} from './tui-scenes.ts';

/** Frames until the code has been compiled, and those that count. */
const WARM_UP = 60;
const MEASURED = 150;
/** Between two frames. Milliseconds. */
const PAUSE = 4;
/** More than can be drawn: a frame must not wait for its turn. */
const MAX_FPS = 1000;

/** A terminal of a size that takes all that is written at once. */
class SizedOutput extends EventEmitter {
	readonly isTTY = true;
	readonly columns: number;
	readonly rows: number;
	bytes = 0;
	lastWrite = 0;
	readonly #file = openSync(devNull, 'w');

	constructor({columns, rows}: BodySize) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	write(text: string, done?: () => void): boolean {
		if (text !== '') this.bytes += writeSync(this.#file, text);
		this.lastWrite = performance.now();
		done?.();
		return true;
	}
}

/** A keyboard that nobody touches. */
function silentInput(): NodeJS.ReadStream {
	const stdin = new PassThrough();
	const untouched = {isTTY: true, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin};
	return Object.assign(stdin, untouched) as unknown as NodeJS.ReadStream;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

const [number, ...sizes] = process.argv.slice(2);
const scene = SCENES[Number(number)]!;
const look = createStore<Look>(() => lookOf({LANG: 'C.UTF-8'}, 'linux'));
const made = await scene.make();

async function framesAt(size: BodySize): Promise<FrameTimes> {
	const stdout = new SizedOutput(size);
	let drawn = Promise.withResolvers<void>();
	const props = {
		app: made,
		look,
		pointer: new Pointer(),
		spoken: undefined,
		onKey: () => {},
		onCrash: (error: Error) => {
			throw error;
		},
	};
	const instance = render(<App {...props} />, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: silentInput(),
		alternateScreen: true,
		incrementalRendering: true,
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
		maxFps: MAX_FPS,
		onRender: () => drawn.resolve(),
	});
	scene.enter?.(made, size);
	await pause();

	const milliseconds: number[] = [];
	let bytes = 0;
	let cpu = process.cpuUsage();
	for (let index = 0; index < WARM_UP + MEASURED; index++) {
		if (index === WARM_UP) {
			bytes = stdout.bytes;
			cpu = process.cpuUsage();
		}
		drawn = Promise.withResolvers<void>();
		const start = performance.now();
		scene.step(made, index, size);
		await drawn.promise;
		await pause();
		// What is written last ends the frame, were it in several parts.
		if (index >= WARM_UP) milliseconds.push(stdout.lastWrite - start);
	}
	const {user, system} = process.cpuUsage(cpu);
	instance.unmount();
	return {milliseconds, bytes: (stdout.bytes - bytes) / MEASURED, cpu: (user + system) / 1000 / MEASURED};
}

const results: FrameTimes[] = [];
for (const size of sizes) {
	const [columns = 0, rows = 0] = size.split('x').map(Number);
	results.push(await framesAt({columns, rows}));
}
console.log(JSON.stringify(results));
process.exit(0);
