import {SIMULATED_MARK} from '../../captions/render.ts';
import type {RealtimeEvent} from '../events.ts';
import type {LiveView} from '../live-view.ts';
import type {LiveText} from './live-texts.ts';
import type {RollingContent} from './rolling-file.ts';

/** A sentence a line, and whatever else there is to tell; who speaks stands where it changes. */
export class LiveLines implements LiveText {
	readonly #view: LiveView;
	#written = 0;
	#hasHead = false;

	/** @param view that has taken each event already */
	constructor(view: LiveView) {
		this.#view = view;
	}

	begin(): RollingContent {
		return {settled: '', tail: ''};
	}

	take({type}: RealtimeEvent): RollingContent | undefined {
		switch (type) {
			case 'started':
			case 'final':
			case 'gap':
			case 'mark':
			case 'audio-event':
				return this.#until(this.#view.settled);
			default:
				return undefined;
		}
	}

	end(): RollingContent {
		return this.#until(this.#view.lines.length);
	}

	#until(settled: number): RollingContent {
		const from = this.#written;
		this.#written = Math.max(from, settled);
		const head = this.#hasHead || !this.#view.simulated ? '' : `${SIMULATED_MARK}\n\n`;
		this.#hasHead ||= head !== '';
		return {settled: head + this.#rows(from, this.#written), tail: this.#rows(this.#written)};
	}

	#rows(from: number, to = this.#view.lines.length): string {
		const {lines} = this.#view;
		let text = '';
		for (let index = from; index < to; index++) {
			const line = lines[index]!;
			const before = lines[index - 1]?.speaker;
			const label = line.speaker === undefined || line.speaker === before ? '' : `${line.speaker}: `;
			text += `${label}${line.text}\n`;
		}
		return text;
	}
}

/** What the service translates to one language, each piece on a line of its own. */
export class TranslatedLines implements LiveText {
	readonly #target: string;
	#simulated = false;

	constructor(target: string) {
		this.#target = target;
	}

	begin(): RollingContent {
		return {settled: '', tail: ''};
	}

	take(event: RealtimeEvent): RollingContent | undefined {
		if (event.type === 'started' && event.simulated && !this.#simulated) {
			this.#simulated = true;
			return {settled: `${SIMULATED_MARK}\n\n`, tail: ''};
		}
		if (event.type !== 'translation' || !event.isFinal || event.language !== this.#target) return undefined;
		return {settled: event.segments.map(({text}) => `${text.trim()}\n`).join(''), tail: ''};
	}

	end(): RollingContent {
		return {settled: '', tail: ''};
	}
}
