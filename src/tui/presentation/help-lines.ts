import {fit} from '../../platform/width.ts';
import type {Binding, BindingGroup} from '../keys/bindings.ts';
import {shownKey} from '../keys/key-names.ts';
import {clipLine, EMPTY, type Line, lineWidth, span} from './line.ts';

const KEYS_COLUMNS = 20;

/** Every key of the place one is in, from the same records that make them work. */
export function helpLines(groups: readonly BindingGroup[], columns: number): Line[] {
	return groups
		.flatMap(({title, bindings}) => [
			EMPTY,
			[span(` ${title}`, 'strong')],
			...withKeys(bindings).map(({keys, description, disabled}) => {
				const shown = fit(keys.map(shownKey).join(' '), KEYS_COLUMNS);
				const line = [span(`   ${shown} `, 'key'), span(description)];
				const reason = disabled?.();
				const whole = reason === undefined ? line : [...line, span(` (not now: ${reason})`, 'muted')];
				return lineWidth(whole) <= columns ? whole : clipLine(line, columns);
			}),
		])
		.slice(1);
}

/** How many lines these groups take. */
export function helpHeight(groups: readonly BindingGroup[]): number {
	return groups.reduce((sum, {bindings}) => sum + withKeys(bindings).length + 2, -1);
}

const withKeys = (bindings: readonly Binding[]) => bindings.filter(({keys}) => keys.length > 0);
