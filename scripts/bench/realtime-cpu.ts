/** Processor time while a recording is captioned at its own speed, on the command line and in the app. */
import {cpuSeconds} from './cpu.ts';
import {openCaptions} from './realtime-app.ts';

export const SPAN = 60;
/** Seconds until the program has started. */
const START = 3;

export interface ProcessorTime {
	/** Seconds of processor time, over `SPAN` seconds of audio. */
	readonly command: number;
	readonly app: number;
}

/** Both at once: they hardly disturb each other, and it takes long enough. */
export async function processorTime(
	program: string,
	{home, recording, url}: {readonly home: string; readonly recording: string; readonly url: string},
): Promise<ProcessorTime> {
	await using app = await openCaptions(program, {home, recording, url});
	const command = Bun.spawn([program, 'realtime', '--source', recording, '--output-dir', home], {
		env: {
			PATH: process.env.PATH ?? '',
			HOME: home,
			SPEECHMATICS_API_KEY: 'bench',
			SPEECHMATICS_RT_URL: url,
		},
		stdin: 'ignore',
		stdout: 'ignore',
		stderr: 'ignore',
	});
	try {
		await Bun.sleep(START * 1000);
		const pids = [command.pid, app.pid];
		const before = pids.map(cpuSeconds);
		await Bun.sleep(SPAN * 1000);
		const [ofCommand = 0, ofApp = 0] = pids.map((pid, index) => cpuSeconds(pid) - before[index]!);
		return {command: ofCommand, app: ofApp};
	} finally {
		command.kill('SIGKILL');
		await command.exited;
	}
}
