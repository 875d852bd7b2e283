/** The history, brought up to date for a command. */
import {join} from 'node:path';
import {HistoryError} from '../../history/database.ts';
import {History} from '../../history/history.ts';
import type {Refreshed, RefreshProgress} from '../../history/refresh.ts';
import type {HistoryPlaces} from '../../history/sources.ts';
import {folder} from '../../platform/folders.ts';
import {sessionsFolder} from '../../realtime/session-folder.ts';
import {ledgerPath, transcriptsFolder} from '../batch-work.ts';
import {EXIT, ended} from '../failure.ts';
import {StatusLine} from '../status-line.ts';
import type {Streams} from '../streams.ts';

/** Milliseconds that work may take before it is told how far it is, and between two times. */
const TOLD_EVERY = 100;

/** Where the history is, and what it is made of. */
export const historyPlaces = (): HistoryPlaces => ({
	index: join(folder('data'), 'history.sqlite'),
	sessions: sessionsFolder(),
	transcripts: transcriptsFolder(),
	ledger: ledgerPath(),
});

/**
 * Opens the history and brings it up to date, on a terminal with a line that tells how far that is.
 *
 * @param options.isAnew reads everything again
 * @returns the exit code: that of `work`, or 1 where the history cannot be read
 */
export async function withHistory(
	{err}: Streams,
	work: (history: History, refreshed: Refreshed) => number | Promise<number>,
	{isAnew = false} = {},
): Promise<number> {
	const status = new StatusLine(err);
	let toldAt = performance.now();
	const onProgress = ({done, total}: RefreshProgress) => {
		if (performance.now() - toldAt < TOLD_EVERY) return;
		toldAt = performance.now();
		status.draw(`Reading what was transcribed: ${done} of ${total}…`);
	};
	try {
		using history = new History(historyPlaces(), (sentence) => status.above(ended(sentence)));
		const refreshed = await (isAnew ? history.rebuild({onProgress}) : history.refresh({onProgress}));
		status.clear();
		return await work(history, refreshed);
	} catch (error) {
		status.clear();
		if (!(error instanceof HistoryError)) throw error;
		err.line(ended(error.message));
		return EXIT.failed;
	}
}
