/** What the values of options about jobs mean. Each throws commander's error, which becomes one sentence. */
import {InvalidArgumentError} from 'commander';
import {JOB_STATUSES} from '../../speechmatics/jobs.ts';
import {dayFrom, momentFrom} from '../moments.ts';

export function statuses(list: string): string[] {
	const names = list.split(',').map((name) => name.trim().toLowerCase());
	const unknown = names.find((name) => !(JOB_STATUSES as readonly string[]).includes(name));
	if (unknown !== undefined) {
		throw new InvalidArgumentError(`"${unknown}" is none of ${JOB_STATUSES.join(', ')}.`);
	}
	return names;
}

/** @returns milliseconds since 1970 */
export function moment(text: string): number {
	const found = momentFrom(text, Date.now());
	if (found === undefined) {
		throw new InvalidArgumentError('It must be a span such as 2d, 5h or 30m, or a day such as 2026-01-31.');
	}
	return found;
}

/** @returns `YYYY-MM-DD` */
export function day(text: string): string {
	const found = dayFrom(text, Date.now());
	if (found === undefined) {
		throw new InvalidArgumentError(
			'It must be a day such as 2026-01-31, or a number of days ago such as 30d.',
		);
	}
	return found;
}
