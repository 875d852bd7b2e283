/** Sound out of a file, by a player the user has. */
import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {programPath} from './programs.ts';

/** Starts a program without input and output. */
export type Launch = (program: string, args: readonly string[]) => Launched;

export interface Launched {
	/** Its exit code; `undefined` where a signal ended it. @throws where it cannot be started */
	readonly ended: Promise<number | undefined>;
	kill(): void;
}

export interface Playback {
	/** Resolves when nothing is heard any more: with a sentence where it did not work. */
	readonly ended: Promise<string | undefined>;
	stop(): void;
}

export interface Player {
	/** Such as `ffplay`. */
	readonly name: string;
	/**
	 * Plays a part of a file.
	 *
	 * @param from seconds from its start
	 * @param seconds how long; `undefined`: to its end
	 */
	play(path: string, from: number, seconds?: number): Playback;
}

/** Those that can begin in the midst of a file, the most usual first. */
const PLAYERS: Readonly<Record<string, (path: string, from: string, seconds?: string) => string[]>> = {
	ffplay: (path, from, seconds) => [
		...['-v', 'quiet', '-nodisp', '-autoexit', '-ss', from],
		...(seconds === undefined ? [] : ['-t', seconds]),
		...['-i', path],
	],
	mpv: (path, from, seconds) => [
		...['--no-config', '--no-video', '--no-terminal', `--start=${from}`],
		...(seconds === undefined ? [] : [`--length=${seconds}`]),
		...['--', path],
	],
	play: (path, from, seconds) => ['-q', path, 'trim', from, ...(seconds === undefined ? [] : [seconds])],
	cvlc: (path, from, seconds) => [
		...['--quiet', '--no-video', '--play-and-exit', `--start-time=${from}`],
		...(seconds === undefined ? [] : [`--run-time=${seconds}`]),
		path,
	],
	mplayer: (path, from, seconds) => [
		...['-really-quiet', '-novideo', '-ss', from],
		...(seconds === undefined ? [] : ['-endpos', seconds]),
		path,
	],
};

/** The names of all players that would do, for whoever has none. */
export const PLAYER_NAMES = Object.keys(PLAYERS);

/** The first of the players that is there. @param find where a program is, if it is there; for tests */
export function findPlayer(
	find: (name: string) => string | undefined = programPath,
	launch: Launch = launchQuietly,
): Player | undefined {
	for (const name of PLAYER_NAMES) {
		const program = find(name);
		if (program !== undefined) return playerOf(name, program, launch);
	}
	return undefined;
}

function playerOf(name: string, program: string, launch: Launch): Player {
	return {
		name,
		play(path, from, seconds) {
			const time = (value: number) => Math.max(0, value).toFixed(3);
			// A whole path is never taken for an option.
			const length = seconds === undefined ? undefined : time(seconds);
			const launched = launch(program, PLAYERS[name]!(resolve(path), time(from), length));
			let isStopped = false;
			const ended = launched.ended.then(
				(code) => (code === 0 || isStopped ? undefined : `${name} could not play it`),
				(error: Error) => `${name} could not be started: ${error.message}`,
			);
			return {
				ended,
				stop() {
					isStopped = true;
					launched.kill();
				},
			};
		},
	};
}

function launchQuietly(program: string, args: readonly string[]): Launched {
	const child = spawn(program, args, {stdio: 'ignore'});
	const kill = () => child.kill('SIGKILL');
	// Nobody wants to hear it after this program has gone.
	process.once('exit', kill);
	const ended = new Promise<number | undefined>((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code) => resolve(code ?? undefined));
	}).finally(() => process.off('exit', kill));
	return {ended, kill};
}
