import {ViewerLayout} from '../presentation/viewer-layout.ts';
import {type Found, NOTHING_FOUND, TextSearch} from '../reading/text-search.ts';
import type {ViewedText} from '../reading/viewed-text.ts';

/** What was worked out of a text, kept until something else is asked for: a frame asks for the same as the one before. */
export class ViewerFindings {
	readonly #searches = new WeakMap<ViewedText, TextSearch>();
	#layout: ViewerLayout | undefined;
	#found: {readonly text: ViewedText; readonly query: string; readonly found: Found} | undefined;
	#unsure: {readonly text: ViewedText; readonly threshold: number; readonly count: number} | undefined;

	layout(text: ViewedText, columns: number): ViewerLayout {
		if (this.#layout?.text !== text || this.#layout.columns !== columns) {
			this.#layout = new ViewerLayout(text, columns);
		}
		return this.#layout;
	}

	found(text: ViewedText, query: string): Found {
		if (query === '') return NOTHING_FOUND;
		if (this.#found?.text !== text || this.#found.query !== query) {
			const search = this.#searches.get(text) ?? new TextSearch(text);
			this.#searches.set(text, search);
			this.#found = {text, query, found: search.find(query)};
		}
		return this.#found.found;
	}

	unsureCount(text: ViewedText, threshold: number): number {
		if (this.#unsure?.text !== text || this.#unsure.threshold !== threshold) {
			this.#unsure = {text, threshold, count: text.countUnsure(threshold)};
		}
		return this.#unsure.count;
	}
}
