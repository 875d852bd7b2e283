/** `speechdeck sessions list`. */
import {listSessions} from '../../realtime/stored-sessions.ts';
import {EXIT} from '../failure.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {tabbedLine, tableLines} from '../text-table.ts';
import {PLAIN_SESSION_COLUMNS, SESSION_COLUMNS, sessionRecord} from './facts.ts';

export interface SessionsListFlags {
	readonly json?: boolean;
}

/** @returns the exit code */
export async function sessionsListCommand({json}: SessionsListFlags, {out, err}: Streams): Promise<number> {
	const sessions = await listSessions();
	if (json === true) for (const session of sessions) out.line(ndjsonLine(sessionRecord(session)));
	else if (!out.isTerminal)
		for (const session of sessions) out.line(tabbedLine(session, PLAIN_SESSION_COLUMNS));
	else if (sessions.length > 0) {
		for (const line of tableLines(sessions, SESSION_COLUMNS, out.columns)) out.line(line);
	}
	if (sessions.length === 0) err.line('There are no sessions yet.');
	if (sessions.some(({state}) => state === 'crashed')) {
		err.line('Some broke off: "speechdeck sessions recover" completes them.');
	}
	return EXIT.ok;
}
