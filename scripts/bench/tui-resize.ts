/** What a person sees while the window is resized: what is written, and whether the screen is ever empty meanwhile. */
import xterm from '@xterm/headless';
import {executable} from '../build.ts';
import {printTable} from './figures.ts';

const SIZES = [
	[80, 24],
	[140, 50],
	[80, 24],
] as const;
/** A screen that has not changed for so long has come to rest. Milliseconds. */
const REST = 700;
/** Shows what was written since the mark of its beginning. Source: the synchronized output extension, mode 2026. */
const END = '\x1b[?2026l';
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are looked for.
const SEQUENCE = /(?=\x1b\[)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: and here.
const WHOLE_SCREEN = /\x1b\[[0-3]?J/g;

type Size = readonly [columns: number, rows: number];

interface Resize {
	readonly size: Size;
	readonly bytes: number;
	/** Frames that appear at once. */
	readonly frames: number;
	/** Bytes that appear as they come. */
	readonly unsynchronized: number;
	readonly clears: number;
	/** The fewest rows with anything in them that could be seen at any moment. */
	readonly fewestRows: number;
	/** And in the end. */
	readonly rows: number;
}

/** Resizes the app's window to each size in turn, and prints what that took. @param folder its home */
export async function measureResizing(folder: string): Promise<void> {
	const [, ...resizes] = await recorded(folder);
	console.log('\nThe window is resized\n');
	printTable(
		['', 'written', 'not synchronized', 'frames', 'whole clears', 'fewest rows seen', 'rows after'],
		resizes.map(({size, bytes, unsynchronized, frames, clears, fewestRows, rows}) => [
			`to ${size.join('x')}`,
			`${(bytes / 1000).toFixed(1)} kB`,
			`${unsynchronized} B`,
			String(frames),
			String(clears),
			String(fewestRows),
			String(rows),
		]),
	);
}

/** The start, and each resize after it. */
async function recorded(folder: string): Promise<Resize[]> {
	let output = '';
	let last = performance.now();
	const decoder = new TextDecoder();
	const answering = screenOf(SIZES[0]);
	const app = Bun.spawn([executable, '--demo'], {
		cwd: folder,
		env: {PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC'},
		terminal: {
			cols: SIZES[0][0],
			rows: SIZES[0][1],
			data: (_, data) => {
				const text = decoder.decode(data, {stream: true});
				output += text;
				last = performance.now();
				answering.write(text);
			},
		},
	});
	const terminal = app.terminal!;
	answering.onData((answer) => terminal.write(answer));
	const rest = async () => {
		while (performance.now() - last < REST) await Bun.sleep(20);
	};
	const shown = screenOf(SIZES[0]);
	const resizes: Resize[] = [];
	try {
		for (const size of SIZES as readonly Size[]) {
			if (resizes.length > 0) {
				output = '';
				answering.resize(...size);
				terminal.resize(...size);
			}
			last = performance.now();
			await rest();
			resizes.push(await replayed(shown, output, size));
		}
	} finally {
		app.kill('SIGKILL');
		await app.exited;
		terminal.close();
	}
	return resizes;
}

async function replayed(screen: xterm.Terminal, output: string, size: Size): Promise<Resize> {
	const write = (text: string) => new Promise<void>((resolve) => screen.write(text, resolve));
	screen.resize(...size);
	let fewestRows = size[1];
	let unsynchronized = 0;
	// Each part of it ends what was to be seen at once, or begins it.
	for (const part of output.split(SEQUENCE)) {
		await write(part);
		if (screen.modes.synchronizedOutputMode) continue;
		fewestRows = Math.min(fewestRows, filledRows(screen));
		if (!part.startsWith(END)) unsynchronized += Buffer.byteLength(part);
	}
	return {
		size,
		bytes: Buffer.byteLength(output),
		frames: output.split(END).length - 1,
		unsynchronized,
		clears: output.match(WHOLE_SCREEN)?.length ?? 0,
		fewestRows,
		rows: filledRows(screen),
	};
}

function screenOf([cols, rows]: Size): xterm.Terminal {
	return new xterm.Terminal({cols, rows, allowProposedApi: true});
}

function filledRows({buffer: {active}, rows}: xterm.Terminal): number {
	const texts = Array.from({length: rows}, (_, row) =>
		active.getLine(active.baseY + row)?.translateToString(true),
	);
	return texts.filter((text) => text?.trim()).length;
}
