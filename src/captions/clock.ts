/** Times as files and people write them. */

/** Such as `01:02:03,450`. @param seconds from the start; the milliseconds are rounded */
export function timecode(seconds: number, point: ',' | '.'): string {
	const milliseconds = Math.round(seconds * 1000);
	return `${clock(milliseconds / 1000)}${point}${String(milliseconds % 1000).padStart(3, '0')}`;
}

/** Such as `01:02:03`. What is left of a second is dropped. */
export function clock(seconds: number): string {
	const whole = Math.floor(Math.max(0, seconds));
	return [whole / 3600, (whole / 60) % 60, whole % 60]
		.map((part) => String(Math.floor(part)).padStart(2, '0'))
		.join(':');
}
