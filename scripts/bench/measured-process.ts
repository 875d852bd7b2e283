import {readFileSync} from 'node:fs';

export interface Measured {
	readonly seconds: number;
	/** Peak resident memory in MB. */
	readonly memory: number;
}

/** How often the peak is read: what a process needs in the last moment of its life is missed. Milliseconds. */
const LOOK = 20;

/**
 * Runs a program to its end.
 *
 * @param environment all that it has of one
 * @throws Error with the end of what it said, where it fails
 */
export async function runMeasured(
	command: readonly string[],
	environment: Readonly<Record<string, string>>,
): Promise<Measured> {
	const start = performance.now();
	const child = Bun.spawn([...command], {
		env: environment,
		stdin: 'ignore',
		stdout: 'ignore',
		stderr: 'pipe',
	});
	let memory = 0;
	const looking = setInterval(() => {
		memory = Math.max(memory, peakMemory(child.pid));
	}, LOOK);
	const [code, said] = await Promise.all([child.exited, new Response(child.stderr).text()]);
	clearInterval(looking);
	const seconds = (performance.now() - start) / 1000;
	if (code !== 0) throw new Error(`exit code ${code}: ${said.trim().slice(-300)}`);
	return {seconds, memory};
}

/**
 * MB. Of the process alone: what `resourceUsage()` gives counts also what its parent needed before it became another
 * program.
 */
function peakMemory(pid: number): number {
	try {
		const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return (Number(kilobytes ?? 0) * 1024) / 1e6;
	} catch {
		// It has just ended.
		return 0;
	}
}
