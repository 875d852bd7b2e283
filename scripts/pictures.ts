/**
 * The pictures of the README: the compiled app in a pseudo-terminal, against the emulator. Look at them before they are
 * committed: bun run build && bun scripts/pictures.ts
 */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {startEmulator} from '../src/emulator/server.ts';
import {Program, SAMPLE} from '../test/helpers/program.ts';
import {scriptedSession} from '../test/helpers/scripted-session.ts';
import {screenSvg} from '../test/helpers/svg.ts';
import {TestTerminal} from '../test/helpers/terminal.ts';

const PICTURES = resolve(import.meta.dir, '../test/e2e/screens');
const WINDOW = {columns: 110, rows: 22};
/** Seconds of the sample, and where its samples begin. */
const SAMPLE_SECONDS = 14.5;
const HEADER = 44;

const sample = readFileSync(SAMPLE);
const program = new Program({LANG: 'C.UTF-8', SPEECHMATICS_API_KEY: 'picture'});

/** A recording of so many seconds: the sample, over and over, and then something of its own. */
function recording(name: string, seconds: number): string {
	const times = Math.max(1, Math.round(seconds / SAMPLE_SECONDS));
	const samples = Buffer.concat([
		...Array.from({length: times}, () => sample.subarray(HEADER)),
		Buffer.alloc(name.length * 2),
	]);
	const header = Buffer.from(sample.subarray(0, HEADER));
	header.writeUInt32LE(36 + samples.length, 4);
	header.writeUInt32LE(samples.length, 40);
	const path = program.at('recordings', name);
	writeFileSync(path, Buffer.concat([header, samples]));
	return path;
}

/** @param scene each has data of its own: an app goes on with what the one before left undone */
function open(
	scene: string,
	environment: Readonly<Record<string, string>>,
	rows = WINDOW.rows,
): TestTerminal {
	const data = {XDG_DATA_HOME: program.at(scene, 'data'), XDG_STATE_HOME: program.at(scene, 'state')};
	return TestTerminal.start([program.path], {
		...WINDOW,
		rows,
		cwd: program.at('recordings'),
		env: {...program.environment, ...data, ...environment},
	});
}

async function ready(app: TestTerminal): Promise<void> {
	await app.waitFor((screen) => screen.includes('No recordings yet') && app.modes.bracketedPasteMode);
}

function save(app: TestTerminal, name: string): void {
	writeFileSync(join(PICTURES, `readme-${name}.svg`), screenSvg(app.cells(), {title: 'speechdeck'}));
	console.log(`readme-${name}.svg`);
}

const rest = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

mkdirSync(program.at('recordings'));
writeFileSync(program.at('recordings/said.txt'), SAID());
writeFileSync(
	join(mkdirp(program.at('.home/.config/speechdeck')), 'config.toml'),
	'[compare]\nbatch_rate = 0.24\nrealtime_rate = 0.38\ncurrency = "EUR"\n',
	{mode: 0o600},
);

await using service = await startEmulator({processingTime: (seconds) => seconds * 55});
const urls = {SPEECHMATICS_BATCH_URL: service.batchUrl, SPEECHMATICS_RT_URL: service.realtimeUrl};

await batch();
await realtime();
await compare();
program.remove();

async function batch(): Promise<void> {
	await using app = open('batch', urls);
	await ready(app);
	const talks: ReadonlyArray<readonly [string, number]> = [
		['voice memo.wav', 15],
		['interview with Anna.wav', 44],
		['phone call 0412.wav', 60],
		['会议录音.wav', 74],
		['podcast, episode 12.wav', 175],
		['panel discussion.wav', 260],
		['lecture 03.wav', 420],
		['board meeting.wav', 600],
	];
	for (const [name, seconds] of talks.slice(0, 2)) app.paste(recording(name, seconds));
	await app.waitFor('2 done', {timeout: 30_000});
	writeFileSync(program.at('recordings/empty.mp3'), '');
	app.paste(
		[program.at('recordings/empty.mp3'), ...talks.slice(2).map(([name, at]) => recording(name, at))].join(
			'\n',
		),
	);
	await app.waitFor('4 done', {timeout: 30_000});
	await rest(1.2);
	app.press('g');
	await rest(0.4);
	save(app, 'batch');
	app.press('enter');
	await app.waitFor('Good morning');
	for (const key of ['w', 'w', 'w', 'w', 'w', 'w', 'w', 'w', 'w', 'w', '/']) app.press(key);
	await rest(0.3);
	app.type('customers');
	app.press('enter');
	await rest(0.4);
	save(app, 'transcript');
	app.kill('SIGKILL');
	await app.exited;
}

async function realtime(): Promise<void> {
	await using scripted = await scriptedSession(
		[
			['S1', 'Good morning everyone and thank you for coming in so early.'],
			['S2', 'Happy to be here.'],
			['S1', 'Before we begin I would like to go through what we said last week about the release.'],
			['S1', 'Who wants to start?'],
			['S2', 'I can. The captions work on every platform now.'],
			['S3', 'And the search is faster than it was.'],
		],
		'which is what the customers asked for in the',
		{
			translations: [
				'Guten Morgen allerseits, und danke, dass ihr so früh gekommen seid.',
				'Ich freue mich, hier zu sein.',
				'Bevor wir anfangen, möchte ich durchgehen, was wir letzte Woche zur Veröffentlichung gesagt haben.',
				'Wer möchte anfangen?',
				'Ich. Die Untertitel laufen jetzt überall.',
				'Und die Suche ist schneller als früher.',
			],
			sound: 'applause',
		},
	);
	await using app = open('realtime', {...urls, SPEECHMATICS_RT_URL: scripted.url});
	await ready(app);
	app.press('2');
	await app.waitFor('Live captions');
	app.paste(program.at('recordings/board meeting.wav'));
	await app.waitFor('asked for in the');
	await rest(6);
	save(app, 'realtime');
	app.press('z');
	await rest(0.6);
	save(app, 'stage');
	app.kill('SIGKILL');
	await app.exited;
}

async function compare(): Promise<void> {
	service.setFaults([
		{fault: 'mishear', word: 'customers', as: 'consumers', by: 'realtime'},
		{fault: 'mishear', word: 'faster', as: 'fast', by: 'realtime'},
		{fault: 'mishear', word: 'week', as: 'weak', by: 'batch'},
	]);
	await using app = open('compare', urls, 34);
	await ready(app);
	app.press('3');
	await app.waitFor('both ways');
	app.press('t');
	await app.waitFor('What was said');
	app.type(program.at('recordings/said.txt'));
	app.press('enter');
	await app.waitFor('judged by');
	app.paste(program.at('recordings/voice memo.wav'));
	await app.waitFor(/word error rate/, {timeout: 60_000});
	await rest(5);
	save(app, 'compare');
	app.press('q');
	await app.exited;
}

/** What is said in the sample. */
function SAID(): string {
	return [
		"Good morning, everyone. Let's begin today's meeting. The new version is out, and 14 customers have it.",
		"What did they say about it? They like the captions, but want a faster search. Good, that's our plan for next week.",
	].join('\n');
}

function mkdirp(path: string): string {
	mkdirSync(path, {recursive: true});
	return path;
}
