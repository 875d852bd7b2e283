/** Files and a page that others read while a session goes on. */
import {lstat} from 'node:fs/promises';
import {basename, extname} from 'node:path';
import type {CaptionRules} from '../../captions/rules.ts';
import {captionStyle} from '../../captions/style.ts';
import {printable} from '../../platform/printable.ts';
import {type Clock, systemClock} from '../../speechmatics/clock.ts';
import type {RealtimeEvent} from '../events.ts';
import {LiveView} from '../live-view.ts';
import {type Overlay, openOverlay} from '../overlay/overlay.ts';
import {LatestFile} from './latest-file.ts';
import {latestRows} from './latest-rows.ts';
import {LIVE_FORMATS, type LiveFormat, liveFormatOf} from './live-formats.ts';
import {LiveLines, TranslatedLines} from './live-lines.ts';
import {LiveCaptions, type LiveText} from './live-texts.ts';
import {RollingFile, type RollingHandle} from './rolling-file.ts';
import {Throttle} from './throttle.ts';

/** Milliseconds between two writes of one file. */
const PAUSE = 100;
/** Milliseconds until a file that could not be written is tried again. */
const TRY_AGAIN = 2000;
const LATEST_ROWS = 2;
/** Source: Netflix timed-text style guide, 42 characters a line. */
const LATEST_COLUMNS = 42;

export interface LiveOutputsOptions {
	/**
	 * Rolling files; each ending is one of `LIVE_FORMATS`. Where one of `targets` stands before it (`talk.de.vtt`), the
	 * file has that translation.
	 */
	readonly files?: readonly string[] | undefined;
	/** Codes of the languages that the session is translated to. */
	readonly targets?: readonly string[] | undefined;
	/** A file that always holds the last rows alone. */
	readonly latest?: string | undefined;
	/** Whether that one also has words that may still change. */
	readonly latestPartial?: boolean | undefined;
	/** The port on loopback that the page is served on; 0 takes any. */
	readonly overlayPort?: number | undefined;
	readonly captions?: ((language: string | undefined) => CaptionRules) | undefined;
	/** Told once of each output that cannot be written; one sentence. */
	readonly onProblem: (sentence: string) => void;
	readonly clock?: Clock;
	/** For tests. */
	readonly openFile?: (path: string) => Promise<RollingHandle>;
}

export interface LiveOutputs {
	/** Where the page is. */
	readonly overlayUrl: string | undefined;
	take(event: RealtimeEvent): void;
	/** Writes the last words. Does not throw. */
	close(): Promise<void>;
}

/** An output that cannot be had as asked for. Its message is one sentence. */
export class LiveOutputError extends Error {
	override readonly name = 'LiveOutputError';
}

/** @throws LiveOutputError for a name without a format, a file that is there already, or a port that is taken */
export async function openLiveOutputs(options: LiveOutputsOptions): Promise<LiveOutputs> {
	const {files = [], latest, overlayPort, clock = systemClock} = options;
	const view = new LiveView();
	const rolling: RollingOutput[] = [];
	for (const path of new Set(files)) rolling.push(await openRolling(path, view, options, clock));
	const latestOutput = latest === undefined ? undefined : openLatest(latest, view, options, clock);
	const overlay = overlayPort === undefined ? undefined : await listen(overlayPort, view, clock);
	return {
		overlayUrl: overlay?.url,
		take(event) {
			// Ten a second, and of no use to a reader.
			if (event.type === 'level') return;
			view.apply(event, clock.now());
			for (const output of rolling) output.take(event);
			latestOutput?.update();
			overlay?.update();
		},
		async close() {
			await Promise.all([
				...rolling.map((output) => output.close()),
				latestOutput?.close(),
				overlay?.close(),
			]);
		},
	};
}

interface RollingOutput {
	take(event: RealtimeEvent): void;
	close(): Promise<void>;
}

async function openRolling(
	path: string,
	view: LiveView,
	options: LiveOutputsOptions,
	clock: Clock,
): Promise<RollingOutput> {
	const format = liveFormatOf(path);
	const shown = printable(path);
	if (format === undefined) {
		throw new LiveOutputError(`"${shown}" must end in ${LIVE_FORMATS.map((one) => `.${one}`).join(', ')}.`);
	}
	if ((await lstat(path).catch(() => undefined)) !== undefined) {
		throw new LiveOutputError(`"${shown}" is there already: name another file, or remove it.`);
	}
	const {captions = captionStyle({}), openFile, onProblem} = options;
	const target = options.targets?.find((code) => code === extname(basename(path, extname(path))).slice(1));
	const text = textOf(format, target, view, captions);
	const file = new RollingFile(path, openFile);
	const writer = new Writer(path, () => file.flush(), {onProblem, clock});
	const set = (content: ReturnType<LiveText['take']>) => {
		if (content === undefined) return;
		file.set(content);
		writer.ask();
	};
	set(text.begin());
	writer.ask();
	return {
		take: (event: RealtimeEvent) => set(text.take(event)),
		async close() {
			set(text.end());
			await writer.close();
			await file.close().catch(() => {});
		},
	};
}

function textOf(
	format: LiveFormat,
	target: string | undefined,
	view: LiveView,
	captions: (language: string | undefined) => CaptionRules,
): LiveText {
	if (format !== 'txt') return new LiveCaptions(format, captions, target);
	return target === undefined ? new LiveLines(view) : new TranslatedLines(target);
}

function openLatest(path: string, view: LiveView, options: LiveOutputsOptions, clock: Clock) {
	const {onProblem, latestPartial = false} = options;
	const file = new LatestFile(path);
	let isOver = false;
	const content = () => {
		const rows = {rows: LATEST_ROWS, columns: LATEST_COLUMNS, partial: latestPartial};
		// What stays in the file stays in the picture.
		return isOver ? '' : latestRows(view, rows).join('\n');
	};
	const writer = new Writer(path, () => file.write(content()), {onProblem, clock});
	writer.ask();
	return {
		update: () => writer.ask(),
		async close() {
			isOver = true;
			writer.ask();
			await writer.close();
		},
	};
}

/** Writes not too often, tells of trouble once, and goes on. */
class Writer {
	readonly #throttle: Throttle;
	#triesAgainAt = Number.NEGATIVE_INFINITY;
	#isClosing = false;

	constructor(
		path: string,
		write: () => Promise<void>,
		{onProblem, clock}: {readonly onProblem: (sentence: string) => void; readonly clock: Clock},
	) {
		let hasTold = false;
		const attempt = async () => {
			if (clock.now() < this.#triesAgainAt && !this.#isClosing) return;
			try {
				await write();
				this.#triesAgainAt = Number.NEGATIVE_INFINITY;
			} catch (error) {
				this.#triesAgainAt = clock.now() + TRY_AGAIN;
				if (hasTold) return;
				hasTold = true;
				onProblem(`"${printable(path)}" cannot be written (${reasonOf(error)}); captions go on without it.`);
			}
		};
		this.#throttle = new Throttle(attempt, clock, PAUSE);
	}

	ask(): void {
		this.#throttle.ask();
	}

	close(): Promise<void> {
		this.#isClosing = true;
		return this.#throttle.close();
	}
}

function reasonOf(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	switch (code) {
		case 'ENOENT':
			return 'there is no such folder';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'no space is left on the disk';
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return 'permission denied';
		default:
			return printable(message);
	}
}

async function listen(port: number, view: LiveView, clock: Clock): Promise<Overlay> {
	try {
		return await openOverlay({port, view, clock});
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE') {
			throw new LiveOutputError(`Port ${port} is taken: choose another one with --overlay <port>.`);
		}
		throw new LiveOutputError(`The overlay cannot listen on port ${port} (${reasonOf(error)}).`);
	}
}
