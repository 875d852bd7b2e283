/** Jobs as rows. Pure. */
import {localTime} from '../../platform/local-time.ts';
import {clockTime} from '../../platform/units.ts';
import {roughSpan} from '../moments.ts';
import type {Column} from '../text-table.ts';
import type {JobFacts} from './facts.ts';

/** A job that goes sooner than this is flagged. Milliseconds. */
const SOON = 24 * 3_600_000;

/** @param now milliseconds since 1970 */
export function jobColumns(now: number): Column<JobFacts>[] {
	return [
		{title: 'id', text: ({id}) => id, rank: 0, least: 10},
		{title: 'status', text: ({status}) => status, rank: 1},
		{
			title: 'created',
			text: ({createdAt}) => (createdAt === undefined ? '' : localTime(createdAt)),
			rank: 4,
		},
		{
			title: 'length',
			text: ({duration}) => (duration === undefined ? '' : clockTime(duration)),
			align: 'right',
			rank: 5,
		},
		{title: 'name', text: ({name = ''}) => name, rank: 2, least: 12},
		{title: 'language', text: speechOf, rank: 6},
		{title: 'reference', text: ({reference = ''}) => reference, rank: 7, least: 12},
		{title: 'note', text: (job) => noteOn(job, now), rank: 3, least: 15},
	];
}

/** For programs: the same columns, with times that sort and lengths that add up. @param now milliseconds since 1970 */
export function plainJobColumns(now: number): Column<JobFacts>[] {
	return jobColumns(now).map((column) => {
		if (column.title === 'created')
			return {...column, text: ({createdAt}: JobFacts) => isoOf(createdAt) ?? ''};
		if (column.title === 'length') return {...column, text: ({duration}: JobFacts) => String(duration ?? '')};
		return column;
	});
}

/** Why a job was rejected, or that it is about to go. @param now milliseconds since 1970 */
export function noteOn({status, errors, expiresAt}: JobFacts, now: number): string {
	if (status === 'rejected') return errors[0] ?? 'the service gave no reason';
	if (expiresAt === undefined || expiresAt - now >= SOON) return '';
	return expiresAt <= now ? 'expires any moment' : `expires in ${roughSpan(expiresAt - now)}`;
}

/** A job for `--json`. */
export function jobRecord(job: JobFacts) {
	return {...job, createdAt: isoOf(job.createdAt), expiresAt: isoOf(job.expiresAt)};
}

function isoOf(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

function speechOf({language, model}: JobFacts): string {
	return [language, model].filter((part) => part !== undefined).join(' ');
}
