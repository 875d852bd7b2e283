import {twoDigits} from './local-time.ts';

/** A file's size as people read it, such as `1.4 MB`. */
export function fileSize(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	const units = ['kB', 'MB', 'GB', 'TB'];
	let value = bytes / 1000;
	let unit = 0;
	while (value >= 999.95 && unit < units.length - 1) {
		value /= 1000;
		unit += 1;
	}
	return `${value.toFixed(value < 9.95 ? 1 : 0)} ${units[unit]}`;
}

/** A time span as people read it, such as `0m 5s` or `1h 2m 3s`. */
export function timeSpan(seconds: number): string {
	const whole = Math.round(seconds);
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	return `${hours > 0 ? `${hours}h ` : ''}${minutes}m ${whole % 60}s`;
}

/** A pause as people say it, such as `8 s` or `2m 5s`. */
export function pauseText(seconds: number): string {
	return seconds < 60 ? `${Math.max(1, Math.round(seconds))} s` : timeSpan(seconds);
}

/** A time span as a clock shows it, such as `0:05` or `1:02:03`. */
export function clockTime(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) return `${minutes}:${twoDigits(whole % 60)}`;
	return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`;
}

/** How many there are of something, such as `1 job` or `2 jobs`. @param what its name, to which an `s` may be added */
export function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}
