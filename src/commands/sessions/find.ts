/** Which session is meant. */
import {sessionsFolder} from '../../realtime/session-folder.ts';
import {listSessions, type StoredSession} from '../../realtime/stored-sessions.ts';
import {UsageError} from '../failure.ts';

/**
 * Finds a session by its id, by the beginning of it that no other has, or as `last`.
 *
 * @throws UsageError where there is none, or more than one
 */
export async function findSession(id: string, root = sessionsFolder()): Promise<StoredSession> {
	const sessions = await listSessions(root);
	const exact = id === 'last' ? sessions[0] : sessions.find((session) => session.id === id);
	if (exact !== undefined) return exact;
	const alike = sessions.filter((session) => session.id.startsWith(id));
	if (alike.length === 1) return alike[0]!;
	if (alike.length > 1) {
		throw new UsageError(
			`${alike.length} sessions begin with "${id}", such as ${alike[0]!.id}: type more of the id`,
		);
	}
	throw new UsageError(`There is no session "${id}": "speechdeck sessions list" tells which there are`);
}
