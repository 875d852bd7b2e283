import type {StoredSession} from '../services.ts';

/** Such as `the session of 14:02, 1 h 12 m`; with its day where that is another one. */
export function storedText({startedAt, seconds}: StoredSession, today: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	const time = `${two(startedAt.getHours())}:${two(startedAt.getMinutes())}`;
	const when = day(startedAt) === day(today) ? time : `${day(startedAt)} ${time}`;
	return `the session of ${when}, ${lengthOf(seconds)}`;
}

function lengthOf(seconds: number): string {
	if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}
