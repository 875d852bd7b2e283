/** `speechdeck usage`: hours by kind, language and model. */
import type {Usage} from '../speechmatics/jobs.ts';
import {type ServiceFlags, withBatchService} from './batch-service.ts';
import {EXIT} from './failure.ts';
import {ndjsonLine, type Streams} from './streams.ts';
import {type Column, tabbedLine, tableLines} from './text-table.ts';

export interface UsageFlags extends ServiceFlags {
	/** First and last UTC day, `YYYY-MM-DD`. */
	readonly since?: string;
	readonly until?: string;
	readonly json?: boolean;
}

/** @returns the exit code */
export function usageCommand({since, until, json, ...flags}: UsageFlags, streams: Streams): Promise<number> {
	return withBatchService(flags, streams, async ({client, signal, simulated}) => {
		const {out, err} = streams;
		const usage = await client.getUsage({
			signal,
			...(since !== undefined && {since}),
			...(until !== undefined && {until}),
		});
		if (json === true) {
			out.line(ndjsonLine(simulated ? {...usage, simulated} : usage));
			return EXIT.ok;
		}
		const rows = usageRows(usage);
		if (!out.isTerminal) for (const row of rows) out.line(tabbedLine(row, PLAIN_COLUMNS));
		else if (rows.length > 0) {
			for (const line of tableLines([...rows, totalOf(rows)], COLUMNS, out.columns)) out.line(line);
		} else out.line('Nothing was used in this time.');
		err.line(`From ${dayOf(usage.since)} to ${dayOf(usage.until)}, in days of UTC. Today is not in it.`);
		return EXIT.ok;
	});
}

export interface UsageRow {
	readonly mode: string;
	readonly type: string;
	readonly language: string;
	readonly model: string;
	readonly jobs: number;
	readonly hours: number;
}

/** What was used, most hours first. A service that gives no details has its summary told. */
function usageRows({details, summary}: Usage): UsageRow[] {
	return (details.length > 0 ? details : summary)
		.map(({mode, type, language, model, count, duration_hrs}) => ({
			mode: mode ?? '',
			type: type ?? '',
			language: language ?? '',
			model: model ?? '',
			jobs: count,
			hours: duration_hrs,
		}))
		.sort((one, other) => other.hours - one.hours || other.jobs - one.jobs);
}

function totalOf(rows: readonly UsageRow[]): UsageRow {
	const sum = (of: (row: UsageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
	return {
		mode: '',
		type: 'total',
		language: '',
		model: '',
		jobs: sum(({jobs}) => jobs),
		hours: sum(({hours}) => hours),
	};
}

const COLUMNS: readonly Column<UsageRow>[] = [
	{title: 'type', text: ({type}) => type, rank: 0, least: 8},
	{title: 'mode', text: ({mode}) => mode, rank: 5},
	{title: 'language', text: ({language}) => language, rank: 3},
	{title: 'model', text: ({model}) => model, rank: 4},
	{title: 'jobs', text: ({jobs}) => String(jobs), align: 'right', rank: 2},
	{title: 'hours', text: ({hours}) => hoursText(hours), align: 'right', rank: 1},
];

const PLAIN_COLUMNS = COLUMNS.map((column) =>
	column.title === 'hours' ? {...column, text: ({hours}: UsageRow) => String(hours)} : column,
);

function hoursText(hours: number): string {
	return hours > 0 && hours < 0.005 ? '<0.01' : hours.toFixed(2);
}

function dayOf(moment: string): string {
	return moment.slice(0, 10);
}
