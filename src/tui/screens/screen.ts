/** What a tab is to the window that shows it, and what lies over a tab. */
import type {Tab} from '../controllers/app-controller.ts';
import type {BindingGroup} from '../keys/bindings.ts';
import type {Line} from '../presentation/line.ts';
import type {TextField} from '../stores/text-field.ts';
import type {Look} from '../theme/look.tsx';

/** Rows and columns between header and status. */
export interface BodySize {
	readonly rows: number;
	readonly columns: number;
}

/** Something that tells when it has changed, as every store does. */
export interface Watched {
	subscribe(listener: () => void): () => void;
}

/** What can be clicked. */
export interface Target {
	/** From 0, the first of the body. */
	readonly row: number;
	/** First column, and the one after the last. Default: the whole row. */
	readonly from?: number;
	readonly to?: number;
	readonly run: () => void;
}

/** What is seen: the lines of the body and the line below it. */
export interface Screen {
	readonly body: readonly Line[];
	readonly status: Line;
	readonly targets?: readonly Target[];
}

/** Whatever shows itself and has keys. */
interface Shown {
	/** Whose changes are worth a new frame. */
	readonly stores: readonly Watched[];
	/** The keys that count, the first group first. The help shows them too. */
	bindings(size: BodySize): readonly BindingGroup[];
	/** Where what is typed goes, before any binding sees it. */
	typing?(): TextField | undefined;
}

/** A tab. */
export interface Place extends Shown {
	readonly tab: Tab;
	readonly title: string;
	/** What goes on there, for the tab's label, such as `3/5`; empty where nothing does. */
	running(): string;
	/** Called when it is chosen. */
	shown?(): void;
	/** True while nothing else of the window shall be seen: no tabs, no status, no keys. */
	whole?(): boolean;
	/** @param size of the body; of the whole window where it is `whole` */
	screen(size: BodySize, look: Look): Screen;
	/** Files or an address dropped or pasted into the window. */
	dropped?(text: string): Promise<void>;
}

/** What lies over a tab: its keys hide all others. */
export interface Dialog extends Shown {
	lines(size: BodySize, look: Look): readonly Line[];
	/** Instead of the tab's own. */
	status?(size: BodySize): Line;
	/** What can be clicked in the lines that were drawn last. */
	targets?(): readonly Target[];
}
