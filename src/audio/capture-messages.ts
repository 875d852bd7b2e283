/**
 * How a capture process and the program that started it speak. Native audio has a process of its own: PortAudio, ALSA
 * and the addon print from C, and a blocked read holds a thread.
 *
 * - stdin: its end, or the line `stop`, ends the capture. So the process cannot outlive the one that started it.
 * - stdout and stderr: native chatter, for the log file.
 * - `PCM_DESCRIPTOR`: the samples, mono s16le, nothing else.
 * - `STATUS_DESCRIPTOR`: one `CaptureStatus` a line, as JSON.
 */
export const PCM_DESCRIPTOR = 3;
export const STATUS_DESCRIPTOR = 4;

/** The hidden command that makes the program a capture process. */
export const CAPTURE_COMMAND = '__capture';

/** Something that audio can be captured from. */
export interface Device {
	/** Its number in PortAudio's list; it may differ the next time a device is plugged in. */
	readonly id: number;
	readonly name: string;
	readonly maxInputChannels: number;
	/** Samples a second. */
	readonly defaultSampleRate: number;
	/** True for the one the system captures from when none is named. */
	readonly isDefault: boolean;
	/** The system's sound interface it belongs to, like ALSA or Core Audio. */
	readonly hostApi: string;
}

export type CaptureStatus =
	| {readonly type: 'devices'; readonly devices: readonly Device[]}
	/** Samples will come, at this rate (samples a second). */
	| {readonly type: 'opened'; readonly device: string; readonly sampleRate: number}
	/** Everything that was captured has been sent. */
	| {readonly type: 'stopped'; readonly samples: number}
	/** One sentence for the user. The process ends after it. */
	| {readonly type: 'error'; readonly message: string};
