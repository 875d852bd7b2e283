import {expect, test} from 'bun:test';
import {UnexpectedResponseError} from '../../src/speechmatics/errors.ts';
import {MAX_PAGE, walkJobs} from '../../src/speechmatics/job-list.ts';

interface Row {
	readonly id: string;
	readonly created_at: string;
}

/** A service that compares whole milliseconds, as the real one does. */
function service(rows: readonly Row[]) {
	const requests: Array<string | undefined> = [];
	const page = async (createdBefore: string | undefined) => {
		requests.push(createdBefore);
		const limit = createdBefore === undefined ? Number.POSITIVE_INFINITY : Date.parse(createdBefore);
		const jobs = rows.filter(({created_at}) => Date.parse(created_at) < limit).slice(0, MAX_PAGE);
		return {jobs, rows: jobs.length};
	};
	return {page, requests};
}

const at = (millisecond: number) => new Date(Date.UTC(2026, 0, 1) + millisecond).toISOString();

async function idsOf(rows: readonly Row[]): Promise<string[]> {
	const ids: string[] = [];
	for await (const {id} of walkJobs(service(rows).page)) ids.push(id);
	return ids;
}

test.each([1, 3, 7, 50, 99])(
	'no job is lost or told twice when %p of them share a millisecond',
	async (ties) => {
		const rows = Array.from({length: 250}, (_, index) => ({
			id: `job${index}`,
			created_at: at(10_000 - Math.floor(index / ties)),
		}));
		expect(await idsOf(rows)).toEqual(rows.map(({id}) => id));
	},
);

test('microseconds are cut as the service cuts them', async () => {
	const rows = Array.from({length: 150}, (_, index) => ({
		id: `job${index}`,
		created_at: `2026-01-01T00:00:0${index < 120 ? 1 : 0}.${index < 50 ? '124' : '123'}${String(999 - index).padStart(3, '0')}Z`,
	}));
	expect(await idsOf(rows)).toEqual(rows.map(({id}) => id));
});

test('pages are asked for only as they are needed', async () => {
	const rows = Array.from({length: 250}, (_, index) => ({id: `job${index}`, created_at: at(1000 - index)}));
	const {page, requests} = service(rows);
	for await (const {id} of walkJobs(page)) if (id === 'job5') break;
	expect(requests).toEqual([undefined]);
});

test('a moment with more jobs than a page holds is told instead of skipped', async () => {
	const rows = Array.from({length: 150}, (_, index) => ({id: `job${index}`, created_at: at(0)}));
	expect(idsOf(rows)).rejects.toBeInstanceOf(UnexpectedResponseError);
});
