/** What happened in live sessions, without a word that was said in them. */
import {extname} from 'node:path';
import type {JournaledEvent} from '../../realtime/journal.ts';
import {readJournal} from '../../realtime/journal-reader.ts';
import {journalIn} from '../../realtime/session-folder.ts';
import type {StoredSession} from '../../realtime/stored-sessions.ts';

/** As many as the vendor's support asks for. */
const LAST_MESSAGES = 200;
/** Of each session: where a network comes and goes, there are thousands. */
const MOST_TROUBLES = 100;

type Told = Record<string, unknown>;

/** @param withMessages the last messages too, and not only connections and troubles */
export async function sessionFacts(
	{id, path, info, state, seconds, recordedSeconds, end}: StoredSession,
	withMessages: boolean,
): Promise<object> {
	const connections: Told[] = [];
	const troubles: Told[] = [];
	const messages: Told[] = [];
	for await (const event of readJournal(journalIn(path))) {
		const told = toldEvent(event);
		if (event.type === 'started') connections.push(told);
		if (isTrouble(event)) keepLast(troubles, told, MOST_TROUBLES);
		if (withMessages) keepLast(messages, told, LAST_MESSAGES);
	}
	return {
		id,
		state,
		startedAt: info.startedAt,
		version: info.version,
		source: info.file === undefined ? info.source : `a file${extname(info.file)}`,
		...(info.simulated && {simulated: true}),
		seconds,
		recordedSeconds,
		finalUntil: end.finalUntil,
		config: info.start,
		connections,
		troubles,
		...(withMessages && {lastMessages: messages}),
	};
}

/** An event as it may leave: its times, ids and reasons, and how much was said instead of what. */
function toldEvent(event: JournaledEvent): Told {
	const at = new Date(event.at).toISOString();
	switch (event.type) {
		case 'final':
		case 'partial': {
			const {type, startTime, endTime, results} = event;
			const latency = event.type === 'final' ? event.latency : undefined;
			return {at, type, startTime, endTime, items: results.length, ...(latency !== undefined && {latency})};
		}
		case 'translation': {
			const {type, language, isFinal, segments} = event;
			return {at, type, language, isFinal, segments: segments.length};
		}
		case 'started': {
			const {languagePack: _, ...told} = event;
			return {...told, at};
		}
		case 'mark':
			return {at, type: event.type, time: event.time};
		case 'speaker':
			// Of somebody who was known by voice, the label is the name.
			return {at, type: event.type};
		case 'recording':
			return {at, type: event.type};
		case 'saved':
			return {at, type: event.type, files: event.outputs.length};
		default:
			return {...event, at};
	}
}

function isTrouble({type, ...event}: JournaledEvent): boolean {
	if (type === 'error' || type === 'warning' || type === 'gap') return true;
	if (type === 'microphone') return ['lost', 'back', 'silent'].includes((event as {is: string}).is);
	if (type === 'state') return (event as {reason?: string}).reason !== undefined;
	return type === 'ended';
}

function keepLast<Item>(items: Item[], item: Item, most: number): void {
	items.push(item);
	if (items.length > most) items.shift();
}
