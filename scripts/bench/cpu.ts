import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Seconds of processor time, the system's included, that a process has used. @throws where there is no /proc */
export function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name of the program, in brackets, may hold anything; the third field follows it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

let ticks: number | undefined;

function ticksPerSecond(): number {
	ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));
	return ticks;
}
