/** What the state of a recording means, and the word for it. Pure. */
import type {BatchRow, RowState} from './table.ts';

const WORDS: Readonly<Record<RowState, string>> = {
	queued: 'waiting',
	checking: 'checking',
	converting: 'converting',
	uploading: 'uploading',
	transcribing: 'transcribing',
	saving: 'saving',
	done: 'done',
	left: 'at the service',
	failed: 'failed',
	cancelled: 'cancelled',
};

/** The state in a word, as it is shown and looked for. */
export function stateWord(row: BatchRow): string {
	return isInterrupted(row) ? 'interrupted' : WORDS[row.state];
}

/** True for what was under way when the user left: no failure, since the next start goes on with it. */
export const isInterrupted = ({state, cause}: BatchRow) => state === 'failed' && cause === 'interrupted';

/** Nothing of it is under way. */
export const isOver = ({state}: BatchRow) => ['done', 'failed', 'cancelled', 'left'].includes(state);

/** Milliseconds since it began, or that it took. @param now by the clock of the table */
export function elapsedOf({startedAt, endedAt}: BatchRow, now: number): number | undefined {
	return startedAt === undefined ? undefined : (endedAt ?? now) - startedAt;
}
