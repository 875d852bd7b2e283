/** A microphone without a sound card: PulseAudio with a sink that leads nowhere, whose monitor is recorded. */
import {type ChildProcess, execFile, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

/** Another one than is captured, as most sound has. */
const TONE_RATE = 44_100;
const EXACT_RATE = 16_000;

/** What stands in the way of recording here, in words; undefined where nothing does. */
export const noNullSink: string | undefined = (() => {
	if (process.platform !== 'linux') return 'the null sink is made for Linux';
	const missing = ['pulseaudio', 'pacat', 'pactl'].filter((command) => !Bun.which(command));
	if (missing.length > 0)
		return `${missing.join(' and ')} not installed (packages pulseaudio, pulseaudio-utils)`;
	if (!existsSync(new URL('../../dist/native/naudiodon.node', import.meta.url)))
		return 'the capture addon is not built';
	return undefined;
})();

export interface NullSink {
	/** Environment variables that lead a program to this microphone. */
	readonly environment: Readonly<Record<string, string>>;
	/** Plays a tone of so many hertz into the microphone until the function that comes back is called. */
	play(hertz: number): () => void;
	/** As `play`, into a sink of `exactSink`, whose rate the tone has. */
	playExact(hertz: number, sink: string): () => void;
	/** Plays so many seconds of a signal whose every sample is one more than the last, modulo 2^16, at 16 kHz. */
	playCount(seconds: number, sink?: string): () => void;
	/** Tells the sound server something. @returns what it answers */
	pactl(...args: string[]): Promise<string>;
	/** Ends the sound server without a warning, and whatever plays. */
	kill(): Promise<void>;
	/** Starts it again, as new. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** Has the format that is captured, so that samples pass as they are. */
export function exactSink(name: string): string {
	return `module-null-sink sink_name=${name} rate=${EXACT_RATE} channels=1 format=s16le`;
}

/**
 * Starts a sound server of its own, apart from any that the user has.
 *
 * @param modules what it loads; the first sink's monitor is the microphone
 */
export async function startNullSink(
	modules: readonly string[] = ['module-null-sink sink_name=mic_sim'],
): Promise<NullSink> {
	const folder = mkdtempSync(join(tmpdir(), 'null-sink-'));
	const socket = join(folder, 'native');
	const environment = {PULSE_SERVER: `unix:${socket}`, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder};
	const options = {env: {...process.env, ...environment, HOME: folder}};
	const players = new Set<ChildProcess>();
	let server: ChildProcess | undefined;
	const kill = async () => {
		for (const player of players) player.kill('SIGKILL');
		players.clear();
		if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
		server.kill('SIGKILL');
		await new Promise((done) => server!.on('exit', done));
	};
	const stop = async () => {
		await kill();
		rmSync(folder, {recursive: true, force: true});
	};
	const start = async () => {
		rmSync(socket, {force: true});
		const load = [`module-native-protocol-unix auth-anonymous=1 socket=${socket}`, ...modules];
		const args = ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--log-level=error'];
		server = spawn('pulseaudio', [...args, ...load.flatMap((module) => ['-L', module])], {
			...options,
			stdio: 'ignore',
		});
		for (let waited = 0; !existsSync(socket); waited += 20) {
			if (waited > 5_000 || server.exitCode !== null) {
				await stop();
				throw new Error('PulseAudio did not start');
			}
			await Bun.sleep(20);
		}
	};
	const play = (samples: Uint8Array, rate: number, sink: string) => {
		const args = ['--raw', '--format=s16le', '--channels=1', `--rate=${rate}`, `--device=${sink}`];
		const player = spawn('pacat', args, {...options, stdio: ['pipe', 'ignore', 'ignore']});
		players.add(player);
		player.stdin!.on('error', () => {});
		player.stdin!.write(samples);
		return () => void player.kill('SIGKILL');
	};
	await start();
	return {
		environment,
		play: (hertz) => play(tone(hertz, 60, TONE_RATE), TONE_RATE, 'mic_sim'),
		playExact: (hertz, sink) => play(tone(hertz, 60, EXACT_RATE), EXACT_RATE, sink),
		playCount: (seconds, sink = 'mic_sim') => play(count(seconds), EXACT_RATE, sink),
		pactl: async (...args) => (await promisify(execFile)('pactl', args, options)).stdout,
		kill,
		restart: start,
		stop,
	};
}

function count(seconds: number): Uint8Array {
	return new Uint8Array(Int16Array.from({length: EXACT_RATE * seconds}, (_, index) => index & 0xffff).buffer);
}

function tone(hertz: number, seconds: number, rate: number): Uint8Array {
	const samples = new Int16Array(rate * seconds);
	for (let index = 0; index < samples.length; index++) {
		samples[index] = Math.round(16_000 * Math.sin((2 * Math.PI * hertz * index) / rate));
	}
	return new Uint8Array(samples.buffer);
}

/**
 * The part of the samples' power that lies at one frequency, 0 to 1. Source: Goertzel, "An Algorithm for the Evaluation
 * of Finite Trigonometric Series" (1958).
 *
 * @param bytes mono s16le
 */
export function shareOfPower(bytes: Uint8Array, sampleRate: number, hertz: number): number {
	// A copy: a Buffer's own `slice` would share the memory of all that it was cut from.
	const samples = new Int16Array(new Uint8Array(bytes).buffer);
	const factor = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
	let [previous, beforeThat, total] = [0, 0, 0];
	for (const sample of samples) {
		[previous, beforeThat] = [sample + factor * previous - beforeThat, previous];
		total += sample * sample;
	}
	const power = previous * previous + beforeThat * beforeThat - factor * previous * beforeThat;
	return total === 0 ? 0 : (2 * power) / (samples.length * total);
}
