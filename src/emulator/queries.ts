/** Query parameters of the batch API, refused in the words of the service's framework. */
import {TRANSCRIPT_FORMATS, type TranscriptFormat} from '../speechmatics/jobs.ts';
import {Refusal} from './answers.ts';

/** Seconds a GET waits for a running job unless told otherwise. Source: batch API, synchronous mode. */
const DEFAULT_WAIT = 2;
/** The service caps the wait and does not say where; its examples go up to this. Seconds. */
export const LONGEST_WAIT = 60;
export const LARGEST_PAGE = 100;

export function formatOf(query: URLSearchParams): TranscriptFormat {
	const wanted = query.get('format') ?? 'json-v2';
	const format = TRANSCRIPT_FORMATS.find((known) => known === wanted);
	if (format === undefined) throw new Refusal(404, 'Format Not Supported');
	return format;
}

/** Seconds to wait for a running job, never more than the cap. */
export function waitOf(query: URLSearchParams, cap: number, fallback: number = DEFAULT_WAIT): number {
	return Math.min(cap, integer(query, 'wait', {fallback, least: 0, most: Number.MAX_SAFE_INTEGER}));
}

/** Milliseconds since 1970. */
export function momentOf(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (text === null) return undefined;
	const moment = Date.parse(text);
	if (Number.isNaN(moment)) throw new Refusal(422, `${name} in query must be of type date-time`);
	return moment;
}

export function integer(
	query: URLSearchParams,
	name: string,
	range: {fallback: number; least: number; most: number},
): number {
	const text = query.get(name);
	if (text === null) return range.fallback;
	if (!/^-?\d+$/.test(text)) throw new Refusal(422, `${name} in query must be of type int64`);
	const value = Number(text);
	if (value < range.least)
		throw new Refusal(422, `${name} in query should be greater than or equal to ${range.least}`);
	if (value > range.most)
		throw new Refusal(422, `${name} in query should be less than or equal to ${range.most}`);
	return value;
}
