/** What is told of a session. */
import {localTime} from '../../platform/local-time.ts';
import {timeSpan} from '../../platform/units.ts';
import type {StoredSession} from '../../realtime/stored-sessions.ts';
import {DEFAULT_MODEL} from '../../speechmatics/config.ts';
import type {Column} from '../text-table.ts';

/** What a program reads of a session. Times are seconds. */
export function sessionRecord({id, path, info, state, end, ...session}: StoredSession): object {
	const {language, model = DEFAULT_MODEL} = info.start.transcriptionConfig;
	return {
		id,
		state,
		started: info.startedAt,
		source: info.source,
		language,
		model,
		seconds: rounded(session.seconds),
		...(session.recordedSeconds !== undefined && {recordedSeconds: rounded(session.recordedSeconds)}),
		...(end.finalUntil !== undefined && {finalUntil: rounded(end.finalUntil)}),
		untranscribedSeconds: rounded(session.untranscribedSeconds),
		folder: path,
		...(info.simulated && {simulated: true}),
	};
}

export const SESSION_COLUMNS: readonly Column<StoredSession>[] = [
	{title: 'id', text: ({id}) => id, rank: 0},
	{title: 'state', text: ({state}) => state, rank: 1},
	{title: 'length', text: ({seconds}) => timeSpan(seconds), align: 'right', rank: 2},
	{title: 'language', text: ({info}) => info.start.transcriptionConfig.language, rank: 4},
	{title: 'source', text: ({info}) => info.source, rank: 5, least: 10},
	{title: 'note', text: noteOf, rank: 3, least: 12},
];

/** For another program: columns that do not depend on a screen. */
export const PLAIN_SESSION_COLUMNS: readonly Column<StoredSession>[] = [
	{title: 'id', text: ({id}) => id, rank: 0},
	{title: 'state', text: ({state}) => state, rank: 0},
	{title: 'started', text: ({info}) => info.startedAt, rank: 0},
	{title: 'seconds', text: ({seconds}) => String(rounded(seconds)), rank: 0},
	{title: 'language', text: ({info}) => info.start.transcriptionConfig.language, rank: 0},
	{title: 'source', text: ({info}) => info.source, rank: 0},
	{title: 'note', text: noteOf, rank: 0},
];

/** What somebody may want to do something about. */
function noteOf({info, state, untranscribedSeconds}: StoredSession): string {
	const notes = [
		...(state !== 'running' && untranscribedSeconds >= 1
			? [`${timeSpan(untranscribedSeconds)} not transcribed`]
			: []),
		...(info.simulated ? ['simulated'] : []),
	];
	return notes.join(', ');
}

/** Names and values for people. */
export function sessionPairs(session: StoredSession): Array<[string, string]> {
	const {id, path, info, state, seconds, recordedSeconds, end} = session;
	const {language, model = DEFAULT_MODEL} = info.start.transcriptionConfig;
	const pairs: Array<[string, string | undefined]> = [
		['id', id],
		['state', state],
		['note', noteOf(session) || undefined],
		['started', localTime(Date.parse(info.startedAt))],
		['length', timeSpan(seconds)],
		['recorded', recordedSeconds === undefined ? undefined : timeSpan(recordedSeconds)],
		['words until', end.finalUntil === undefined ? undefined : timeSpan(end.finalUntil)],
		['source', info.source],
		['language', language],
		['model', model],
		['folder', path],
	];
	return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

const rounded = (seconds: number) => Math.round(seconds * 100) / 100;
