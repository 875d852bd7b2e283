/**
 * More screens of the app as pictures, at three sizes, with colour and without: forms, the palette, questions, and the
 * table as one works with it. After a change that is meant: UPDATE_SCREENS=1 bun test test/e2e/more-screens.test.ts, and
 * look at what changed. The checkup is not among them: what it finds is another on each machine (settings.test.ts).
 */
import {afterAll, describe, test} from 'bun:test';
import {appendFileSync, copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {type AppOptions, openApp, showSettings} from '../helpers/app-terminal.ts';
import {expectScreen, GOLDEN_WINDOWS, goldenName} from '../helpers/golden.ts';
import {DEFAULT_MASKS, type Mask} from '../helpers/masks.ts';
import {Program, SAMPLE} from '../helpers/program.ts';

const program = new Program();
afterAll(() => program.remove());

mkdirSync(program.at('talks'));
for (const name of ['interview.wav', 'talk 9.wav', 'talk 10.wav', 'talk 会议.wav', 'lecture.wav']) {
	copyFileSync(SAMPLE, program.at('talks', name));
	// Each its own recording: equal ones would share a job.
	appendFileSync(program.at('talks', name), name);
}
mkdirSync(program.at('config/speechdeck'), {recursive: true});
writeFileSync(
	program.at('config/speechdeck/config.toml'),
	[
		'[transcription]',
		'language = "de"',
		'vocab = ["Brontë: bronty"]',
		'',
		'[batch]',
		'concurrency = 12',
		'',
		'[output]',
		'formats = ["txt", "srt"]',
	].join('\n'),
);

/** How fast the emulator was, beside what it was told to take. */
const SPEED: Mask = {pattern: /\b\d+(\.\d+)?x speed/, as: '12x speed'};
const masks = [...DEFAULT_MASKS, SPEED];

const openDemo = ({env = {}, ...size}: AppOptions) =>
	openApp(program, {...size, args: ['--demo'], env: {XDG_CONFIG_HOME: program.at('config'), ...env}});

describe.each(GOLDEN_WINDOWS)('at $columns x $rows, colour $colour', ({columns, rows, colour}) => {
	const name = (screen: string) => goldenName(screen, {columns, rows, colour});

	const open = () => openDemo({columns, rows, ...(!colour && {env: {NO_COLOR: '1'}})});

	test.concurrent('the forms are as they were found good', async () => {
		await using app = await open();
		app.press('c');
		await app.waitFor('Options of the next jobs');
		app.press('j', 'j', 'right');
		await app.waitFor(/diarization +channel/);
		app.press('j', 'j', 'enter');
		await app.waitFor('Enter take it');
		app.type('en, fr');
		await expectScreen(app, name('options-typed'), {masks});
		app.press('enter');
		await app.waitGone('Enter take it');
		await expectScreen(app, name('options'), {masks});
		app.press('v');
		await app.waitFor('v options');
		await expectScreen(app, name('what-is-sent'), {masks});
		app.press('escape');
		await app.waitFor('No recordings yet');

		await showSettings(app);
		await expectScreen(app, name('settings'), {masks});
		app.press('}', '}', 'j');
		await app.waitFor('melia-1');
		await expectScreen(app, name('settings-choices'), {masks});
		app.press('q');
		await app.exited;
	}, 60_000);

	test.concurrent('the palette is as it was found good', async () => {
		await using app = await open();
		app.press(':');
		await app.waitFor('Enter do it');
		await expectScreen(app, name('palette'), {masks});
		app.type('again');
		await app.waitFor('not now');
		await expectScreen(app, name('palette-found'), {masks});
		app.press('escape');
		await app.waitFor('No recordings yet');
		app.press('q');
		await app.exited;
	}, 60_000);

	test.concurrent('the table in an order, filtered and marked, is as it was found good', async () => {
		await using app = await open();
		app.paste('talks');
		await app.waitFor('5 done');
		app.press('S', 'O', '/');
		await app.waitFor('Enter keep');
		app.type('talk');
		await app.waitFor('3 of 5');
		await expectScreen(app, name('batch-filter'), {masks});
		app.press('enter');
		await app.waitFor('/talk');
		app.press('g', 'space', 'space');
		await app.waitFor('2 marked');
		await expectScreen(app, name('batch-marked'), {masks});
		app.press('D');
		await app.waitFor('Delete what');
		await expectScreen(app, name('delete'), {masks});
		app.press('n');
		await app.waitFor('2 marked');
		app.press('q');
		await app.exited;
	}, 60_000);
});

test('the settings on a light terminal are as they were found good', async () => {
	await using app = await openDemo({env: {COLORFGBG: '0;15'}});
	app.press('c', 'j', 'x');
	await app.waitFor('Not now: it is not set');
	await app.waitGone('Not now');
	await expectScreen(app, 'options-light-80x24', {masks});
	app.press('escape', 'q');
	app.kill();
	await app.exited;
}, 30_000);
