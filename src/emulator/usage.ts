/** `/v2/usage`: hours of jobs, by day in UTC. The day that is not over is not in it. Source: batch OpenAPI. */
import {Refusal} from './answers.ts';
import type {Job} from './jobs.ts';
import {languageOf} from './language.ts';

const DAY = 86_400_000;
const HOUR = 3600;

/** @param now milliseconds since 1970 */
export function usageOf(jobs: Iterable<Job>, query: URLSearchParams, now: number) {
	const finished = [...jobs].filter(({succeeded}) => succeeded);
	const today = Math.floor(now / DAY) * DAY;
	const first = Math.min(today - DAY, ...finished.map(({createdAt}) => Math.floor(createdAt / DAY) * DAY));
	const since = dayOf(query, 'since') ?? first;
	const until = Math.min(today, (dayOf(query, 'until') ?? today - DAY) + DAY);
	const counted = finished.filter(({createdAt}) => createdAt >= since && createdAt < until);
	const byKind = Map.groupBy(counted, (job) => {
		const {model, operating_point} = job.config.transcription_config;
		const language = languageOf(job.config);
		return JSON.stringify({type: typeOf(job), language, model: model ?? operating_point ?? 'standard'});
	});
	const byType = Map.groupBy(counted, typeOf);
	const total = (of: readonly Job[]) => ({
		count: of.length,
		duration_hrs: Number((of.reduce((sum, {duration}) => sum + duration, 0) / HOUR).toFixed(4)),
	});
	return {
		since: isoOf(since),
		until: isoOf(until - 1000),
		summary: [...byType].map(([type, of]) => ({mode: 'batch', type, ...total(of)})),
		details: [...byKind].map(([key, of]) => ({mode: 'batch', ...JSON.parse(key), ...total(of)})),
	};
}

function typeOf({alignment}: Job): 'alignment' | 'transcription' {
	return alignment === undefined ? 'transcription' : 'alignment';
}

function dayOf(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (text === null) return undefined;
	const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(day)) throw new Refusal(422, `${name} in query must be of type date`);
	return day;
}

function isoOf(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('.000', '');
}
