/** Where a recording's time went: a row for each phase, its bar where it lies in the whole, and its length. */
import {PHASES, type Phase, type Timeline, timeSpent} from '../../batch/timeline.ts';
import {clockTime} from '../../platform/units.ts';
import {fit} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {clipLine, type Line, span} from './line.ts';

const NAMES: Readonly<Record<Phase, string>> = {
	here: 'waiting here',
	checking: 'checking',
	converting: 'converting',
	uploading: 'uploading',
	service: 'at the service',
	saving: 'saving',
};

const NAME = 16;
const LENGTH = 8;
const LONGEST_BAR = 40;

/** @param now milliseconds since 1970 */
export function phaseLines(
	timeline: Timeline,
	now: number,
	{bar: [, , full]}: Glyphs,
	columns: number,
): Line[] {
	const spent = timeSpent(timeline, now);
	const phases = PHASES.filter((phase) => spent[phase] !== undefined);
	const total = phases.reduce((sum, phase) => sum + spent[phase]!, 0);
	if (total === 0) return [];
	const width = Math.max(4, Math.min(LONGEST_BAR, columns - 2 - NAME - LENGTH - 1));
	let before = 0;
	return phases.map((phase) => {
		const from = Math.min(width - 1, Math.floor((before / total) * width));
		before += spent[phase]!;
		// However short it was, it is seen.
		const to = Math.max(from + 1, Math.round((before / total) * width));
		const bar = fit(' '.repeat(from) + full.repeat(to - from), width);
		return clipLine(
			[
				span(`  ${fit(NAMES[phase], NAME)}`, phase === timeline.phase ? 'accent' : 'muted'),
				span(bar, phase === timeline.phase ? 'accent' : 'plain'),
				span(` ${fit(shortSpan(spent[phase]! / 1000), LENGTH, 'right')}`, 'muted'),
			],
			columns,
		);
	});
}

/** Such as `<0.1 s`, `0.2 s`, `12 s` or `1:05`. */
export function shortSpan(seconds: number): string {
	if (seconds < 0.05) return '<0.1 s';
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	return seconds < 59.5 ? `${Math.round(seconds)} s` : clockTime(Math.round(seconds));
}
