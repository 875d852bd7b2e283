/** All that is known of one recording: what became of it, when, where it is, what support asks for, what was sent. */
import type {KeptJob} from '../../batch/kept-job.ts';
import {remedyInApp} from '../../batch/remedies.ts';
import type {BatchRow} from '../../batch/table.ts';
import type {Timeline} from '../../batch/timeline.ts';
import {localClockSeconds, localTime} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {clockTime, fileSize, timeSpan} from '../../platform/units.ts';
import {fit, wrap} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {jsonRows} from './json-rows.ts';
import {EMPTY, type Line, span} from './line.ts';
import {phaseLines} from './phase-lines.ts';
import {speedText, stateStyle, stateText} from './row-cells.ts';
import {timelineLines} from './timeline-lines.ts';

/** What the service said when it was asked about a job. */
export interface ServiceAnswer {
	/** When it was asked. Times are milliseconds since 1970. */
	readonly at: number;
	readonly status: string;
	readonly createdAt: number | undefined;
	/** Of audio. */
	readonly seconds: number | undefined;
	readonly errors: readonly string[];
	readonly requestIds: readonly string[];
}

export interface Details {
	readonly row: BatchRow;
	readonly timeline: Timeline | undefined;
	readonly kept: KeptJob | undefined;
	/** As it was sent, without secrets; `undefined` where it is not known. The same object as long as it is the same. */
	readonly config: unknown;
	/** Those that made the job, and those that asked after it. */
	readonly requestIds: readonly string[];
	/** The service's address. */
	readonly service: string;
	readonly isSimulated: boolean;
	/** Where the service was asked. */
	readonly answer: ServiceAnswer | undefined;
	/** Milliseconds by the clock of the table. */
	readonly now: number;
	/** The same moment, in milliseconds since 1970. */
	readonly wall: number;
}

const LABEL = 14;

type Fact = readonly [label: string, text: string | undefined | false, style?: StyleName];

/** @param columns all lines fit into */
export function detailsLines(details: Details, glyphs: Glyphs, columns: number): Line[] {
	const {timeline, kept, wall} = details;
	const sections: ReadonlyArray<readonly [title: string | undefined, lines: Line[]]> = [
		[undefined, factLines(stateFacts(details), columns)],
		['Where the time went', timeline === undefined ? [] : phaseLines(timeline, wall, glyphs, columns)],
		['What happened', timelineLines(timeline, kept?.job, wall, glyphs, columns)],
		['Files', factLines(fileFacts(details), columns)],
		['For support', factLines(supportFacts(details), columns)],
		['The service says', factLines(answerFacts(details), columns)],
		['As it was sent', configLines(details.config, columns)],
	];
	const filled = sections.filter(([, lines]) => lines.length > 0);
	return filled.flatMap(([title, lines], index) => [
		...(index === 0 ? [] : [EMPTY]),
		...(title === undefined ? [] : [[span(` ${title}`, 'strong')] as const]),
		...lines,
	]);
}

function stateFacts({row, kept, now}: Details): Fact[] {
	const {state, trouble, cause, reason, startedAt, endedAt, isFromBefore} = row;
	const isTold = state === 'failed' && cause !== undefined;
	const took = endedAt === undefined || startedAt === undefined ? '' : timeSpan((endedAt - startedAt) / 1000);
	return [
		['State', stateText(row, now, false), stateStyle(row)],
		['Why', trouble?.reason ?? reason],
		['What to do', isTold && remedyInApp(cause, reason ?? '', kept?.job.state === 'rejected')],
		['Tries', trouble && `${trouble.times} failed in a row; it goes on by itself`],
		['Took', state === 'done' && !isFromBefore && [took, speedText(row)].filter(Boolean).join(', ')],
		['Took then', isFromBefore && kept !== undefined && earlierText(row, kept)],
		['Paid', isFromBefore && 'by an earlier run: no new job was made'],
	];
}

function earlierText(row: BatchRow, {job: {processingSeconds, audioSeconds}}: KeptJob): string {
	if (processingSeconds === undefined) return '';
	const speed = audioSeconds ? speedText({...row, realTimeFactor: processingSeconds / audioSeconds}) : '';
	return [timeSpan(processingSeconds), speed].filter(Boolean).join(', ');
}

function fileFacts({row: {bytes, audioSeconds, file, outputs}, kept}: Details): Fact[] {
	const written = [...new Set([...outputs, ...(kept?.outputs ?? [])])];
	return [
		['Saved as', written.join('\n')],
		['Recording', file],
		['Size', bytes !== undefined && fileSize(bytes)],
		['Length', audioSeconds !== undefined && clockTime(audioSeconds)],
	];
}

function supportFacts({row: {jobId}, requestIds, service, isSimulated}: Details): Fact[] {
	if (jobId === undefined && requestIds.length === 0) return [];
	return [
		['Job', jobId],
		[requestIds.length > 1 ? 'Requests' : 'Request', requestIds.join('\n')],
		['Service', isSimulated ? 'SIMULATED: inside this program' : service, isSimulated ? 'warn' : 'plain'],
	];
}

function answerFacts({answer}: Details): Fact[] {
	if (answer === undefined) return [];
	const {at, status, createdAt, seconds, errors} = answer;
	return [
		['State', `${status}, asked at ${localClockSeconds(at)}`],
		['Made', createdAt !== undefined && localTime(createdAt)],
		['Length', seconds !== undefined && clockTime(seconds)],
		['Errors', errors.join('\n'), 'error'],
	];
}

function factLines(facts: readonly Fact[], columns: number): Line[] {
	return facts.flatMap(([label, text, style = 'plain']) => {
		if (text === undefined || text === false || text === '') return [];
		const rows = text.split('\n').flatMap((part) => wrap(printable(part), columns - LABEL - 3));
		return rows.map(
			(row, index): Line => [span(`  ${fit(index === 0 ? label : '', LABEL)}`, 'muted'), span(row, style)],
		);
	});
}

/** A dictionary may have a thousand words: they are made into lines once. */
const knownConfigs = new WeakMap<object, {readonly columns: number; readonly lines: Line[]}>();

function configLines(config: unknown, columns: number): Line[] {
	if (typeof config !== 'object' || config === null) return [];
	const known = knownConfigs.get(config);
	if (known?.columns === columns) return known.lines;
	const lines = jsonRows(config, columns - 3).map((row): Line => [span(`  ${row}`)]);
	knownConfigs.set(config, {columns, lines});
	return lines;
}
