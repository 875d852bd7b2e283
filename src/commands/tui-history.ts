/** The history, as the app knows it. */
import type {History} from '../history/history.ts';
import type {HistoryServices} from '../tui/services.ts';

/** Nothing is read or opened before the app asks for it: it shall start at once. */
export function historyServices(): HistoryServices & Disposable {
	let opened: History | undefined;
	return {
		async open(onNotice) {
			const {History} = await import('../history/history.ts');
			const {historyPlaces} = await import('./history/with-history.ts');
			opened ??= new History(historyPlaces(), onNotice);
			return opened;
		},
		[Symbol.dispose]: () => opened?.close(),
	};
}
