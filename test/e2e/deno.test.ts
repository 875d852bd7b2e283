/** The app from source on Deno: the same screens on the other runtime. */
import {describe, expect, test} from 'bun:test';
import {resolve} from 'node:path';
import {TestTerminal} from '../helpers/terminal.ts';

const deno = Bun.which('deno');
if (!deno) console.warn('The app on Deno is not tested: deno is not installed.');

const MAIN = resolve(import.meta.dir, '../../src/main.ts');

describe.skipIf(!deno)(`the app on Deno${deno ? '' : ' (skipped: deno is not installed)'}`, () => {
	test('opens, transcribes the sample, switches tabs and quits', async () => {
		const environment = {
			HOME: process.env.HOME ?? '/',
			LANG: 'C.UTF-8',
			...(process.env.DENO_DIR && {DENO_DIR: process.env.DENO_DIR}),
		};
		await using app = TestTerminal.start([deno!, 'run', '-A', '--no-lock', MAIN, '--demo'], {
			env: environment,
		});
		await app.waitFor('No recordings yet', {timeout: 30_000});
		app.press('s');
		await app.waitFor(/✓ sample\.wav .*done: not saved/);
		app.press('enter');
		await app.waitFor('S1  Good morning, everyone.');
		app.press('tab');
		await app.waitFor('Live captions');
		app.press('s');
		await app.waitFor('S1  Good morning', {timeout: 20_000});
		app.press('space');
		await app.waitFor('stopped');
		app.press('1');
		await app.waitFor('Good morning, everyone.');
		app.press('q');
		expect(await app.exited).toBe(0);
		expect(app.leftovers()).toEqual([]);
	}, 60_000);
});
