import type {Glyphs} from '../theme/glyphs.ts';
import {type Line, lineWidth, type Span, span, spread} from './line.ts';

export interface HeaderModel {
	readonly tabs: readonly HeaderTab[];
	/** Index of the tab that is shown. */
	readonly active: number;
	/** True where a service inside this program answers. */
	readonly demo: boolean;
}

export interface HeaderTab {
	readonly title: string;
	/** What goes on there, such as `3/5`; empty where nothing does. */
	readonly running: string;
}

/** Columns of a tab: the first, and the one after the last. */
export interface TabPlace {
	readonly from: number;
	readonly to: number;
}

/** Which tabs have their names; `signs`: none, and no words on what runs. */
type Naming = 'all' | 'active' | 'none' | 'signs';

export interface Header {
	/** The tabs, with what goes on in each of them, and the mark of the demo; below them a rule. */
	readonly lines: readonly [tabs: Line, rule: Line];
	/** Where each tab stands in the first line, to be clicked. */
	readonly places: readonly TabPlace[];
}

export function headerOf(model: HeaderModel, glyphs: Glyphs, columns: number): Header {
	const {left, right} = partsOf(model, glyphs, columns);
	let from = 1;
	return {
		lines: [
			spread([span(' '), ...left.flat()], right, columns),
			[span(glyphs.rule.repeat(columns), 'muted')],
		],
		places: left.map((tab) => {
			const place = {from, to: from + lineWidth(tab)};
			from = place.to;
			return place;
		}),
	};
}

/** As much as there is room for: names of other tabs go first, then the words beside the mark of the demo. */
function partsOf(model: HeaderModel, glyphs: Glyphs, columns: number): {left: Span[][]; right: Line} {
	const rights = model.demo
		? [' DEMO: simulated, nothing is sent ', ' DEMO '].map((text) => [span(text, 'demo'), span(' ')])
		: [[span('speechdeck ', 'muted')], []];
	const namings: readonly Naming[] = ['all', 'active', 'none', 'signs'];
	for (const naming of namings) {
		const left = tabsOf(model, naming, glyphs);
		const width = 1 + lineWidth(left.flat());
		const right = rights.find((side) => width + lineWidth(side) + 1 <= columns);
		if (right !== undefined) return {left, right};
	}
	return {left: tabsOf(model, 'signs', glyphs), right: []};
}

function tabsOf({tabs, active}: HeaderModel, naming: Naming, glyphs: Glyphs): Span[][] {
	return tabs.map(({title, running}, index) => {
		const isActive = index === active;
		const isNamed = naming === 'all' || (naming === 'active' && isActive);
		const name = isNamed ? `${index + 1} ${title}` : `${index + 1}`;
		const words = naming === 'signs' ? '' : `${running} `;
		const state = running === '' ? ' ' : ` ${glyphs.recording} ${words}`;
		return [span(` ${name} `, isActive ? 'tab' : 'plain'), span(state, 'accent')];
	});
}
