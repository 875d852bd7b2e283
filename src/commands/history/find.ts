/** Which entry is meant. */
import type {Entry} from '../../history/entry.ts';
import type {History} from '../../history/history.ts';
import {UsageError} from '../failure.ts';

/**
 * Finds an entry by its id, or by the id of its session or job, or by the beginning of it that no other has, or as `last`.
 *
 * @throws UsageError where there is none, or more than one
 */
export function findEntry(history: History, id: string): Entry {
	const [entry, ...others] = history.find(id);
	if (entry === undefined) {
		throw new UsageError(`There is no entry "${id}": "speechdeck history" tells which there are`);
	}
	if (others.length > 0) {
		throw new UsageError(
			`${others.length + 1} entries begin with "${id}", such as ${entry.sessionId ?? entry.id}: type more of the id`,
		);
	}
	return entry;
}
