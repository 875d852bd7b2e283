import type {Binding, BindingGroup} from '../keys/bindings.ts';
import {shownKey} from '../keys/key-names.ts';
import {type Line, lineWidth, type Span, span} from './line.ts';

const GAP = 2;

/** The hint on one key: what is pressed, and what that does. */
export interface Hint {
	readonly binding: Binding;
	readonly spans: Line;
	/** First column, and the one after the last. */
	readonly from: number;
	readonly to: number;
}

/** The keys that do something now, as many as there is room for; the last one is always the help. */
export function footerHints(groups: readonly BindingGroup[], columns: number): Hint[] {
	// What an earlier group answers to does something else than a later one says.
	const taken = new Set<string>();
	const hints = groups.flatMap(({bindings}) => {
		const shown = bindings.filter(({inFooter, disabled}) => inFooter === true && disabled?.() === undefined);
		const own = shown.flatMap((binding) => {
			const key = binding.keys.find((name) => !taken.has(name));
			if (key === undefined) return [];
			const spans = [span(shownKey(key), 'key'), span(` ${binding.label}`, 'muted')];
			return [{binding, spans, width: lineWidth(spans)}];
		});
		for (const {keys} of bindings) for (const key of keys) taken.add(key);
		return own;
	});
	const help = hints.pop();
	const placed: Hint[] = [];
	let column = 1;
	const place = ({binding, spans, width}: (typeof hints)[number]) => {
		placed.push({binding, spans, from: column, to: column + width});
		column += width + GAP;
	};
	for (const hint of hints) {
		if (column + hint.width + GAP + (help?.width ?? 0) + GAP > columns) break;
		place(hint);
	}
	if (help !== undefined) place(help);
	return placed;
}

export function footerLine(hints: readonly Hint[]): Line {
	const spans: Span[] = [span(' ')];
	for (const [index, hint] of hints.entries()) {
		if (index > 0) spans.push(span(' '.repeat(GAP)));
		spans.push(...hint.spans);
	}
	return spans;
}
