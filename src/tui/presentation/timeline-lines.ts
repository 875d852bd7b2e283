/** What happened to a recording, a row for each moment: when, how long after the start, and what. */
import type {JobRecord} from '../../batch/ledger/records.ts';
import type {Moment, Timeline} from '../../batch/timeline.ts';
import {localClockSeconds, localDay} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {clockTime, counted, fileSize} from '../../platform/units.ts';
import {fit, wrap} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, span} from './line.ts';
import {shortSpan} from './phase-lines.ts';

const CLOCK = 8;
const ELAPSED = 8;
/** From so many columns on there is room for the time since the start. */
const ELAPSED_FROM = 44;

interface Entry {
	/** Milliseconds since 1970. */
	readonly at?: number;
	/** Milliseconds since it was added, in this run. */
	readonly after?: number;
	readonly sign: string;
	readonly style: StyleName;
	readonly text: string;
}

/**
 * @param job what is kept of its job; what earlier runs did comes from there
 * @param now milliseconds since 1970: days are named where they are not today
 */
export function timelineLines(
	timeline: Timeline | undefined,
	job: JobRecord | undefined,
	now: number,
	glyphs: Glyphs,
	columns: number,
): Line[] {
	const entries = [...earlier(job, timeline, glyphs), ...(timeline ? momentEntries(timeline, glyphs) : [])];
	let day = localDay(now);
	return entries.flatMap((entry) => {
		const on = entry.at === undefined ? day : localDay(entry.at);
		const heading: Line[] = on === day ? [] : [[span(`  ${on}`, 'muted')]];
		day = on;
		return [...heading, ...entryLines(entry, columns)];
	});
}

/** What the ledger knows of earlier runs. */
function earlier(job: JobRecord | undefined, timeline: Timeline | undefined, {states}: Glyphs): Entry[] {
	if (job === undefined) return [];
	const start = timeline?.first[0]?.at ?? Number.POSITIVE_INFINITY;
	const took =
		job.processingSeconds === undefined ? '' : `, ${shortSpan(job.processingSeconds)} after the job was made`;
	const moments: ReadonlyArray<readonly [number | undefined, string, string]> = [
		[job.submittingAt, states.uploading, 'upload began, in an earlier run'],
		[job.submittedAt, states.transcribing, 'sent: the service has the job'],
		[job.fetchedAt, states.saving, `transcript here${took}`],
	];
	return moments.flatMap(([at, sign, text]) =>
		at === undefined || at >= start ? [] : [{at, sign, style: 'muted', text} as const],
	);
}

function momentEntries({first, skipped, skippedRetries, last}: Timeline, glyphs: Glyphs): Entry[] {
	const start = first[0]!.at;
	const entry = (moment: Moment): Entry => ({
		at: moment.at,
		after: moment.at - start,
		...described(moment, glyphs),
	});
	const between: Entry = {
		sign: ' ',
		style: 'muted',
		text: `… ${skipped} more, ${skippedRetries} of them failures …`,
	};
	return [...first.map(entry), ...(skipped === 0 ? [] : [between]), ...last.map(entry)];
}

function described(moment: Moment, {states, again}: Glyphs): Pick<Entry, 'sign' | 'style' | 'text'> {
	switch (moment.is) {
		case 'added':
			return {sign: states.queued, style: 'plain', text: 'added'};
		case 'checking':
			return {sign: states.checking, style: 'plain', text: 'looking at it'};
		case 'checked':
			return {sign: states.queued, style: 'plain', text: 'checked: waits for its turn'};
		case 'converting':
			return {sign: states.converting, style: 'plain', text: 'converting it'};
		case 'uploading':
			return {sign: states.uploading, style: 'plain', text: 'upload began'};
		case 'submitted':
			return {sign: states.transcribing, style: 'plain', text: submittedText(moment)};
		case 'retrying':
			return {sign: again, style: 'warn', text: retryText(moment)};
		case 'saving':
			return {sign: states.saving, style: 'plain', text: 'transcript here'};
		case 'done':
			return {sign: states.done, style: 'ok', text: doneText(moment)};
		case 'left':
			return {sign: states.left, style: 'plain', text: 'left to the service'};
		case 'failed':
			return {sign: states.failed, style: 'error', text: `failed: ${moment.reason}`};
		case 'cancelled':
			return {sign: states.cancelled, style: 'plain', text: 'cancelled'};
	}
}

function submittedText({jobId, bytes, seconds, isResumed}: Extract<Moment, {is: 'submitted'}>): string {
	if (isResumed) return `goes on with the job that was there: ${jobId}`;
	const speed = seconds > 0 ? `, ${fileSize(bytes / seconds)}/s` : '';
	return bytes === 0 ? `the service has the job ${jobId}` : `sent ${fileSize(bytes)}${speed}: job ${jobId}`;
}

function retryText({reason, inSeconds, times}: Extract<Moment, {is: 'retrying'}>): string {
	const row = times > 1 ? `, ${times} failures in a row` : '';
	return `${reason} (again in ${shortSpan(inSeconds)}${row})`;
}

function doneText({files, isFromBefore}: Extract<Moment, {is: 'done'}>): string {
	if (isFromBefore) return 'done before: no new job';
	return files === 0 ? 'done' : `done: ${counted(files, 'file')} saved`;
}

function entryLines({at, after, sign, style, text}: Entry, columns: number): Line[] {
	const clock = at === undefined ? '' : localClockSeconds(at);
	const since = after === undefined ? '' : `+${clockTime(after / 1000)}`;
	const elapsed = columns < ELAPSED_FROM ? '' : fit(since, ELAPSED, 'right');
	const before = `  ${fit(clock, CLOCK)}${elapsed}  `;
	const indent = before.length + 2;
	return wrap(printable(text), columns - indent - 1).map((row, index) =>
		index === 0
			? [span(before, 'muted'), span(`${sign} `, style), span(row, style)]
			: [span(' '.repeat(indent)), span(row, style)],
	);
}
