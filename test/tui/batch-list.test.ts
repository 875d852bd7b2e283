import {expect, test} from 'bun:test';
import {BatchTable} from '../../src/batch/table.ts';
import {BatchList} from '../../src/tui/controllers/batch-list.ts';
import {listBindings, wholeListBinding} from '../../src/tui/keys/batch-list-bindings.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {headingPlaces} from '../../src/tui/presentation/batch-lines.ts';

function listOf(...names: string[]) {
	const table = new BatchTable();
	for (const [index, file] of names.entries())
		table.apply({type: 'queued', file, name: file, bytes: (index + 1) * 100}, 0);
	const list = new BatchList(table, () => 10_000);
	const press = (...keys: string[]) => {
		for (const key of keys) {
			const bindings = [wholeListBinding(list), ...listBindings(list)];
			dispatch(key, [{title: '', bindings}], () => {});
		}
	};
	return {table, list, press, names: () => list.rows.map(({name}) => name)};
}

test('is sorted as people read names, by what wants to be looked at, and by size', () => {
	const {table, list, names} = listOf('talk 10.wav', 'talk 9.wav', 'änder.wav');
	list.sortBy('name');
	expect(names()).toEqual(['änder.wav', 'talk 9.wav', 'talk 10.wav']);
	list.sortBy('size');
	list.sortBy('size');
	expect(names()).toEqual(['änder.wav', 'talk 9.wav', 'talk 10.wav']);
	table.apply({type: 'failed', file: 'talk 9.wav', reason: 'no', cause: 'service'}, 1);
	list.sortBy('state');
	expect(names()[0]).toBe('talk 9.wav');
	list.turnRound();
	expect(names().at(-1)).toBe('talk 9.wav');
	list.sortBy('added');
	expect(names()).toEqual(['talk 10.wav', 'talk 9.wav', 'änder.wav']);
});

test('the cursor stays on its recording, however the order changes', () => {
	const {list, names} = listOf('cc', 'aa', 'bb');
	list.moveTo(() => 0);
	list.sortBy('name');
	expect([list.cursor, list.selected?.name]).toEqual([2, 'cc']);
	list.field.set('aa');
	expect([names(), list.selected?.name]).toEqual([['aa'], 'aa']);
	list.field.set('');
	expect(list.selected?.name).toBe('cc');
});

test('a filter wants all its words, in the name or the state, and none after an exclamation mark', () => {
	const {table, list, names} = listOf('interview one.wav', 'interview two.mp3', 'talk.wav');
	table.apply({type: 'failed', file: 'talk.wav', reason: 'no', cause: 'service'}, 1);
	const shown = (filter: string) => {
		list.field.set(filter);
		return names();
	};
	expect(shown('INTER wav')).toEqual(['interview one.wav']);
	expect(shown('failed')).toEqual(['talk.wav']);
	expect(shown('!failed !two')).toEqual(['interview one.wav']);
	expect(shown('nothing')).toEqual([]);
	expect(list.selected).toBeUndefined();
});

test('commands are for what is marked, shown or not, or else for the cursor', () => {
	const {list, press} = listOf('a', 'b', 'c');
	const chosen = () => list.chosen.map(({name}) => name);
	expect(chosen()).toEqual(['a']);
	press('space', 'space');
	expect([chosen(), list.cursor]).toEqual([['a', 'b'], 2]);
	list.field.set('c');
	press('A');
	expect(chosen()).toEqual(['a', 'b', 'c']);
	press('escape', 'escape');
	expect([list.rows.length, chosen()]).toEqual([3, ['c']]);
});

test('ten thousand rows are sorted and filtered once for each change', () => {
	const {table, list} = listOf(...Array.from({length: 10_000}, (_, index) => `talk ${index}.wav`));
	list.sortBy('name');
	list.field.set('9');
	const {rows} = list;
	expect(list.rows).toBe(rows);
	table.apply({type: 'checking', file: 'talk 9.wav'}, 1);
	expect(list.rows).not.toBe(rows);
});

test('each heading that sorts stands where it is clicked, at every width', () => {
	for (const columns of [40, 60, 80, 104, 140, 300]) {
		const places = headingPlaces(columns);
		expect(places[0]).toMatchObject({sort: 'name', from: 0});
		for (const {from, to} of places) {
			expect(to).toBeGreaterThan(from);
			expect(from).toBeLessThan(columns);
		}
	}
});
