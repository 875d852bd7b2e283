import {widthOf} from '../../platform/width.ts';
import type {BindingGroup} from '../keys/bindings.ts';
import {shownKey} from '../keys/key-names.ts';
import {type Line, type Span, span} from './line.ts';

const GAP = '  ';

/** The keys that do something now, as many as there is room for; the last one is always the help. */
export function footerLine(groups: readonly BindingGroup[], columns: number): Line {
	const shown = groups
		.flatMap(({bindings}) => bindings)
		.filter(({inFooter, disabled}) => inFooter === true && disabled?.() === undefined);
	const hints = shown.map(({keys, label}) => [span(shownKey(keys[0]!), 'key'), span(` ${label}`, 'muted')]);
	const width = (hint: readonly Span[]) => hint.reduce((sum, {text}) => sum + widthOf(text), GAP.length);
	const help = hints.pop() ?? [];
	const spans: Span[] = [span(' ')];
	let left = columns - 1 - width(help);
	for (const hint of hints) {
		left -= width(hint);
		if (left < 0) break;
		spans.push(...hint, span(GAP));
	}
	return [...spans, ...help];
}
