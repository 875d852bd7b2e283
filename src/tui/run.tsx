import {appendFileSync} from 'node:fs';
import {type Instance, type RenderOptions, render} from 'ink';
import {createStore} from 'zustand/vanilla';
import {logPath, openLog} from '../platform/log-file.ts';
import {messageOf} from '../platform/message-of.ts';
import type {AppSettings} from '../settings/app-settings.ts';
import {App} from './app.tsx';
import {AppController} from './controllers/app-controller.ts';
import {SpokenScreen} from './presentation/spoken-lines.ts';
import {batchProgress, batchSummary, windowTitle} from './presentation/window-signs.ts';
import type {Services} from './services.ts';
import {PlainOutput} from './terminal/plain-output.ts';
import {Pointer} from './terminal/pointer.ts';
import {StdinHub} from './terminal/stdin-hub.ts';
import {TerminalSigns} from './terminal/terminal-signs.ts';
import {type Look, lookOf} from './theme/look.tsx';

/** Frames a second at the most: captions and progress need no more, and a slow terminal takes no more. */
const MAX_FPS = 30;

/** Nothing is shown until a frame ends. Source: the synchronized output extension, mode 2026. */
const BEGIN_FRAME = '\x1b[?2026h';

/** To the first cell, and nothing below it any more. */
const CLEAR_SCREEN = '\x1b[H\x1b[J';

const SIGNALS = {SIGTERM: 15, SIGHUP: 1} as const;

/**
 * Runs the app on this terminal until the user leaves.
 *
 * @returns the exit code: 0, 128 and the number of the signal that ended it, or 1 after a crash; and then a sentence
 * on the crash, whose details are in the log file
 */
export async function runTui(
	services: Services,
	settings: Partial<AppSettings> = {},
): Promise<{code: number; problem?: string}> {
	const look = createStore<Look>(() => lookOf(process.env, process.platform, settings));
	const stdin = new StdinHub();
	const pointer = new Pointer();
	stdin.onMouse(pointer.handle);
	const signs = new TerminalSigns({
		environment: process.env,
		settings,
		onScheme: (scheme) => look.setState({scheme}),
	});
	const controller = new AppController(services, () => performance.now(), {
		toggle: () => signs.useMouse(!signs.usesMouse),
	});
	const spoken = look.getState().screenReader ? new SpokenScreen() : undefined;
	signs.follow(stdin);
	process.on('exit', () => signs.release());
	showSigns(controller, signs, look.getState());
	controller.begin();
	let code = 0;
	let crash: unknown;

	const onCrash = (error: unknown) => {
		crash ??= error;
		instance?.unmount();
	};
	const onKey = () => {
		signs.pressed();
		spoken?.pressed();
	};
	let instance: Instance | undefined;
	instance = render(<App {...{app: controller, look, pointer, spoken, onKey, onCrash}} />, {
		stdin,
		maxFps: MAX_FPS,
		exitOnCtrlC: false,
		// Ink takes a terminal under CI for none.
		interactive: true,
		...drawing(look.getState()),
	});
	if (!look.getState().screenReader) drawOnceWhenResized(instance, controller);
	const onSignal = (signal: NodeJS.Signals) => {
		code = 128 + SIGNALS[signal as keyof typeof SIGNALS];
		void controller.leave();
	};
	for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal);
	process.on('uncaughtException', onCrash);
	process.on('unhandledRejection', onCrash);

	// The first frame of all may have failed.
	if (crash !== undefined) instance.unmount();
	await instance.waitUntilExit();
	// What was read aloud stays where it is: the shell begins a line of its own below it.
	if (spoken !== undefined && process.env.TERM !== 'dumb') process.stdout.write('\n');
	if (crash === undefined) return {code};
	// What is running may still be of use: a session's last words are waited for after the screen is gone.
	await Promise.race([
		Promise.all([controller.batch.end(), controller.realtime.end()]),
		new Promise((resolve) => setTimeout(resolve, 5000)),
	]).catch(() => {});
	return {code: 1, problem: `The screen failed: ${messageOf(crash)}. ${logged(crash)}`};
}

/**
 * What Ink does when the window gets narrower is seen: it empties the screen, then draws what was there before in the new
 * size, and only then comes what the app makes of that size. So Ink does not hear of it, and all is one frame.
 */
function drawOnceWhenResized(instance: Instance, app: AppController): void {
	const {stdout} = process;
	// Ink listens since before the app does.
	const [inks] = stdout.listeners('resize');
	if (inks !== undefined) stdout.off('resize', inks as () => void);
	let size = `${stdout.columns}x${stdout.rows}`;
	stdout.prependListener('resize', () => {
		const before = size;
		size = `${stdout.columns}x${stdout.rows}`;
		// Where the size is what it was, no frame would come.
		if (app.isHandedOver || size === before) return;
		// The app's next frame ends this. What Ink clears is only what it wrote, and not where that has gone meanwhile.
		stdout.write(BEGIN_FRAME);
		instance.clear();
		stdout.write(CLEAR_SCREEN);
	});
}

/** A terminal that cannot move its cursor gets whole frames, one below the other. */
function drawing({screenReader}: Look): RenderOptions {
	const isDumb = process.env.TERM === 'dumb';
	return {
		alternateScreen: !screenReader,
		isScreenReaderEnabled: screenReader,
		incrementalRendering: !screenReader,
		...(isDumb && {stdout: new PlainOutput() as unknown as NodeJS.WriteStream, debug: true}),
		kittyKeyboard: {mode: 'auto', flags: ['disambiguateEscapeCodes', 'reportEventTypes']},
	};
}

/** Title, progress, and a word when a batch has ended, for those who look elsewhere meanwhile. */
function showSigns(app: AppController, signs: TerminalSigns, {glyphs}: Look): void {
	const {batch, services} = app;
	const running = (tab: string) => app.places.find((place) => place.tab === tab)!.running();
	const show = () => {
		const {now} = batch.store.getState();
		const title = {batch: running('batch'), realtime: running('realtime'), demo: services.demo};
		signs.set({
			title: windowTitle(title, glyphs),
			progress: batchProgress(batch.table, batch.paused, now),
		});
		signs.working(batch.table.unfinished > 0, () => batchSummary(batch.table));
	};
	for (const watched of app.watched) watched.subscribe(show);
	show();
}

function logged(error: unknown): string {
	const file = openLog();
	if (file === undefined) return 'There is no log to write the details to.';
	appendFileSync(file, `${new Date().toISOString()} ${error instanceof Error ? error.stack : error}\n`);
	return `The details are in ${logPath()}.`;
}
