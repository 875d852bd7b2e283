/** `speechdeck sessions show`. */
import {printable} from '../../platform/printable.ts';
import {clockTime, timeSpan} from '../../platform/units.ts';
import type {RealtimeEvent} from '../../realtime/events.ts';
import {readJournal} from '../../realtime/journal-reader.ts';
import {journalIn} from '../../realtime/session-folder.ts';
import {EXIT} from '../failure.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {sessionPairs, sessionRecord} from './facts.ts';
import {findSession} from './find.ts';

export interface SessionsShowFlags {
	readonly json?: boolean;
}

/** @returns the exit code */
export async function sessionsShowCommand(
	id: string,
	{json}: SessionsShowFlags,
	{out}: Streams,
): Promise<number> {
	const session = await findSession(id);
	const events: RealtimeEvent[] = [];
	for await (const event of readJournal(journalIn(session.path))) if (isTold(event)) events.push(event);
	if (json === true) {
		out.line(ndjsonLine({...sessionRecord(session), config: session.info.start, events}));
		return EXIT.ok;
	}
	const pairs = [...sessionPairs(session), ...events.map(pairOf)];
	const width = Math.max(...pairs.map(([name]) => name.length)) + 2;
	for (const [name, text] of pairs) out.line(name.padEnd(width) + printable(text));
	return EXIT.ok;
}

type Told = Extract<RealtimeEvent, {type: 'started' | 'gap' | 'mark' | 'speaker' | 'error' | 'saved'}>;

function isTold(event: RealtimeEvent): event is Told {
	return ['started', 'gap', 'mark', 'speaker', 'error', 'saved'].includes(event.type);
}

function pairOf(event: RealtimeEvent): [string, string] {
	const told = event as Told;
	switch (told.type) {
		case 'started': {
			const ids = [told.sessionId, told.requestId && `request ${told.requestId}`].filter((id) => id);
			return ['connection', `at ${clockTime(told.offset)}: ${ids.join(', ') || 'without an id'}`];
		}
		case 'gap':
			return ['gap', `at ${clockTime(told.from)}, ${timeSpan(told.seconds)}: ${told.reason}`];
		case 'mark':
			return ['mark', `at ${clockTime(told.time)}${told.text === '' ? '' : `: ${told.text}`}`];
		case 'speaker':
			return ['speaker', `${told.label} is ${told.name}`];
		case 'error':
			return ['error', told.reason];
		case 'saved':
			return ['saved', told.outputs.join(', ') || 'nothing'];
	}
}
