/** A text in a dialog that may be longer than the screen. */
import {createStore} from 'zustand/vanilla';
import type {Binding} from '../keys/bindings.ts';
import {movement} from '../keys/movement.ts';
import type {Line} from '../presentation/line.ts';

export class Scroll {
	/** The first row that is shown. A larger window may have room for more than it leaves. */
	readonly store = createStore(() => ({top: 0}));

	/** @returns as many rows of the text as are seen at once, from the first one that is shown */
	shown(text: readonly Line[], visible: number): readonly Line[] {
		const top = this.top(text.length, visible);
		return text.slice(top, top + visible);
	}

	/** The first row that is shown of so many. */
	top(total: number, visible: number): number {
		return Math.min(this.store.getState().top, lastTop(total, visible));
	}

	toStart(): void {
		this.store.setState({top: 0});
	}

	/** The keys that move it. @param total rows of the text */
	bindings(total: number, visible: number): Binding[] {
		const last = lastTop(total, visible);
		const moveTo = (top: number) => this.store.setState({top: Math.max(0, Math.min(last, top))});
		return movement('line', visible, {
			by: (rows) => moveTo(this.top(total, visible) + rows),
			toStart: () => moveTo(0),
			toEnd: () => moveTo(last),
		});
	}
}

const lastTop = (total: number, visible: number) => Math.max(0, total - visible);
