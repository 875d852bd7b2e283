/** Health of what runs on a customer's own machines. Source: container docs. */
import type {BatchApi} from './batch-api.ts';
import type {RealtimeApi} from './realtime-api.ts';

/** Jobs that a worker takes at once. */
const ENGINES = 8;

/** The realtime container's, which listens on another port there. @returns `undefined` for another path */
export function containerHealth(
	[name, ...more]: readonly string[],
	realtime: RealtimeApi,
): object | undefined {
	if (more.length > 0) return undefined;
	if (name === 'started') return {started: true};
	if (name === 'live') return {alive: true};
	if (name === 'ready') return {ready: true};
	return name === 'session_status' ? realtime.status() : undefined;
}

/** The batch worker's. @returns `undefined` for another path */
export function workerHealth([name, ...more]: readonly string[], batch: BatchApi): object | undefined {
	if (more.length > 0) return undefined;
	const used = batch.running.length;
	if (name === 'live') return {live: true};
	if (name === 'ready') return {ready: used < ENGINES, engines_used: used};
	if (name !== 'jobs') return undefined;
	return {
		active_jobs: batch.running.map(({id}) => ({job_id: id, parallel_engines: 1})),
		max_engines: ENGINES,
		unused_engines: Math.max(0, ENGINES - used),
	};
}
