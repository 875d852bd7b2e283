/** What happened to one recording and when, folded from the events of a batch. */
import type {BatchEvent} from './events.ts';
import type {BatchRow} from './table.ts';

/** Where a recording's time goes, in the order in which it comes to them. `here`: it waits for its turn, or a retry. */
export const PHASES = ['here', 'checking', 'converting', 'uploading', 'service', 'saving'] as const;
export type Phase = (typeof PHASES)[number];

/** Something that happened. */
export type Moment = {
	/** Milliseconds since 1970. */
	readonly at: number;
} & (
	| {readonly is: 'added' | 'checking' | 'checked' | 'converting' | 'uploading' | 'left' | 'cancelled'}
	| {
			readonly is: 'submitted';
			readonly jobId: string;
			readonly requestId: string | undefined;
			/** What was sent, and the seconds that took; 0 where the service fetches it. */
			readonly bytes: number;
			readonly seconds: number;
			/** True for a job that was there already. */
			readonly isResumed: boolean;
	  }
	| {
			readonly is: 'retrying';
			readonly reason: string;
			readonly inSeconds: number;
			/** Failures in a row. */
			readonly times: number;
	  }
	/** The transcript is here. */
	| {readonly is: 'saving'}
	| {readonly is: 'done'; readonly files: number; readonly isFromBefore: boolean}
	| {readonly is: 'failed'; readonly reason: string}
);

/** However often a recording is tried again, its timeline stays small: what is between the two ends is counted. */
export interface Timeline {
	readonly first: readonly Moment[];
	readonly skipped: number;
	/** Of those skipped: how many were failures that were tried again. */
	readonly skippedRetries: number;
	readonly last: readonly Moment[];
	/** Milliseconds spent in each phase that is over. */
	readonly spent: Readonly<Partial<Record<Phase, number>>>;
	/** The phase it is in; `undefined` where all is over. */
	readonly phase: Phase | undefined;
	/** When that began, in milliseconds since 1970. */
	readonly since: number;
}

const FIRST = 8;
const LAST = 12;

const NOTHING: Timeline = {
	first: [],
	skipped: 0,
	skippedRetries: 0,
	last: [],
	spent: {},
	phase: undefined,
	since: 0,
};

type RowEvent = Exclude<BatchEvent, {type: 'finished'}>;

/**
 * @param before `undefined` where nothing happened yet; what is put into the table again begins anew
 * @param row as it was before the event
 * @param at milliseconds since 1970
 */
export function timelineAfter(
	before: Timeline | undefined,
	event: RowEvent,
	row: Pick<BatchRow, 'sentBytes'>,
	at: number,
): Timeline {
	const timeline = event.type === 'queued' ? NOTHING : (before ?? NOTHING);
	// How far an upload is comes many times a second, and is no moment.
	if (event.type === 'uploading' && timeline.phase === 'uploading') return timeline;
	const moment = momentOf(event, timeline, row, at);
	return {...withMoment(timeline, moment), ...withPhase(timeline, phaseAfter(event, timeline.phase), at)};
}

/** Milliseconds in each phase, the one it is in included. @param now milliseconds since 1970 */
export function timeSpent({spent, phase, since}: Timeline, now: number): Timeline['spent'] {
	return phase === undefined ? spent : {...spent, [phase]: (spent[phase] ?? 0) + Math.max(0, now - since)};
}

function withPhase({spent, phase, since}: Timeline, next: Phase | undefined, at: number) {
	if (phase === next) return {spent, phase, since};
	// A clock that is set back gives no time.
	const added = phase === undefined ? {} : {[phase]: (spent[phase] ?? 0) + Math.max(0, at - since)};
	return {spent: {...spent, ...added}, phase: next, since: at};
}

function withMoment(
	{first, skipped, skippedRetries, last}: Timeline,
	moment: Moment,
): Pick<Timeline, 'first' | 'skipped' | 'skippedRetries' | 'last'> {
	if (first.length < FIRST) return {first: [...first, moment], skipped, skippedRetries, last};
	if (last.length < LAST) return {first, skipped, skippedRetries, last: [...last, moment]};
	const isRetry = last[0]!.is === 'retrying';
	return {
		first,
		skipped: skipped + 1,
		skippedRetries: skippedRetries + (isRetry ? 1 : 0),
		last: [...last.slice(1), moment],
	};
}

function phaseAfter({type}: RowEvent, before: Phase | undefined): Phase | undefined {
	switch (type) {
		case 'queued':
		case 'waiting':
			return 'here';
		case 'checking':
		case 'converting':
		case 'uploading':
		case 'saving':
			return type;
		case 'submitted':
			return 'service';
		case 'retrying':
			return before === 'service' ? 'service' : 'here';
		default:
			return undefined;
	}
}

function momentOf(
	event: RowEvent,
	{phase, since}: Timeline,
	{sentBytes}: {sentBytes: number},
	at: number,
): Moment {
	switch (event.type) {
		case 'queued':
			return {at, is: 'added'};
		case 'waiting':
			return {at, is: 'checked'};
		case 'checking':
		case 'converting':
		case 'uploading':
		case 'saving':
		case 'left':
		case 'cancelled':
			return {at, is: event.type};
		case 'submitted': {
			const wasSent = phase === 'uploading';
			return {
				at,
				is: 'submitted',
				jobId: event.jobId,
				requestId: event.requestId,
				bytes: wasSent ? sentBytes : 0,
				seconds: wasSent ? Math.max(0, at - since) / 1000 : 0,
				isResumed: event.isResumed === true,
			};
		}
		case 'retrying': {
			const {reason, inSeconds, times} = event;
			return {at, is: 'retrying', reason, inSeconds, times};
		}
		case 'done':
			return {at, is: 'done', files: event.outputs.length, isFromBefore: event.isFromBefore === true};
		case 'failed':
			return {at, is: 'failed', reason: event.reason};
	}
}
