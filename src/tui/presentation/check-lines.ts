/** What a checkup found: a line for each, and below it what to do. */
import type {CheckResult} from '../../doctor/check.ts';
import {fit, wrap} from '../../platform/width.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {type Line, span} from './line.ts';

const TITLE = 16;
const BEFORE = 3 + TITLE + 2;

const STYLES: Readonly<Record<CheckResult['state'], StyleName>> = {
	ok: 'ok',
	warn: 'warn',
	error: 'error',
	skipped: 'muted',
};

/** @param titles all that is looked at, in order; those without a result are still being looked at */
export function checkLines(
	titles: ReadonlyArray<{readonly id: string; readonly title: string}>,
	results: ReadonlyMap<string, CheckResult>,
	glyphs: Glyphs['checks'],
	columns: number,
): Line[] {
	const room = Math.max(10, columns - BEFORE - 1);
	return titles.flatMap(({id, title}) => {
		const result = results.get(id);
		const name = span(fit(title, TITLE), result?.state === 'skipped' ? 'muted' : 'plain');
		if (result === undefined) return [[span(` ${glyphs.checking} `, 'muted'), name, span('  …', 'muted')]];
		const style = STYLES[result.state];
		const facts = wrap(result.facts, room);
		const remedy = result.remedy === undefined ? [] : wrap(result.remedy, room);
		return [
			...facts.map(
				(row, index): Line =>
					index === 0
						? [
								span(` ${glyphs[result.state]} `, style),
								name,
								span(`  ${row}`, style === 'ok' ? 'plain' : style),
							]
						: [span(' '.repeat(BEFORE)), span(row, style === 'ok' ? 'plain' : style)],
			),
			...remedy.map((row): Line => [span(' '.repeat(BEFORE)), span(row, 'strong')]),
		];
	});
}
