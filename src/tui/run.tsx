import {appendFileSync} from 'node:fs';
import {type Instance, render} from 'ink';
import {logPath, openLog} from '../platform/log-file.ts';
import {App} from './app.tsx';
import {AppController} from './controllers/app-controller.ts';
import type {Services} from './services.ts';
import {StdinHub} from './terminal/stdin-hub.ts';
import {lookOf} from './theme/look.tsx';

/** Frames a second at the most: captions and progress need no more, and a slow terminal takes no more. */
const MAX_FPS = 30;

const SIGNALS = {SIGTERM: 15, SIGHUP: 1} as const;

/**
 * Runs the app on this terminal until the user leaves.
 *
 * @returns the exit code: 0, 128 and the number of the signal that ended it, or 1 after a crash; and then a sentence
 * on the crash, whose details are in the log file
 */
export async function runTui(services: Services): Promise<{code: number; problem?: string}> {
	const controller = new AppController(services, () => performance.now());
	controller.begin();
	let code = 0;
	let crash: unknown;

	const onCrash = (error: unknown) => {
		crash ??= error;
		instance?.unmount();
	};
	let instance: Instance | undefined;
	instance = render(<App app={controller} look={lookOf(process.env, process.platform)} onCrash={onCrash} />, {
		stdin: new StdinHub(),
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: MAX_FPS,
		exitOnCtrlC: false,
		// Ink takes a terminal under CI for none.
		interactive: true,
	});
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
	if (crash === undefined) return {code};
	// What is running may still be of use: a session's last words are waited for after the screen is gone.
	await Promise.race([
		Promise.all([controller.batch.end(), controller.realtime.end()]),
		new Promise((resolve) => setTimeout(resolve, 5000)),
	]).catch(() => {});
	return {code: 1, problem: `The screen failed: ${reasonOf(crash)}. ${logged(crash)}`};
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function logged(error: unknown): string {
	const file = openLog();
	if (file === undefined) return 'There is no log to write the details to.';
	appendFileSync(file, `${new Date().toISOString()} ${error instanceof Error ? error.stack : error}\n`);
	return `The details are in ${logPath()}.`;
}
