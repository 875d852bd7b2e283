import {expect, test} from 'bun:test';
import {press} from '../../src/tui/keys/press.ts';
import {fakeApp} from '../helpers/fake-app.ts';

const WINDOW = {columns: 80, rows: 24};

test.each([
	['on a tab', []],
	['in the help', ['?']],
	['in the commands, where words are typed', [':', 'a']],
	['in a question', ['recover?']],
	['in large letters', ['2', 'z']],
	['where the list is narrowed by what is typed', ['/', 'a']],
])('Ctrl-Z leads to the shell %s', (_where, keys) => {
	let times = 0;
	const app = fakeApp();
	app.attach({
		suspend: async () => {
			times += 1;
		},
		exit: () => {},
	});
	for (const key of keys) {
		if (key === 'recover?') app.open({stores: [], lines: () => [], bindings: () => []});
		else press(app, key, WINDOW);
	}
	press(app, 'ctrl+z', WINDOW);
	expect(times).toBe(1);
});
