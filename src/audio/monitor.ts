/** What the computer plays, as a source: the monitor of its loudspeakers. */
import {followDefaultSink} from './default-sink.ts';
import {AudioError} from './source.ts';
import {
	openWatchedMicrophone,
	type WatchedMicrophone,
	type WatchedMicrophoneOptions,
} from './watched-microphone.ts';

/** The sound server's own name for the monitor of whatever is the default output. Source: PulseAudio, PipeWire. */
const DEFAULT_MONITOR = '@DEFAULT_MONITOR@';

/** ALSA's door to the sound server, where `PULSE_SOURCE` says which of its sources it leads to. */
const DOOR = 'pulse';

/**
 * Opens what the computer plays, and follows it to another default output. Linux only: elsewhere a loopback device is a microphone like any other.
 *
 * @param options.source the sound server's name of a monitor, as of `pactl list short sources`; of the default output
 * when left out
 * @throws AudioError as `openWatchedMicrophone`, and where the system has no such thing
 */
export async function openMonitor({
	source = DEFAULT_MONITOR,
	...options
}: Omit<WatchedMicrophoneOptions, 'device'> & {readonly source?: string} = {}): Promise<WatchedMicrophone> {
	if (process.platform !== 'linux') {
		throw new AudioError(
			'What the computer plays can only be captured on Linux; elsewhere install a loopback device and name it.',
		);
	}
	const environment = {...options.environment, PULSE_SOURCE: source};
	const monitor = await openWatchedMicrophone({
		...options,
		device: DOOR,
		expectsSound: false,
		environment,
	});
	if (source !== DEFAULT_MONITOR) return monitor;
	// The sound server leads streams after the default input, but not after the monitor of the default output.
	const unfollow = followDefaultSink(
		() => void monitor.reopen('The default output has changed.'),
		options.environment,
	);
	const stop = monitor.stop.bind(monitor);
	return Object.assign(monitor, {
		stop() {
			unfollow();
			return stop();
		},
	});
}
