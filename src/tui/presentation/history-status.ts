/** The line below the history, and what stands there where it is empty. */
import type {RefreshProgress} from '../../history/refresh.ts';
import type {HistoryController} from '../controllers/history-controller.ts';
import {MOST_FOUND} from '../controllers/history-search.ts';
import {fieldSpans} from './field-spans.ts';
import {centred, EMPTY, type Line, span, spread} from './line.ts';

/** Columns for what is typed at least. */
const LEAST_FIELD = 12;

export function historyStatus(history: HistoryController, columns: number): Line {
	const {problem, refreshing} = history.store.getState();
	const {search} = history;
	if (search.store.getState().typing) return typingLine(history, columns);
	if (problem !== undefined) return [span(` ${problem}`, 'error')];
	const left = search.isActive ? foundSpans(history) : totalSpans(history);
	return spread(left, [span(`${refreshText(refreshing)} `, 'accent')], columns);
}

function typingLine({search}: HistoryController, columns: number): Line {
	const {total, query} = search.store.getState();
	const isDone = query !== '' && query === search.field.text.trim();
	const right = isDone ? ` ${foundIn(total)} ` : '';
	const fits = columns - 3 - right.length >= LEAST_FIELD;
	const field = fieldSpans(search.field, columns - 3 - (fits ? right.length : 0));
	return [span(' / ', 'key'), ...field, ...(fits ? [span(right, total === 0 ? 'warn' : 'muted')] : [])];
}

const foundIn = (total: number) => (total === 0 ? 'not found' : `found in ${total}`);

function foundSpans({search, list}: HistoryController): Line {
	const {query, total} = search.store.getState();
	const {kind, total: all} = list.store.getState();
	const of = total === 0 ? '' : ` of ${all}${kind === undefined ? '' : ` ${kind}`}`;
	const most = total > MOST_FOUND ? `, the best ${MOST_FOUND} are shown` : '';
	return [
		span(` /${query}`, 'accent'),
		span(`  ${foundIn(total)}${of}${most}`, total === 0 ? 'warn' : 'muted'),
	];
}

function totalSpans({list}: HistoryController): Line {
	const {total, cursor, kind} = list.store.getState();
	if (total === 0) return [];
	return [
		...(kind === undefined ? [] : [span(` ${kind} only `, 'accent')]),
		span(` ${cursor + 1} of ${total}`, 'muted'),
	];
}

function refreshText(refreshing: RefreshProgress | 'looking' | undefined): string {
	if (refreshing === undefined || refreshing === 'looking') return '';
	return `reading ${refreshing.done} of ${refreshing.total}…`;
}

/** What to say where there is nothing to list. */
export function emptyHistory(
	history: HistoryController,
	hasHistory: boolean,
	{rows, columns}: {readonly rows: number; readonly columns: number},
): Line[] {
	return centred(emptyLines(history, hasHistory), rows, columns);
}

function emptyLines({store, list, search}: HistoryController, hasHistory: boolean): Line[] {
	const {isKnown, problem, refreshing} = store.getState();
	const {kind} = list.store.getState();
	if (!hasHistory) {
		return told(
			'The demo keeps no history',
			[span('With a key of your own,')],
			[span('all you transcribe is found here.')],
		);
	}
	if (search.isActive) {
		return told(`Nothing is found for ${search.store.getState().query}`, [
			span('Try fewer words. '),
			span('Esc', 'key'),
			span(' shows all.'),
		]);
	}
	if (problem !== undefined) {
		return told('The history cannot be shown', [span('R', 'key'), span(' tries again.')]);
	}
	if (!isKnown) {
		return told('Reading what was transcribed here…', [span(refreshText(refreshing) || ' ', 'muted')]);
	}
	if (kind !== undefined) {
		const what = kind === 'batch' ? 'No recordings yet' : 'No live sessions yet';
		return told(what, [span('f', 'key'), span(' shows the other kind.')]);
	}
	return told(
		'Nothing was transcribed here yet',
		[span('Press '), span('1', 'key'), span(' for recordings,')],
		[span('or '), span('2', 'key'), span(' for live speech.')],
	);
}

const told = (what: string, ...how: Line[]): Line[] => [[span(what, 'strong')], EMPTY, ...how];
