/** What a frame is made of in the measurements: screens with little and with very much in them, and what changes there. */

import {AppController} from '../../src/tui/controllers/app-controller.ts';
import {press} from '../../src/tui/keys/press.ts';
import type {BodySize} from '../../src/tui/screens/screen.ts';
import {
	finalsOf,
	historyOf,
	idleServices,
	partialOf,
	progressOf,
	queuedRows,
	transcriptOf,
} from './tui-material.ts';

/** One row of the table of results. */
export interface Scene {
	readonly name: string;
	/** Makes the app and what is in it. */
	make(): AppController | Promise<AppController>;
	/** Goes to where the frames are measured. */
	enter?(app: AppController, size: BodySize): void;
	/** What happens before each frame; it changes what is seen. */
	step(app: AppController, index: number, size: BodySize): void;
}

/** Next to nothing, about what fills the largest window, and very much. */
const ROWS = [10, 100, 10_000] as const;
const WORDS = [10, 2000, 400_000] as const;
const MANY_ROWS = ROWS[2];
const MANY_WORDS = WORDS[2];

/** In the order of the table. */
export const SCENES: readonly Scene[] = [
	...ROWS.map(
		(rows): Scene => ({
			name: `batch, ${counted(rows)} rows: one makes progress`,
			make: () => batchApp(rows),
			enter: toMiddle,
			step: progress,
		}),
	),
	{
		name: `batch, ${counted(MANY_ROWS)} rows by name, filtered: one makes progress`,
		make: () => batchApp(MANY_ROWS),
		enter: (app) => {
			app.batch.list.field.set('talk !left');
			app.batch.list.store.setState({sort: 'name'});
			toMiddle(app);
		},
		step: progress,
	},
	{
		name: `batch, ${counted(MANY_ROWS)} rows: every row makes progress`,
		make: () => batchApp(MANY_ROWS),
		enter: toMiddle,
		step: (app, index, {rows}) => {
			for (let row = 0; row < rows; row++) advance(app, index, row);
			refreshBatch(app);
		},
	},
	{
		name: `batch, ${counted(MANY_ROWS)} rows: a page up or down`,
		make: () => batchApp(MANY_ROWS),
		enter: toMiddle,
		step: turnPages,
	},
	{
		name: `batch, ${counted(MANY_ROWS)} rows: a letter of a filter`,
		make: () => batchApp(MANY_ROWS),
		step: (app, index) => app.batch.list.field.set('talk-00412'.slice(0, 1 + (index % 10))),
	},
	...WORDS.map(
		(words): Scene => ({
			name: `realtime, ${counted(words)} words: a partial`,
			make: () => realtimeApp(words),
			step: hear,
		}),
	),
	{
		name: `realtime, ${counted(MANY_WORDS)} words: a partial, scrolled away`,
		make: () => realtimeApp(MANY_WORDS),
		enter: (app, size) => {
			for (let page = 0; page < 100; page++) press(app, 'pageup', size);
		},
		step: hear,
	},
	{
		name: `realtime, ${counted(MANY_WORDS)} words: a final moves all up`,
		make: () => realtimeApp(MANY_WORDS),
		step: (app, index) => {
			for (const event of finalsOf(12, MANY_WORDS + index * 12)) app.realtime.view.apply(event, now());
			refreshRealtime(app);
		},
	},
	{
		name: `realtime, ${counted(MANY_WORDS)} words: a page up or down`,
		make: () => realtimeApp(MANY_WORDS),
		enter: (app, size) => {
			for (let page = 0; page < 100; page++) press(app, 'pageup', size);
		},
		step: turnPages,
	},
	{
		name: `realtime, ${counted(MANY_WORDS)} words: a partial in large letters`,
		make: () => realtimeApp(MANY_WORDS),
		enter: (app) => {
			if (!app.realtime.store.getState().stage) app.realtime.toggleStage();
		},
		step: hear,
	},
	...WORDS.map(
		(words): Scene => ({
			name: `transcript, ${counted(words)} words: a word on or back`,
			make: () => viewerApp(words),
			step: (app, index, size) => press(app, index % 2 === 0 ? 'w' : 'b', size),
		}),
	),
	{
		name: `transcript, ${counted(MANY_WORDS)} words: a page up or down`,
		make: () => viewerApp(MANY_WORDS),
		step: turnPages,
	},
	{
		name: `transcript, ${counted(MANY_WORDS)} words: the next of 20 000 found`,
		make: () => viewerApp(MANY_WORDS),
		enter: (app, size) => {
			for (const key of ['/', ...'velit', 'enter']) press(app, key, size);
		},
		step: (app, _index, size) => press(app, 'n', size),
	},
	{
		name: `transcript, ${counted(MANY_WORDS)} words: a letter of a search`,
		make: () => viewerApp(MANY_WORDS),
		enter: (app, size) => press(app, '/', size),
		step: (app, index, size) => press(app, index % 5 === 4 ? 'ctrl+u' : 'velit'[index % 5]!, size),
	},
	{
		name: `history, ${counted(MANY_ROWS)} entries: a page up or down`,
		make: () => historyApp(MANY_ROWS),
		step: turnPages,
	},
];

const now = () => performance.now();

function counted(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function batchApp(rows: number): AppController {
	const app = new AppController(idleServices(), now);
	for (const event of queuedRows(rows)) app.batch.table.apply(event, now());
	refreshBatch(app);
	return app;
}

function toMiddle(app: AppController): void {
	app.batch.list.moveTo((_, last) => last >> 1);
}

/** Of a row that is in sight. */
function progress(app: AppController, index: number): void {
	advance(app, index, index % 8);
	refreshBatch(app);
}

/** @param row from the one the cursor is on, upwards: what is below it may be out of sight */
function advance({batch}: AppController, index: number, row: number): void {
	const {rows, cursor} = batch.list;
	const {file} = rows[(cursor - row + rows.length) % rows.length]!;
	batch.table.apply(progressOf(file, index), now());
}

function refreshBatch({batch}: AppController): void {
	batch.store.setState({version: batch.table.version, now: now()});
}

function realtimeApp(words: number): AppController {
	const app = new AppController(idleServices(), now);
	app.show('realtime');
	const {view} = app.realtime;
	view.apply({type: 'state', state: 'listening'}, now());
	for (const event of finalsOf(words)) view.apply(event, now());
	refreshRealtime(app);
	return app;
}

/** What a microphone and the service tell between two frames. */
function hear(app: AppController, index: number): void {
	const {view} = app.realtime;
	view.apply(
		{type: 'level', rms: -30 - (index % 20), peak: -12 - (index % 9), clipped: false} as never,
		now(),
	);
	view.apply(partialOf(index), now());
	refreshRealtime(app);
}

function refreshRealtime({realtime}: AppController): void {
	realtime.store.setState({version: realtime.view.version, now: now()});
}

function viewerApp(words: number): AppController {
	const app = new AppController(idleServices(), now);
	const {viewer} = app.batch.reader;
	viewer.open({title: 'talk.wav', transcript: transcriptOf(words), simulated: false});
	viewer.moveTo(words >> 1);
	return app;
}

async function historyApp(entries: number): Promise<AppController> {
	const app = new AppController({...idleServices(), history: historyOf(entries)}, now);
	app.show('history');
	await new Promise((resolve) => setTimeout(resolve, 50));
	app.history.list.moveTo((_, last) => last >> 1);
	return app;
}

function turnPages(app: AppController, index: number, size: BodySize): void {
	press(app, index % 20 < 10 ? 'pageup' : 'pagedown', size);
}
