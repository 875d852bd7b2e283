/** `speechdeck sessions delete`. */
import {SessionBusyError} from '../../realtime/session-lock.ts';
import {deleteSession, type StoredSession} from '../../realtime/stored-sessions.ts';
import {type Confirm, confirmOnTerminal} from '../confirm.ts';
import {EXIT, UsageError} from '../failure.ts';
import type {Streams} from '../streams.ts';
import {findSession} from './find.ts';

export interface SessionsDeleteFlags {
	/** Nobody is asked. */
	readonly yes?: boolean;
}

/** @returns the exit code: 1 where one is running */
export async function sessionsDeleteCommand(
	ids: readonly string[],
	{yes}: SessionsDeleteFlags,
	{err}: Streams,
	confirm: Confirm = confirmOnTerminal,
): Promise<number> {
	const sessions = new Map<string, StoredSession>();
	for (const id of ids) {
		const session = await findSession(id);
		sessions.set(session.id, session);
	}
	if (yes !== true) {
		const what = sessions.size === 1 ? `session ${[...sessions.keys()][0]}` : `${sessions.size} sessions`;
		const answer = await confirm(`Delete ${what}, with what was recorded?`);
		if (answer === undefined) {
			throw new UsageError('Nobody can be asked here whether to delete: add --yes to do it all the same');
		}
		if (answer === 'interrupted') return EXIT.interrupted;
		if (answer === 'no') {
			err.line('Nothing was deleted.');
			return EXIT.failed;
		}
	}
	let code: number = EXIT.ok;
	for (const [id, {path}] of sessions) {
		try {
			deleteSession(path);
			err.line(`${id}: deleted.`);
		} catch (error) {
			if (!(error instanceof SessionBusyError)) throw error;
			err.line(`${id}: it is still running, and was not deleted.`);
			code = EXIT.failed;
		}
	}
	return code;
}
