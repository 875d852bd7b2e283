/**
 * Reads a place in a recording: `90`, `12:03` or `1:02:03`.
 *
 * @returns seconds, or undefined where the text is none of these
 */
export function positionFrom(text: string): number | undefined {
	if (/^\d{1,6}(\.\d+)?$/.test(text)) return Number(text);
	const [, hours = '0', minutes, seconds] = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})$/.exec(text) ?? [];
	if (minutes === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
