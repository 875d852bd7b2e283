/**
 * Every screen of the app as a picture, at three sizes, with colour and without. After a change that is meant:
 * UPDATE_SCREENS=1 bun test test/e2e/screens.test.ts, and look at what changed.
 */
import {afterAll, describe, test} from 'bun:test';
import {appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {untilReady} from '../helpers/app-terminal.ts';
import {cuttingProxy} from '../helpers/cutting-proxy.ts';
import {expectScreen, GOLDEN_WINDOWS, goldenName} from '../helpers/golden.ts';
import {DEFAULT_MASKS, type Mask} from '../helpers/masks.ts';
import {Program, SAMPLE} from '../helpers/program.ts';
import {type Said, scriptedSession} from '../helpers/scripted-session.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
mkdirSync(program.at('talks'));
for (const name of [
	'interview.wav',
	'会议录音.wav',
	'a rather long name of a recording, as people give them.wav',
]) {
	copyFileSync(SAMPLE, program.at('talks', name));
	// Each its own recording: equal ones would share a job.
	appendFileSync(program.at('talks', name), name);
}
writeFileSync(program.at('talks/empty.mp3'), '');
// The first two sentences: enough to see, without waiting for the rest.
const sample = readFileSync(SAMPLE);
writeFileSync(program.at('opening.wav'), sample.subarray(0, 44 + 4 * 32_000));

// A steady tone: the level stands still.
writeFileSync(program.at('tone.wav'), Buffer.concat([sample.subarray(0, 44), tone(440, 60)]));

const CAPTIONS: Said = [
	['S1', 'Good morning everyone and thank you for coming in so early.'],
	['S2', 'Happy to be here.'],
	['S1', 'Before we begin I would like to go through what we said last week about the release.'],
	['S1', 'Who wants to start?'],
	['S2', 'I can. The captions work on every platform now.'],
];

/** How fast the emulator was, beside what it was told to take. */
const SPEED: Mask = {pattern: /\b\d+(\.\d+)?x speed/, as: '12x speed'};

const TRANSLATIONS = [
	'Guten Morgen allerseits, und danke, dass ihr so früh gekommen seid.',
	'Ich freue mich, hier zu sein.',
	'Bevor wir anfangen, möchte ich durchgehen, was wir letzte Woche zur Veröffentlichung gesagt haben.',
	'Wer möchte anfangen?',
	'Ich. Die Untertitel laufen jetzt überall.',
];

const LATENCY: Mask = {pattern: /\blatency \d+\.\d\/\d+\.\d s/, as: 'latency 0.8/1.4 s'};
/** How often it was tried, and when it is tried again. */
const RETRY: Mask = {
	pattern: /\breconnecting, try \d+( in \d+ s)? +(?=level|█)/,
	as: (found) => 'reconnecting, try 3'.padEnd(found.length),
};
/** When a key was pressed. */
const MARK: Mask = {pattern: /\d:\d\d(?= {2}→ mark)/, as: '0:00'};
const LIVE_MASKS = [...DEFAULT_MASKS, LATENCY, RETRY, MARK];

/** Mono s16le at 16 kHz. */
function tone(hertz: number, seconds: number): Buffer {
	const samples = Int16Array.from({length: seconds * 16_000}, (_, index) =>
		Math.round(8000 * Math.sin((2 * Math.PI * hertz * index) / 16_000)),
	);
	return Buffer.from(samples.buffer);
}

/** Until the steady tone is streamed, and words of it are shown. */
async function untilCaptioned(app: TestTerminal): Promise<void> {
	await untilReady(app);
	app.press('2');
	await app.waitFor('Live captions');
	app.paste('tone.wav');
	await app.waitFor('that may still');
}

describe.each(GOLDEN_WINDOWS)('at $columns x $rows, colour $colour', ({columns, rows, colour}) => {
	const name = (screen: string) => goldenName(screen, {columns, rows, colour});

	const start = (outputDir: string, flags: readonly string[], environment: Record<string, string> = {}) =>
		TestTerminal.start([program.path, ...flags, '--output-dir', outputDir], {
			columns,
			rows,
			cwd: program.folder,
			env: {
				...program.environment,
				LANG: 'C.UTF-8',
				...environment,
				...(colour ? {} : {NO_COLOR: '1'}),
			},
		});

	test.concurrent('the screens are as they were found good', async () => {
		await using app = start(name('.out'), ['--demo']);
		await untilReady(app);
		await expectScreen(app, name('batch-empty'));

		app.press('a');
		await app.waitFor('> [ ] talks');
		app.press('enter');
		await app.waitFor('interview.wav');
		app.press('a');
		await app.waitFor('Marked:');
		await expectScreen(app, name('file-picker'));
		app.press('enter');
		await app.waitFor('3 done, 1 failed');
		await expectScreen(app, name('batch-table'), {masks: [...DEFAULT_MASKS, SPEED]});

		app.press('G', 'enter');
		await app.waitFor('S1  Good morning');
		await expectScreen(app, name('transcript'));

		app.press('2');
		await app.waitFor('Live captions');
		await expectScreen(app, name('realtime-empty'));
		app.paste('opening.wav');
		await app.waitFor('stopped', {timeout: 20_000});
		await app.waitFor('Saved');
		await expectScreen(app, name('realtime'), {masks: LIVE_MASKS});

		app.press('?');
		await app.waitFor('Stream a recording at its');
		await expectScreen(app, name('help'));
		app.press('escape');
		await app.waitGone('Stream a recording at its');
		app.press('q');
		await app.exited;
	}, 60_000);

	test.concurrent('captions as they come are as they were found good', async () => {
		await using service = await scriptedSession(CAPTIONS, 'and the partial words that may still');
		await using app = start(name('.live'), [], {SPEECHMATICS_API_KEY: 'k', SPEECHMATICS_RT_URL: service.url});
		await untilCaptioned(app);
		await expectScreen(app, name('captions'), {masks: LIVE_MASKS});
		app.press('z');
		await app.waitGone('listening');
		await expectScreen(app, name('stage'));
		app.press('z');
		await app.waitFor('listening');
		app.press('q');
		await app.waitFor('Still running');
		await expectScreen(app, name('quit'));
		app.press('n');
		await app.waitGone('Still running');
		app.press('space');
		await app.waitFor('Saved');
		app.press('q');
		await app.exited;
	}, 60_000);

	test.concurrent('a session with all there can be is as it was found good, and one that lost its connection', async () => {
		await using service = await scriptedSession(CAPTIONS, 'and the partial words that may still', {
			translations: TRANSLATIONS,
			sound: 'applause',
		});
		await using proxy = await cuttingProxy(Number(new URL(service.url).port));
		await using app = start(name('.full'), [], {
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_RT_URL: proxy.url,
			XDG_DATA_HOME: program.at(name('.data')),
		});
		await untilCaptioned(app);
		app.press('b', 'n');
		await app.waitFor('Which speaker?');
		app.press('down', 'enter');
		await app.waitFor('Who is S2?');
		app.type('Anna');
		app.press('enter');
		await app.waitFor('Anna');
		await expectScreen(app, name('session'), {masks: LIVE_MASKS});
		proxy.cut('refuse', 60_000);
		await app.waitFor(/reconnecting, try [3-9]/);
		await expectScreen(app, name('reconnecting'), {masks: LIVE_MASKS});
		app.kill('SIGKILL');
		await app.exited;
	}, 60_000);
});
