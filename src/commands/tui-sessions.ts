/** Sessions of earlier runs, as the app knows them. */

import type {RealtimeEvent} from '../realtime/events.ts';
import {readJournal} from '../realtime/journal-reader.ts';
import {recoverSession} from '../realtime/recover.ts';
import {replayJournal, timed} from '../realtime/replay.ts';
import {journalIn} from '../realtime/session-folder.ts';
import {crashedSessions, listSessions, type StoredSession} from '../realtime/stored-sessions.ts';
import {systemClock} from '../speechmatics/clock.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {SessionServices} from '../tui/services.ts';

/** What a screen has to know to go on with a session. */
const KNOWN: readonly string[] = [
	'started',
	'final',
	'translation',
	'audio-event',
	'utterance-end',
	'gap',
	'mark',
	'speaker',
];

/** @param demo what the demo made is not sent to the service, nor the other way round */
export function sessionServices(newClient: () => RealtimeClient, {demo}: {demo: boolean}): SessionServices {
	const ofThisKind = ({info}: StoredSession) => info.simulated === demo;
	return {
		crashed: async () => (await crashedSessions()).filter(ofThisKind).map(shown),
		list: async () =>
			(await listSessions())
				.filter(ofThisKind)
				.filter(({state}) => state !== 'running')
				.map(shown),
		async recover(id, show, stop) {
			const {path} = await withId(id);
			await showKnown(path, show);
			const {outputs, error} = await recoverSession(path, {
				show,
				send: {newClient, clock: systemClock, stop},
			});
			if (error !== undefined && !stop.aborted) throw error;
			return outputs;
		},
		async replay(id, speed, show, signal) {
			const {path} = await withId(id);
			await replayJournal(journalIn(path), {speed, show, clock: systemClock, signal});
		},
	};
}

async function showKnown(path: string, show: (event: RealtimeEvent) => void): Promise<void> {
	for await (const {event} of timed(readJournal(journalIn(path)))) {
		if (!KNOWN.includes(event.type)) continue;
		// How long it took then says nothing of now.
		show(event.type === 'final' ? ({...event, latency: undefined} as RealtimeEvent) : event);
	}
}

async function withId(id: string): Promise<StoredSession> {
	const session = (await listSessions()).find((one) => one.id === id);
	if (session === undefined) throw new Error(`the session ${id} is gone`);
	return session;
}

const shown = ({id, info, seconds}: StoredSession) => ({id, startedAt: new Date(info.startedAt), seconds});
