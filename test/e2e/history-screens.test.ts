/**
 * The history as pictures, at three sizes, with colour and without. After a change that is meant:
 * UPDATE_SCREENS=1 bun test test/e2e/history-screens.test.ts, and look at what changed.
 */
import {afterAll, beforeAll, describe, test} from 'bun:test';
import {expectScreen, GOLDEN_WINDOWS, goldenName} from '../helpers/golden.ts';
import {keepSession, placesIn, said, saveTranscript} from '../helpers/kept-history.ts';
import {Program} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

// Times are shown as this machine's clock has them.
const program = new Program({LANG: 'C.UTF-8', SPEECHMATICS_API_KEY: 'k', TZ: 'UTC'});
afterAll(() => program.remove());

const HEARING = said(
	['S1', 'Good morning and thank you for coming in so early'],
	['S2', 'Happy to be here'],
	['S1', 'Before we begin I would like to go through the minutes of last week'],
	['S2', 'The budget was agreed and the search is faster than it was'],
);

beforeAll(async () => {
	const places = placesIn(program.at('data/speechdeck'), program.at('state/speechdeck'));
	await keepSession(places, HEARING, {startedAt: new Date('2026-01-31T09:05:00Z')});
	await keepSession(places, said('nothing to do with it'), {startedAt: new Date('2026-02-02T14:30:00Z')});
	const transcripts: ReadonlyArray<readonly [string, string]> = [
		['board meeting.wav', 'The budget for the next year was agreed'],
		['会议录音.wav', '预算 已经 通过'],
		['a rather long name of a recording, as people give them.wav', 'Nobody spoke of money'],
	];
	for (const [index, [name, text]] of transcripts.entries()) {
		const at = `2026-02-0${index + 3}T10:00:00Z`;
		saveTranscript(places, `ref-${index}`, said(text), {name, at, changedAt: new Date(at)});
	}
});

describe.each(GOLDEN_WINDOWS)('at $columns x $rows, colour $colour', ({columns, rows, colour}) => {
	const name = (screen: string) => goldenName(screen, {columns, rows, colour});

	test('the history is as it was found good', async () => {
		await using app = TestTerminal.start([program.path], {
			columns,
			rows,
			cwd: program.folder,
			env: {
				...program.environment,
				XDG_DATA_HOME: program.at('data'),
				XDG_STATE_HOME: program.at('state'),
				...(colour ? {} : {NO_COLOR: '1'}),
			},
		});
		await app.waitFor((screen) => screen.includes('No recordings yet') && app.modes.bracketedPasteMode);
		app.press('4');
		await app.waitFor('of 5');
		await expectScreen(app, name('history'), {masks: []});
		app.press('/');
		app.type('budget');
		await app.waitFor('found in 2');
		app.press('enter', 'down');
		await expectScreen(app, name('history-found'), {masks: []});
		app.press('enter');
		await app.waitFor('Esc back');
		await expectScreen(app, name('history-opened'), {masks: []});
		app.press('escape');
		await app.waitFor('found in 2');
		app.press('q');
		await app.exited;
	}, 30_000);
});
