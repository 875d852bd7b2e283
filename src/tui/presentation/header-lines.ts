import type {Glyphs} from '../theme/glyphs.ts';
import {type Line, type Span, span, spread} from './line.ts';

export interface HeaderModel {
	readonly tab: 'batch' | 'realtime';
	/** What runs in the batch, such as `3/5`; empty where nothing does. */
	readonly batch: string;
	/** How long the session has been listening; empty where there is none. */
	readonly realtime: string;
	/** True where a service inside this program answers. */
	readonly demo: boolean;
}

/** The tabs, with what goes on in each of them, and the mark of the demo. */
export function headerLines(model: HeaderModel, glyphs: Glyphs, columns: number): Line[] {
	const tab = (name: string, active: boolean, running: string): Span[] => [
		span(` ${name} `, active ? 'tab' : 'plain'),
		span(running === '' ? ' ' : ` ${glyphs.recording} ${running} `, 'accent'),
	];
	const left = [
		span(' '),
		...tab('1 Batch', model.tab === 'batch', model.batch),
		...tab('2 Realtime', model.tab === 'realtime', model.realtime),
	];
	const right = model.demo
		? [span(columns >= 76 ? ' DEMO: simulated, nothing is sent ' : ' DEMO ', 'demo'), span(' ')]
		: [span('speechdeck ', 'muted')];
	return [spread(left, right, columns), [span(glyphs.rule.repeat(columns), 'muted')]];
}
