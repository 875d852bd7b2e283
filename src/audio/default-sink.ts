/** Which output the sound server plays to when none is named, and when that changes. Opens no device. */
import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
// Deno's own timers are numbers, which cannot be unreferenced.
import {clearTimeout, setTimeout} from 'node:timers';
import {promisify} from 'node:util';

/** The sound server may have been started again by then. Milliseconds. */
const SUBSCRIBE_AGAIN = 5_000;

/**
 * Tells each time the default output becomes another one. Where `pactl` is not installed it never does.
 *
 * @param environment variables beside those of this process
 * @returns ends it
 */
export function followDefaultSink(
	onChange: () => void,
	environment: Readonly<Record<string, string>> = {},
): () => void {
	const options = {env: {...process.env, ...environment, LC_ALL: 'C'}};
	let child: ChildProcess | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;
	let known: string | undefined;

	const look = async () => {
		const {stdout} = await promisify(execFile)('pactl', ['info'], options).catch(() => ({stdout: ''}));
		const sink = /^Default Sink: (.*)$/m.exec(stdout)?.[1];
		if (stopped || sink === undefined) return;
		const changed = known !== undefined && known !== sink;
		known = sink;
		if (changed) onChange();
	};
	const subscribe = () => {
		child = spawn('pactl', ['subscribe'], {...options, stdio: ['ignore', 'pipe', 'ignore']});
		createInterface({input: child.stdout!}).on('line', (line) => {
			if (line.includes("'change' on server")) void look();
		});
		let missing = false;
		child.on('error', () => {
			missing = true;
		});
		child.on('close', () => {
			if (stopped || missing) return;
			timer = setTimeout(subscribe, SUBSCRIBE_AGAIN);
			timer.unref();
		});
		void look();
	};
	subscribe();
	return () => {
		stopped = true;
		clearTimeout(timer);
		child?.kill();
	};
}
