/** The microphone and what the computer plays, as two channels of one session. */
import {type ChannelChunk, openChannels} from '../audio/channels.ts';
import {openMonitor} from '../audio/monitor.ts';
import type {AudioSource} from '../audio/source.ts';
import {
	openWatchedMicrophone,
	type WatchedMicrophone,
	type WatchedMicrophoneOptions,
} from '../audio/watched-microphone.ts';
import type {RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import type {Frame} from './audio-track.ts';
import type {SessionStart} from './session.ts';

/** Who is heard on which channel. */
const MEETING_CHANNELS = ['Me', 'Them'] as const;

/** A session config for both channels, with voices told apart on each, unless the user asked for something else. */
export function meetingStart(start: SessionStart): SessionStart {
	const transcriptionConfig: RealtimeTranscriptionConfig = {
		diarization: 'channel_and_speaker',
		channel_diarization_labels: [...MEETING_CHANNELS],
		...start.transcriptionConfig,
	};
	return {...start, transcriptionConfig};
}

/**
 * @param onMicrophone called with the user's own channel, which can be muted
 * @throws AudioError that names the channel which cannot be opened
 */
export async function openMeeting(
	options: WatchedMicrophoneOptions,
	onMicrophone?: (microphone: WatchedMicrophone) => void,
): Promise<AudioSource> {
	const [me, them] = MEETING_CHANNELS;
	const {device: _microphoneOnly, ...monitorOptions} = options;
	const channels = await openChannels([
		{
			label: me,
			async open() {
				const microphone = await openWatchedMicrophone(options);
				onMicrophone?.(microphone);
				return microphone;
			},
		},
		{label: them, open: () => openMonitor(monitorOptions)},
	]);
	return {
		format: channels.format,
		live: true,
		frames: () => paired(channels.channels(), MEETING_CHANNELS),
		async *chunks() {
			for await (const {channel, bytes} of channels.channels()) if (channel === me) yield bytes;
		},
		stop: () => channels.stop(),
	};
}

/** Puts what the channels give beside each other: as much as there is of every one of them. */
export async function* paired(
	chunks: AsyncIterable<ChannelChunk>,
	labels: readonly string[],
): AsyncGenerator<readonly Frame[]> {
	const waiting = new Map<string, Uint8Array>(labels.map((label) => [label, new Uint8Array(0)]));
	for await (const {channel, bytes} of chunks) {
		waiting.set(channel, joined(waiting.get(channel), bytes));
		const length = Math.min(...labels.map((label) => waiting.get(label)!.length));
		if (length === 0) continue;
		const frames = labels.map((label) => ({channel: label, bytes: waiting.get(label)!.subarray(0, length)}));
		for (const label of labels) waiting.set(label, waiting.get(label)!.subarray(length));
		yield frames;
	}
}

function joined(before: Uint8Array | undefined, bytes: Uint8Array): Uint8Array {
	if (before === undefined || before.length === 0) return bytes;
	const all = new Uint8Array(before.length + bytes.length);
	all.set(before);
	all.set(bytes, before.length);
	return all;
}
