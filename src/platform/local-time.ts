/** Days and times in this machine's time zone. A moment is a date, or milliseconds since 1970. Pure but for the zone. */

/** Such as `05`. */
export const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Such as `2026-01-31`. */
export function localDay(moment: Date | number): string {
	const date = new Date(moment);
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** Such as `09:05`. */
export function localClock(moment: Date | number): string {
	const date = new Date(moment);
	return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** Such as `09:05:30`. */
export function localClockSeconds(moment: Date | number): string {
	return `${localClock(moment)}:${twoDigits(new Date(moment).getSeconds())}`;
}

/** Such as `2026-01-31 09:05`. */
export function localTime(moment: Date | number): string {
	return `${localDay(moment)} ${localClock(moment)}`;
}
