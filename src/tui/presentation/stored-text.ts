import {localClock, localDay, localTime} from '../../platform/local-time.ts';
import type {StoredSession} from '../services.ts';

/** Such as `the session of 14:02, 1 h 12 m`; with its day where that is another one. */
export function storedText({startedAt, seconds}: StoredSession, today: Date): string {
	const isToday = localDay(startedAt) === localDay(today);
	const when = isToday ? localClock(startedAt) : localTime(startedAt);
	return `the session of ${when}, ${lengthOf(seconds)}`;
}

function lengthOf(seconds: number): string {
	if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}
