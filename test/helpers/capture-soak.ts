/**
 * Captures from a sound server for a while and says what it heard: the signal counts its samples, so that a lost,
 * doubled or changed one shows.
 */
import {type MicrophoneStatus, openWatchedMicrophone} from '../../src/audio/watched-microphone.ts';
import {captureEntry} from './capture-command.ts';
import {exactSink, type NullSink} from './null-sink.ts';

const SAMPLE_RATE = 16_000;

/** What the sound server loads for a soak. */
export const SOAK_MODULES = [exactSink('mic_sim')];

export interface SoakReport {
	/** Of undisturbed capture, by the clock and by the samples that came. */
	readonly clockSeconds: number;
	readonly sampleSeconds: number;
	/** Places in the undisturbed part where a sample was not one more than the last. */
	readonly breaks: number;
	/** Samples of the undisturbed part that were compared. */
	readonly compared: number;
	/** What was told through it all. */
	readonly statuses: readonly MicrophoneStatus[];
	/** For each disturbance: its name, and whether the signal was heard again afterwards, whole. */
	readonly disturbances: ReadonlyArray<{readonly name: string; readonly heardAgain: boolean}>;
	/** True where the microphone ended although nobody had stopped it. */
	readonly endedEarly: boolean;
	readonly samplesInAll: number;
	readonly capturedSamples: number;
}

/**
 * @param sink started with `SOAK_MODULES`, its variables in this process's environment
 * @param seconds of the undisturbed part
 */
export async function soak(
	sink: NullSink,
	seconds: number,
	say: (sentence: string) => void = () => {},
): Promise<SoakReport> {
	const statuses: MicrophoneStatus[] = [];
	let stopPlaying = sink.playCount(seconds + 60);
	const microphone = await openWatchedMicrophone({
		command: captureEntry('/dev/null'),
		onStatus: (status) => {
			statuses.push(status);
			say(JSON.stringify(status));
		},
	});
	const ear = new Ear();
	let stopped = false;
	let endedEarly = false;
	const listening = (async () => {
		for await (const chunk of microphone.chunks()) ear.hear(chunk);
		endedEarly = !stopped;
	})();

	await ear.counting(SAMPLE_RATE);
	ear.mark();
	await Bun.sleep(seconds * 1000);
	const undisturbed = ear.sinceMark();
	say(JSON.stringify(undisturbed));

	const disturbances: {name: string; heardAgain: boolean}[] = [];
	const lostTimes = () => statuses.filter(({type}) => type === 'lost').length;
	const backTimes = () => statuses.filter(({type}) => type === 'back').length;
	const disturb = async (
		name: string,
		disturbance: () => Promise<unknown>,
		remedy: () => Promise<unknown>,
	) => {
		const [lost, back] = [lostTimes(), backTimes()];
		await disturbance();
		await until(() => lostTimes() > lost, 10_000);
		await remedy();
		const isBack = await until(() => backTimes() > back, 20_000);
		// The sound server itself may stumble once more when it wakes: two seconds in a row have to be whole.
		disturbances.push({name, heardAgain: isBack && (await ear.counting(2 * SAMPLE_RATE))});
		say(JSON.stringify(disturbances.at(-1)));
	};
	const playAgain = async () => {
		stopPlaying();
		stopPlaying = sink.playCount(60);
	};
	await disturb(
		'suspended',
		() => sink.pactl('suspend-sink', 'mic_sim', '1'),
		() => sink.pactl('suspend-sink', 'mic_sim', '0'),
	);
	await disturb(
		'removed',
		() => sink.pactl('unload-module', 'module-null-sink'),
		async () => {
			await sink.pactl('load-module', ...SOAK_MODULES[0]!.split(' '));
			await playAgain();
		},
	);
	await disturb('the sound server killed', sink.kill, async () => {
		await sink.restart();
		await playAgain();
	});
	stopped = true;
	await microphone.stop();
	await listening;
	stopPlaying();
	return {
		...undisturbed,
		statuses,
		disturbances,
		endedEarly,
		samplesInAll: ear.samples,
		capturedSamples: microphone.capturedSamples(),
	};
}

/** Hears whether samples count. */
class Ear {
	samples = 0;
	/** Samples since the last one that was not one more than the one before. */
	#run = 0;
	#breaks = 0;
	#last = 0;
	#lastAt = 0;
	#mark = {at: 0, samples: 0, breaks: 0};

	hear(chunk: Uint8Array): void {
		const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
		for (let offset = 0; offset < chunk.length; offset += 2) {
			const value = view.getInt16(offset, true);
			if (value === ((this.#last + 1) << 16) >> 16) this.#run++;
			else {
				this.#run = 0;
				this.#breaks++;
			}
			this.#last = value;
		}
		this.samples += chunk.length / 2;
		this.#lastAt = performance.now();
	}

	/** Waits until so many samples in a row have counted. @returns false where that takes too long */
	counting(samples: number): Promise<boolean> {
		return until(() => this.#run >= samples, 20_000);
	}

	mark(): void {
		this.#mark = {at: this.#lastAt, samples: this.samples, breaks: this.#breaks};
	}

	/** From the chunk before the mark to the last one. */
	sinceMark(): {clockSeconds: number; sampleSeconds: number; breaks: number; compared: number} {
		const compared = this.samples - this.#mark.samples;
		return {
			clockSeconds: (this.#lastAt - this.#mark.at) / 1000,
			sampleSeconds: compared / SAMPLE_RATE,
			breaks: this.#breaks - this.#mark.breaks,
			compared,
		};
	}
}

async function until(isSo: () => boolean, milliseconds: number): Promise<boolean> {
	const end = performance.now() + milliseconds;
	while (!isSo()) {
		if (performance.now() > end) return false;
		await Bun.sleep(20);
	}
	return true;
}

/** What a soak found wrong, in words; nothing where all is well. */
export function faultsOf(report: SoakReport): string[] {
	const apart = Math.abs(report.sampleSeconds - report.clockSeconds);
	return [
		...(report.breaks > 0 ? [`the signal broke ${report.breaks} times`] : []),
		// Samples come in chunks of 100 ms: two of them, for a clock that ran 1/2000 wrong at most.
		...(apart > 0.2 + report.clockSeconds / 2_000
			? [`samples and clock are ${apart.toFixed(3)} s apart`]
			: []),
		...(report.endedEarly ? ['the microphone ended by itself'] : []),
		...(report.capturedSamples === report.samplesInAll
			? []
			: [`${report.capturedSamples} samples were captured, ${report.samplesInAll} came`]),
		...report.disturbances
			.filter(({heardAgain}) => !heardAgain)
			.map(({name}) => `after "${name}" the signal did not come back whole`),
	];
}
