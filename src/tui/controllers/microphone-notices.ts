import type {RealtimeEvent} from '../../realtime/events.ts';

export interface MicrophoneNotice {
	readonly text: string;
	readonly kind: 'info' | 'problem';
}

/** What is told for a few seconds when a microphone goes or comes; what lasts stands in the status. */
export function noticeOf(event: RealtimeEvent): MicrophoneNotice | undefined {
	if (event.type !== 'microphone') return undefined;
	const {is, reason, seconds = 0, device} = event;
	if (is === 'lost') return {text: reason ?? 'No audio comes from the microphone', kind: 'problem'};
	if (is !== 'back') return undefined;
	const which = device === undefined ? 'The microphone' : device;
	return {text: `${which} is back after ${Math.max(1, Math.round(seconds))} s`, kind: 'info'};
}
