/** The app in a terminal of its own, as a person opens it. */
import type {Emulator} from '../../src/emulator/server.ts';
import type {Program} from './program.ts';
import {TestTerminal} from './terminal.ts';

export interface AppOptions {
	/** Of the command line, such as `--demo`. */
	readonly args?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	/** Besides the program's own; the locale is UTF-8 unless it says otherwise. */
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts the app, and waits until it is ready. */
export async function openApp(
	program: Program,
	{args = [], columns = 80, rows = 24, env = {}}: AppOptions = {},
): Promise<TestTerminal> {
	const app = TestTerminal.start([program.path, ...args], {
		columns,
		rows,
		cwd: program.folder,
		env: {...program.environment, LANG: 'C.UTF-8', ...env},
	});
	await untilReady(app);
	return app;
}

/** What leads the app to an emulator instead of the service. */
export const accountAt = ({batchUrl, realtimeUrl}: Emulator) => ({
	SPEECHMATICS_API_KEY: 'k',
	SPEECHMATICS_BATCH_URL: batchUrl,
	SPEECHMATICS_RT_URL: realtimeUrl,
});

/** The first screen is there, and the app hears pastes as such. */
export async function untilReady(app: TestTerminal): Promise<void> {
	await app.waitFor((screen) => screen.includes('No recordings yet') && app.modes.bracketedPasteMode);
}

/** Goes to the settings by their name: which number the tab has is its own affair. */
export async function showSettings(app: TestTerminal): Promise<void> {
	app.press(':');
	await app.waitFor('Enter do it');
	app.type('tab settings');
	await app.waitFor(/^ [❯>] Everywhere +Show the tab Setti/m);
	app.press('enter');
	await app.waitFor('Account');
}
