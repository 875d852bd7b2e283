/** From where the mouse is to what is shown there. */
import type {Target} from '../screens/screen.ts';
import type {MouseReport} from './input-splitter.ts';

/** Rows that one step of the wheel moves. */
const WHEEL = 3;

export class Pointer {
	/** In the coordinates of the window; those of the frame that is shown. */
	targets: readonly Target[] = [];
	/** Does what a key does. */
	onKey: (key: string) => void = () => {};

	readonly handle = ({action, button, row, column}: MouseReport): void => {
		if (action === 'wheelUp' || action === 'wheelDown') {
			for (let step = 0; step < WHEEL; step++) this.onKey(action === 'wheelUp' ? 'up' : 'down');
		} else if (action === 'press' && button === 0) {
			this.targets.find((target) => isAt(target, row, column))?.run();
		}
	};
}

function isAt(
	{row, from = 0, to = Number.POSITIVE_INFINITY}: Target,
	atRow: number,
	column: number,
): boolean {
	return row === atRow && column >= from && column < to;
}
