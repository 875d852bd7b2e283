/** What a session listens to: a microphone, a recording, a pipe, or a stream from the network. */
import type {Readable} from 'node:stream';
import {openFileSource} from '../audio/file-source.ts';
import {openPipeSource} from '../audio/pipe-source.ts';
import type {AudioSource} from '../audio/source.ts';
import {openStreamSource} from '../audio/stream-source.ts';
import {isStreamUrl, shownUrl} from '../audio/stream-url.ts';
import {
	type MicrophoneStatus,
	openWatchedMicrophone,
	type WatchedMicrophone,
} from '../audio/watched-microphone.ts';
import type {RealtimeEvent} from './events.ts';
import {openMeeting} from './meeting.ts';

export type SourceChoice =
	| {readonly from: 'microphone'; readonly device?: string | undefined}
	/** The microphone, and what the computer plays. */
	| {readonly from: 'meeting'; readonly device?: string | undefined}
	| {readonly from: 'file'; readonly path: string}
	| {readonly from: 'pipe'; readonly stream: Readable}
	| {readonly from: 'stream'; readonly url: string};

export interface OpenOptions {
	/** Aborting ends the opening. */
	readonly signal: AbortSignal;
	readonly emit: (event: RealtimeEvent) => void;
	/** Called with the microphone, which can be muted. */
	readonly onMicrophone?: ((microphone: WatchedMicrophone) => void) | undefined;
}

/** What the user named as a source: `mic`, `meeting`, `-`, an address or a file. */
export function sourceChoice(name: string, device: string | undefined, stdin: Readable): SourceChoice {
	if (name === 'mic') return {from: 'microphone', device};
	if (name === 'meeting') return {from: 'meeting', device};
	if (name === '-') return {from: 'pipe', stream: stdin};
	return isStreamUrl(name) ? {from: 'stream', url: name} : {from: 'file', path: name};
}

/** A name to show: an address without its secrets. */
export function sourceName(choice: SourceChoice): string {
	switch (choice.from) {
		case 'microphone':
			return choice.device ?? 'microphone';
		case 'meeting':
			return `${choice.device ?? 'microphone'} and what the computer plays`;
		case 'file':
			return choice.path;
		case 'pipe':
			return 'stdin';
		case 'stream':
			return shownUrl(choice.url);
	}
}

/** @throws AudioError in one sentence, or the signal's reason */
export async function openSource(
	choice: SourceChoice,
	{signal, emit, onMicrophone}: OpenOptions,
): Promise<AudioSource> {
	switch (choice.from) {
		case 'microphone': {
			const {device} = choice;
			const microphone = await openWatchedMicrophone({
				...(device !== undefined && {device}),
				signal,
				onStatus: (status) => emit(microphoneEvent(status)),
			});
			onMicrophone?.(microphone);
			return microphone;
		}
		case 'meeting': {
			const {device} = choice;
			const onStatus = (status: MicrophoneStatus) => emit(microphoneEvent(status));
			return openMeeting({...(device !== undefined && {device}), signal, onStatus}, onMicrophone);
		}
		case 'file':
			return openFileSource(choice.path);
		case 'pipe':
			return openPipeSource(choice.stream);
		case 'stream':
			return openStreamSource(choice.url, {signal});
	}
}

function microphoneEvent(status: MicrophoneStatus): RealtimeEvent {
	switch (status.type) {
		case 'opened':
			return {type: 'microphone', is: 'opened', device: status.device};
		case 'lost':
			return {type: 'microphone', is: 'lost', reason: status.reason};
		case 'back':
			return {type: 'microphone', is: 'back', device: status.device, seconds: status.seconds};
		case 'silent':
			return {type: 'microphone', is: 'silent', seconds: status.seconds};
		case 'heard':
			return {type: 'microphone', is: 'heard'};
		case 'muted':
			return {type: 'microphone', is: status.muted ? 'muted' : 'unmuted'};
	}
}
