import type {Dialog} from '../screens/screen.ts';
import type {Services} from '../services.ts';
import type {Tell} from './notices.ts';

/** What every tab's controller may ask of the app. */
export interface ControllerOptions {
	readonly services: Services;
	/** Milliseconds from an arbitrary start. */
	readonly now: () => number;
	readonly tell: Tell;
	/** Lays a dialog over the tab; `undefined` closes it. */
	readonly open: (dialog: Dialog | undefined) => void;
	/** Gives the terminal to a prompt or another program while `work` lasts. */
	readonly handOver: (work: () => Promise<void>) => Promise<void>;
}
