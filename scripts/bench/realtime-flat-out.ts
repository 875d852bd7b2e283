/** A long recording streamed as fast as the service takes it, by our programs and by the vendor's SDK. */
import {mkdtempSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {attempt, NotMeasured} from './figures.ts';
import {type Measured, runMeasured} from './measured-process.ts';

export const MINUTES = 30;
export const ROUNDS = 3;

const script = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

/** In turn, so that whatever else this machine does slows all. @returns the runs of each by name, or why there are none */
export async function flatOut(
	program: string,
	{home, recording, url}: {readonly home: string; readonly recording: string; readonly url: string},
): Promise<Map<string, Measured[] | NotMeasured>> {
	const ours = ['realtime', '--source', recording, '--pace', 'max'];
	const commands: ReadonlyArray<readonly [name: string, command: () => string[]]> = [
		['speechdeck realtime', () => [program, ...ours, '--output-dir', mkdtempSync(join(home, 'out-'))]],
		['our client alone, in Bun', () => [process.execPath, script('realtime-client'), recording, url]],
		["the vendor's SDK, in Bun", () => [process.execPath, script('realtime-vendor'), recording, url]],
	];
	const environment = {
		PATH: process.env.PATH ?? '',
		HOME: home,
		SPEECHMATICS_API_KEY: 'bench',
		SPEECHMATICS_RT_URL: url,
	};
	const runs = new Map<string, Measured[] | NotMeasured>();
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, command] of commands) {
			const before = runs.get(name) ?? [];
			if (before instanceof NotMeasured) continue;
			const run = await attempt(() => runMeasured(command(), environment));
			runs.set(name, run instanceof NotMeasured ? run : [...before, run]);
		}
	}
	return runs;
}
