/** A microphone without a sound card: PulseAudio with a sink that leads nowhere, whose monitor is recorded. */
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const TONE_RATE = 44_100;

/** What stands in the way of recording here, in words; undefined where nothing does. */
export const noNullSink: string | undefined = (() => {
	if (process.platform !== 'linux') return 'the null sink is made for Linux';
	const missing = ['pulseaudio', 'pacat'].filter((command) => !Bun.which(command));
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
	stop(): Promise<void>;
}

/** Starts a sound server of its own, apart from any that the user has. */
export async function startNullSink(): Promise<NullSink> {
	const folder = mkdtempSync(join(tmpdir(), 'null-sink-'));
	const socket = join(folder, 'native');
	const environment = {PULSE_SERVER: `unix:${socket}`, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder};
	const options = {env: {...process.env, ...environment, HOME: folder}};
	const server = spawn(
		'pulseaudio',
		[
			...['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--log-level=error'],
			...['-L', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`],
			...['-L', 'module-null-sink sink_name=mic_sim'],
		],
		{...options, stdio: 'ignore'},
	);
	const players = new Set<ChildProcess>();
	const stop = async () => {
		for (const child of [...players, server]) child.kill('SIGKILL');
		if (server.exitCode === null && server.signalCode === null)
			await new Promise((done) => server.on('exit', done));
		rmSync(folder, {recursive: true, force: true});
	};
	for (let waited = 0; !existsSync(socket); waited += 20) {
		if (waited > 5_000 || server.exitCode !== null) {
			await stop();
			throw new Error('PulseAudio did not start');
		}
		await Bun.sleep(20);
	}
	return {
		environment,
		play(hertz) {
			const args = ['--raw', '--format=s16le', '--channels=1', `--rate=${TONE_RATE}`, '--device=mic_sim'];
			const player = spawn('pacat', args, {...options, stdio: ['pipe', 'ignore', 'ignore']});
			players.add(player);
			player.stdin!.on('error', () => {});
			player.stdin!.write(tone(hertz, 60));
			return () => player.kill('SIGKILL');
		},
		stop,
	};
}

function tone(hertz: number, seconds: number): Uint8Array {
	const samples = new Int16Array(TONE_RATE * seconds);
	for (let index = 0; index < samples.length; index++) {
		samples[index] = Math.round(16_000 * Math.sin((2 * Math.PI * hertz * index) / TONE_RATE));
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
	const samples = new Int16Array(bytes.slice().buffer);
	const factor = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
	let [previous, beforeThat, total] = [0, 0, 0];
	for (const sample of samples) {
		[previous, beforeThat] = [sample + factor * previous - beforeThat, previous];
		total += sample * sample;
	}
	const power = previous * previous + beforeThat * beforeThat - factor * previous * beforeThat;
	return total === 0 ? 0 : (2 * power) / (samples.length * total);
}
