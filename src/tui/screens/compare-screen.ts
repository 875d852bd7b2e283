import type {Comparison} from '../../compare/comparison.ts';
import {clockTime} from '../../platform/units.ts';
import {clip} from '../../platform/width.ts';
import type {AppController} from '../controllers/app-controller.ts';
import {compareBindings} from '../keys/compare-bindings.ts';
import {
	documentStatus,
	emptyLines,
	runningStatus,
	textPairs,
	titleLine,
} from '../presentation/compare-lines.ts';
import {ReportDocument} from '../presentation/compare-report.ts';
import {runningLines} from '../presentation/compare-running.ts';
import {
	type CompareDocument,
	pairColumns,
	pairHeading,
	type TextPair,
	TextsDocument,
} from '../presentation/compare-texts.ts';
import {fieldSpans} from '../presentation/field-spans.ts';
import {EMPTY, filled, type Line, lineWidth, span} from '../presentation/line.ts';
import type {TextField} from '../stores/text-field.ts';
import {type Look, lookOf} from '../theme/look.tsx';
import type {BodySize, Place, Screen} from './screen.ts';

/** What is read, and what stays above it. */
interface Read {
	readonly document: CompareDocument;
	readonly heading: readonly Line[];
}

/** Columns of what is typed, at least. */
const FIELD = 14;

/** One recording both ways. */
export class ComparePlace implements Place {
	readonly tab = 'compare';
	readonly title = 'Compare';
	readonly stores;
	readonly #app: AppController;
	/** What was laid out last: laying out a long report takes longer than a frame may. */
	#read: {readonly of: readonly unknown[]; readonly read: Read} | undefined;
	/** Of the last frame. */
	#look = lookOf({}, process.platform);

	constructor(app: AppController) {
		this.#app = app;
		this.stores = app.compare.stores;
	}

	running(): string {
		const {running, elapsed} = this.#app.compare.store.getState();
		return running ? clockTime(elapsed) : '';
	}

	typing(): TextField | undefined {
		const {questions} = this.#app.compare;
		return questions.asked === undefined ? undefined : questions.field;
	}

	bindings(size: BodySize) {
		const {compare, services} = this.#app;
		const {comparison, running} = compare.store.getState();
		const pairs = comparison === undefined ? [] : textPairs(comparison);
		const read =
			comparison === undefined || running ? undefined : this.#readOf(comparison, pairs, size, this.#look);
		return [
			compareBindings(compare, {
				document: read?.document,
				views: 1 + pairs.length,
				visible: size.rows - ABOVE - (read?.heading.length ?? 0),
				demo: services.demo,
			}),
		];
	}

	screen(size: BodySize, look: Look): Screen {
		this.#look = look;
		const question = this.#question(size.columns);
		if (question === undefined) return this.#content(size, look);
		// Notices have the status line: what is typed must be seen beside them.
		const {body, status} = this.#content({...size, rows: size.rows - 1}, look);
		return {body: [...filled(body, size.rows - 1), question], status};
	}

	#content(size: BodySize, look: Look): Screen {
		const {compare, services} = this.#app;
		const {comparison, elapsed, running, stopping, reference} = compare.store.getState();
		if (comparison === undefined) {
			return {body: emptyLines({demo: services.demo, reference}, size), status: EMPTY};
		}
		const title = titleLine(comparison, reference, size.columns);
		if (running) {
			const rows = {...size, rows: size.rows - ABOVE};
			const body = runningLines({comparison, elapsed, now: elapsed * 1000}, look, rows);
			const status: Line = stopping
				? [span(' Stopping: waiting for the last words', 'warn')]
				: runningStatus(comparison, size.columns);
			return {body: [title, EMPTY, ...body], status};
		}
		const {document, heading} = this.#readOf(comparison, textPairs(comparison), size, look);
		const {top, place} = compare.reader.store.getState();
		const visible = size.rows - ABOVE - heading.length;
		const from = Math.max(0, Math.min(top, document.rowCount - visible));
		const to = Math.min(document.rowCount, from + visible);
		const where = {from, to, rowCount: document.rowCount, place, places: document.places.length};
		return {
			body: [title, EMPTY, ...heading, ...document.rows(from, to, place)],
			status: documentStatus(where),
		};
	}

	dropped(text: string): Promise<void> {
		return this.#app.compare.compareDropped(text);
	}

	#readOf(comparison: Comparison, pairs: readonly TextPair[], {columns}: BodySize, look: Look): Read {
		const {compare} = this.#app;
		const {rates} = compare;
		const {view} = compare.reader.store.getState();
		const of = [comparison, view, columns, look, rates.batch, rates.realtime, rates.currency];
		const last = this.#read;
		if (last?.of.every((part, index) => part === of[index])) return last.read;
		const pair = pairs[view - 1];
		const canSetRates = compare.whyNoRates === undefined;
		const read =
			pair === undefined
				? {document: new ReportDocument({comparison, rates, canSetRates, pairs}, look, columns), heading: []}
				: textsOf(pair, comparison, look, columns);
		this.#read = {of, read};
		return read;
	}

	#question(columns: number): Line | undefined {
		const {questions} = this.#app.compare;
		const {asked} = questions;
		if (asked === undefined) return undefined;
		const label = span(` ${clip(asked.label, columns - FIELD - 3)} `, 'key');
		return [label, ...fieldSpans(questions.field, Math.max(FIELD, columns - lineWidth([label]) - 1))];
	}
}

/** Title and what parts it from the rest. */
const ABOVE = 2;

function textsOf(pair: TextPair, {seconds = 0}: Comparison, look: Look, columns: number): Read {
	const widths = pairColumns(columns, seconds);
	return {
		document: new TextsDocument(pair, look, widths),
		heading: [pairHeading(pair, widths, look)],
	};
}
