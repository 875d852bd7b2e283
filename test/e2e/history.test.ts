/** A whole session with the history, in the compiled app. */
import {afterAll, expect, test} from 'bun:test';
import {copyFileSync} from 'node:fs';
import {startEmulator} from '../../src/emulator/server.ts';
import {EMULATOR_ORCHESTRATOR_PREFIX} from '../../src/speechmatics/simulated.ts';
import {untilReady} from '../helpers/app-terminal.ts';
import {keepSession, placesIn, said} from '../helpers/kept-history.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());

/** The emulator under the name of no emulator: what is simulated is never in the history. */
async function startService() {
	const emulator = await startEmulator({processingTime: () => 100});
	const origin = new URL(emulator.batchUrl).origin;
	const server = Bun.serve({
		port: 0,
		hostname: '127.0.0.1',
		async fetch(request) {
			const {pathname, search} = new URL(request.url);
			const {method, headers} = request;
			const body = method === 'GET' ? undefined : await request.arrayBuffer();
			const answer = await fetch(`${origin}${pathname}${search}`, {method, headers, ...(body && {body})});
			const text = (await answer.text()).replaceAll(EMULATOR_ORCHESTRATOR_PREFIX, 'engine');
			return new Response(text, {
				status: answer.status,
				headers: {'content-type': answer.headers.get('content-type') ?? 'application/json'},
			});
		},
	});
	return {
		batchUrl: `http://127.0.0.1:${server.port}/v2`,
		async [Symbol.asyncDispose]() {
			await server.stop(true);
			await emulator[Symbol.asyncDispose]();
		},
	};
}

test('what was transcribed is listed, found as it is typed, opened at the second, and left again', async () => {
	copyFileSync(SAMPLE, program.at('sample.wav'));
	const places = placesIn(program.at('data/speechdeck'), program.at('state/speechdeck'));
	await keepSession(places, said('nothing to do with it'), {startedAt: new Date(2026, 0, 31, 9, 5)});
	await using service = await startService();
	await using app = TestTerminal.start([program.path], {
		cwd: program.folder,
		columns: 100,
		rows: 24,
		env: {
			...program.environment,
			XDG_DATA_HOME: program.at('data'),
			XDG_STATE_HOME: program.at('state'),
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: service.batchUrl,
		},
	});
	await untilReady(app);
	app.paste('sample.wav');
	await app.waitFor(/✓ sample\.wav .*done/);

	app.press('4');
	await app.waitFor('1 of 2');
	expect(app.line(3)).toMatch(/^❯ ▪ batch {2}20\d\d-.* sample\.wav /);
	expect(app.line(4)).toMatch(/^ {2}● live {3}2026-01-31 09:05 .* mic /);

	app.press('/');
	app.type('meeti');
	await app.waitFor('found in 1');
	app.press('enter', 'down');
	const [, passage = ''] = (await app.waitFor(/❯ +\d+:\d\d .*meeting/)).match(/❯ +(\d+:\d\d) .*meeting/)!;
	const found = app
		.cells()
		.flat()
		.filter(({inverse, character}) => inverse && /[a-z]/.test(character));
	expect(found.map(({character}) => character).join('')).toContain('meeting');

	app.press('enter');
	await app.waitFor(/"meeting" \d+ of \d+/);
	expect(app.screen()).toMatch(new RegExp(`❯ +${passage} .*meeting`));
	expect(app.screen()).toContain('Esc back');

	app.press('escape');
	await app.waitFor(/\/meeti {2}found in 1 of 2/);
	expect(app.screen()).toMatch(new RegExp(`❯ +${passage} .*meeting`));
	app.press('escape');
	await app.waitGone('/meeti');
	expect(app.screen()).toContain('1 of 2');

	app.press('f', 'f');
	await app.waitFor('live only');
	app.press('D');
	await app.waitFor('Delete the session mic of 2026-01-31 09:05');
	app.press('y');
	await app.waitFor('No live sessions yet');
	app.press('q');
	expect(await app.exited).toBe(0);
	expect(app.leftovers()).toEqual([]);
}, 30_000);

test('the demo has none, and says so', async () => {
	await using app = TestTerminal.start([program.path, '--demo'], {
		cwd: program.folder,
		env: program.environment,
	});
	await untilReady(app);
	app.press('4');
	await app.waitFor('The demo keeps no history');
	app.press('q');
	expect(await app.exited).toBe(0);
});
