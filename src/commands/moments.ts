/** Points in time as people write and read them. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = {m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY};

/**
 * Reads a moment: a span before now (`90m`, `5h`, `2d`, `1w`), a day (its beginning, local time), or an RFC 3339 time.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970, or undefined where the text is none of these
 */
export function momentFrom(text: string, now: number): number | undefined {
	const span = /^(\d{1,6})([mhdw])$/.exec(text);
	if (span) return now - Number(span[1]) * UNITS[span[2]!]!;
	const [, day, time] =
		/^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text) ?? [];
	if (day === undefined || !isDay(day)) return undefined;
	// Without a time the language would take a day as UTC.
	const moment = Date.parse(`${day}${time ?? 'T00:00'}`);
	return Number.isNaN(moment) ? undefined : moment;
}

/**
 * Reads a UTC day: `2026-01-31`, or so many days before today (`30d`).
 *
 * @param now milliseconds since 1970
 * @returns `YYYY-MM-DD`, or undefined where the text is neither
 */
export function dayFrom(text: string, now: number): string | undefined {
	const before = /^(\d{1,5})d$/.exec(text);
	if (before) return new Date(now - Number(before[1]) * DAY).toISOString().slice(0, 10);
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text) ? text : undefined;
}

/** A span in its largest unit, rounded down: `3 d`, `5 h`, `40 min`. */
export function roughSpan(milliseconds: number): string {
	if (milliseconds >= 2 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
	if (milliseconds >= HOUR) return `${Math.floor(milliseconds / HOUR)} h`;
	return `${Math.max(1, Math.floor(milliseconds / MINUTE))} min`;
}

/** The 31st of February is no day, though the language would take it for one in March. */
function isDay(text: string): boolean {
	const date = new Date(`${text}T00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
