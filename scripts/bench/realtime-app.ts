import {TestTerminal} from '../../test/helpers/terminal.ts';

export const WINDOW = {columns: 140, rows: 50};

/** The app in a pseudo-terminal, captioning a recording at its own speed. */
export async function openCaptions(
	program: string,
	{home, recording, url}: {readonly home: string; readonly recording: string; readonly url: string},
): Promise<TestTerminal> {
	const app = TestTerminal.start([program], {
		...WINDOW,
		cwd: home,
		env: {HOME: home, SPEECHMATICS_API_KEY: 'bench', SPEECHMATICS_RT_URL: url},
	});
	await app.waitFor((screen) => /\S/.test(screen) && app.modes.bracketedPasteMode);
	app.press('2', 'f');
	await app.waitFor(/\? .*(stream|path|file)/i);
	app.type(recording);
	app.press('enter');
	await app.waitFor('listening');
	return app;
}
