/** Writing transcripts again in other formats: what for, how far it is, and what came of it. */
import {createStore} from 'zustand/vanilla';
import {type ReExported, reExport} from '../../batch/re-export.ts';
import type {BatchRow} from '../../batch/table.ts';
import type {OutputFormat} from '../../captions/render.ts';
import {counted} from '../../platform/units.ts';
import {reExportDialog} from '../dialogs/re-export.ts';
import type {ControllerOptions} from './controller-options.ts';
import {FormatChooser} from './format-chooser.ts';
import type {Notice} from './notices.ts';
import type {TranscriptShelf} from './transcript-shelf.ts';

export interface ReExportOptions extends Pick<ControllerOptions, 'services' | 'tell' | 'open'> {
	readonly shelf: TranscriptShelf;
}

export interface ReExportState {
	/** Of how many recordings; `undefined` while nothing is written. */
	readonly progress: {readonly done: number; readonly total: number} | undefined;
	/** True once it was asked to end. */
	readonly ending: boolean;
}

export class ReExport {
	readonly store = createStore<ReExportState>(() => ({progress: undefined, ending: false}));
	readonly #options: ReExportOptions;
	#stop = new AbortController();
	#work: Promise<void> | undefined;

	constructor(options: ReExportOptions) {
		this.#options = options;
	}

	get isRunning(): boolean {
		return this.store.getState().progress !== undefined;
	}

	/** Why nothing can be written; `undefined` where it can. */
	get whyNot(): string | undefined {
		if (this.isRunning) return 'transcripts are being written';
		const {output} = this.#options.services.batch.order;
		return output.to === 'files' ? undefined : 'the demo writes no files without --output-dir';
	}

	/** Asks in which formats, and writes those of them that have a transcript. */
	ask(chosen: readonly BatchRow[]): void {
		const {services, open} = this.#options;
		const rows = chosen.filter(({state}) => state === 'done');
		if (rows.length === 0) return;
		const chooser = new FormatChooser(services.formats, (formats) => this.write(rows, formats));
		chooser.open();
		open(reExportDialog(chooser, rows, () => open(undefined)));
	}

	/** Resolves when all is written, and was told. */
	async write(rows: readonly BatchRow[], formats: readonly OutputFormat[]): Promise<void> {
		const {services, shelf, tell} = this.#options;
		const {account, output} = services.batch.order;
		if (this.whyNot !== undefined || output.to !== 'files') return;
		const {ledger, wallClock} = services.batch.engine;
		this.#stop = new AbortController();
		this.#progress(0, rows.length);
		const work = reExport(rows, formats, {
			ledger,
			account,
			plan: output,
			transcriptOf: (row) => shelf.transcriptOf(row),
			onProgress: (done) => this.#progress(done, rows.length),
			signal: this.#stop.signal,
			...(wallClock !== undefined && {wallClock}),
		}).then((result) => {
			const {text, kind} = told(result);
			this.store.setState({progress: undefined, ending: false});
			tell(text, kind);
		});
		this.#work = work;
		await work;
	}

	/** Ends it after the recording that is being written. */
	stop(): void {
		if (!this.isRunning) return;
		this.store.setState({ending: true});
		this.#stop.abort();
	}

	/** Resolves when nothing is written any more. */
	async end(): Promise<void> {
		this.stop();
		await this.#work;
	}

	#progress(done: number, total: number): void {
		this.store.setState({progress: {done, total}});
	}
}

/** Such as `12 files written, 3 were there already`. */
function told({written, there, changed, problems, untried}: ReExported): Notice {
	const parts = [
		written > 0 || there + changed === 0 ? `${counted(written, 'file')} written` : undefined,
		there > 0
			? `${written > 0 ? there : counted(there, 'file')} ${there === 1 ? 'was' : 'were'} there already`
			: undefined,
		changed > 0 ? `${changed} left as somebody changed ${changed === 1 ? 'it' : 'them'}` : undefined,
		untried > 0 ? `${counted(untried, 'recording')} left out` : undefined,
	];
	const sum = parts.filter(Boolean).join(', ');
	const [first] = problems;
	if (first === undefined) return {text: sum, kind: 'info'};
	const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
	return {text: `${sum}; not ${first.name}${more}: ${first.reason}`, kind: 'problem'};
}
