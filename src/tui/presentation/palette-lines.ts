import {fit, widthOf} from '../../platform/width.ts';
import type {Binding} from '../keys/bindings.ts';
import {shownKey} from '../keys/key-names.ts';
import type {TextField} from '../stores/text-field.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import {fieldSpans} from './field-spans.ts';
import {clipLine, type Line, span, spread} from './line.ts';

/** Something that can be done. */
export interface Command {
	/** Where it belongs to. */
	readonly title: string;
	readonly binding: Binding;
	/** Why it does nothing now. */
	readonly reason: string | undefined;
	readonly run: () => void;
}

export interface PaletteModel {
	readonly field: TextField;
	readonly commands: readonly Command[];
	readonly cursor: number;
	/** First one shown. */
	readonly top: number;
}

const TITLE = 12;

/** What is typed, and below it what was found. */
export function paletteLines(model: PaletteModel, glyphs: Glyphs, columns: number): Line[] {
	const {field, commands, cursor, top} = model;
	const typed: Line = [span(' : ', 'key'), ...fieldSpans(field, columns - 4)];
	const rule: Line = [span(glyphs.rule.repeat(columns), 'muted')];
	if (commands.length === 0) return [typed, rule, [span('   Nothing is called so', 'muted')]];
	const shown = commands.slice(top);
	return [
		typed,
		rule,
		...shown.map((command, index) => commandLine(command, top + index === cursor, glyphs, columns)),
	];
}

function commandLine(
	{title, binding, reason}: Command,
	selected: boolean,
	glyphs: Glyphs,
	columns: number,
): Line {
	const keys = binding.keys.slice(0, 2).map(shownKey).join(' ');
	const style = reason !== undefined ? 'muted' : selected ? 'strong' : 'plain';
	const room = columns - TITLE - widthOf(keys) - 8;
	const why = reason === undefined ? '' : ` (not now: ${reason})`;
	const left = [
		span(selected ? ` ${glyphs.cursor} ` : '   ', 'accent'),
		span(fit(title, TITLE), 'muted'),
		span(' '),
		span(fit(binding.description + why, room).trimEnd(), style),
	];
	return clipLine(spread(left, [span(`${keys} `, 'key')], columns), columns);
}
