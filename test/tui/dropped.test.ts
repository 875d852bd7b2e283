/** What is dropped or pasted into the window, and where it goes. */
import {expect, test} from 'bun:test';
import {press} from '../../src/tui/keys/press.ts';
import {fieldSpans} from '../../src/tui/presentation/field-spans.ts';
import {lineWidth} from '../../src/tui/presentation/line.ts';
import {TextField} from '../../src/tui/stores/text-field.ts';
import {fakeApp} from '../helpers/fake-app.ts';
import {text} from '../helpers/presentation.ts';

const WINDOW = {columns: 80, rows: 24};
const told = (app: ReturnType<typeof fakeApp>) => app.notices.store.getState().notice?.text;

test('files do not go where nobody sees what comes of it', async () => {
	const app = fakeApp();
	const dropped: string[] = [];
	app.batch.addDropped = async (text) => void dropped.push(text);
	press(app, '?', WINDOW);
	await app.dropped('/a.wav');
	expect(dropped).toEqual([]);
	expect(told(app)).toStartWith('Not now');
	app.closeDialog();
	await app.dropped('/a.wav');
	expect(dropped).toEqual(['/a.wav']);
	app.show('history');
	await app.dropped('/b.wav');
	expect(dropped).toEqual(['/a.wav']);
	expect(told(app)).toStartWith('Files go into');
});

test('a sentence that is pasted starts nothing', async () => {
	const app = fakeApp();
	for (const tab of ['batch', 'realtime'] as const) {
		app.show(tab);
		await app.dropped('It was a dark and stormy night');
		expect(told(app)).toBe('That is no file');
		app.notices.next();
	}
	expect(app.batch.table.rows).toEqual([]);
	expect(app.realtime.view.isRunning).toBe(false);
});

test('a text that no field is for is not typed, and one that just fits is drawn at once', async () => {
	const app = fakeApp();
	press(app, ':', WINDOW);
	const field = app.store.getState().dialog!.typing!()!;
	await app.dropped('x'.repeat(1_000_000));
	expect(field.text).toBe('');
	expect(told(app)).toContain('too long');
	expect(field.insert('会'.repeat(10_000))).toBe(true);
	const began = performance.now();
	expect(lineWidth(fieldSpans(field, 40))).toBe(40);
	// Cut off sign by sign it took minutes.
	expect(performance.now() - began).toBeLessThan(500);
});

test('the cursor stands on a whole character, however it is put together', () => {
	const field = new TextField('a👩‍👩‍👧é');
	field.take('home');
	field.take('right');
	expect(text(fieldSpans(field, 12))).toBe('a👩‍👩‍👧é        ');
	expect(fieldSpans(field, 12)[1]!.text).toBe('👩‍👩‍👧');
	// Too narrow for all: what is at the cursor is there.
	for (const columns of [3, 4, 5]) expect(lineWidth(fieldSpans(field, columns))).toBe(columns);
});
