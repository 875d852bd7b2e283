/**
 * What live captions cost: how long sound and words are on their way, what a session of two days costs at its beginning
 * and at its end, and how fast a recording goes through.
 *
 * `bun run bench realtime [PART,…]`, all parts without a name
 */
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {noNullSink} from '../../test/helpers/null-sink.ts';
import {executable} from '../build.ts';
import {say} from '../say.ts';
import {attempt, median, NotMeasured, percentile, printTable} from './figures.ts';
import type {LongSession} from './long-session.ts';
import type {Measured} from './measured-process.ts';
import {WINDOW} from './realtime-app.ts';
import {type ProcessorTime, processorTime, SPAN} from './realtime-cpu.ts';
import {flatOut, MINUTES, ROUNDS} from './realtime-flat-out.ts';
import {soundToSocket} from './realtime-microphone.ts';
import {messageToScreen} from './realtime-screen.ts';
import {startService} from './service.ts';
import {writeSpeech} from './speech.ts';

const place = mkdtempSync(join(tmpdir(), 'speechdeck-bench-'));
// A build in the meantime changes nothing.
const program = join(place, 'speechdeck');
const recording = join(place, 'talk.wav');
/** Seconds: longer than anything that is measured at its speed. */
const LENGTH = 600;

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const newHome = () => mkdtempSync(join(place, 'home-'));

function delaysRow(name: string, delays: readonly number[] | NotMeasured): string[] {
	if (delays instanceof NotMeasured) return [name, 'not measured'];
	const figures = [50, 95, 99].map((percent) => percentile(delays, percent));
	return [name, ...[...figures, Math.max(...delays)].map(milliseconds), String(delays.length)];
}

function explain(what: string, result: unknown): void {
	if (result instanceof NotMeasured) console.log(`\n${what} could not be measured: ${result.why}`);
}

async function microphone(): Promise<void> {
	say('Playing sounds…');
	const delays =
		noNullSink === undefined
			? await attempt(() => soundToSocket(program, newHome()))
			: new NotMeasured(noNullSink);
	console.log('\nFrom a sound in the microphone to its samples at the service\n');
	printTable(['', 'p50', 'p95', 'p99', 'most', 'sounds'], [delaysRow('speechdeck realtime', delays)]);
	explain('The microphone', delays);
}

async function screen(): Promise<void> {
	say('Sending words…');
	const delays = await attempt(() => messageToScreen(program, newHome(), recording));
	console.log(
		`\nFrom a message of the service to its word on the screen, ${WINDOW.columns}x${WINDOW.rows}, while audio is sent\n`,
	);
	printTable(['', 'p50', 'p95', 'p99', 'most', 'messages'], [delaysRow('speechdeck', delays)]);
	explain('The screen', delays);
}

async function processor(): Promise<void> {
	say(`Counting processor time for ${SPAN} s…`);
	using service = await startService();
	const used = await attempt(() =>
		processorTime(program, {home: newHome(), recording, url: service.realtimeUrl}),
	);
	console.log(
		`\nProcessor time of captions at the speed of speech, over ${SPAN} s; an hour is reckoned from it\n`,
	);
	const row = (name: string, which: keyof ProcessorTime) => {
		if (used instanceof NotMeasured) return [name, 'not measured'];
		const seconds = used[which];
		return [
			name,
			`${seconds.toFixed(2)} s`,
			`${((seconds * 3600) / SPAN).toFixed(0)} s`,
			`${((seconds / SPAN) * 100).toFixed(1)} %`,
		];
	};
	printTable(
		['', 'measured', 'an hour of audio', 'of one core'],
		[row('speechdeck realtime', 'command'), row(`the app, ${WINDOW.columns}x${WINDOW.rows}`, 'app')],
	);
	explain('Processor time', used);
}

async function long(): Promise<void> {
	say('Two days in virtual time…');
	const session = await attempt(async () => {
		const child = Bun.spawn(
			[process.execPath, fileURLToPath(new URL('./long-session.ts', import.meta.url))],
			{
				stdin: 'ignore',
				stdout: 'pipe',
				stderr: 'pipe',
			},
		);
		const [out, said] = await Promise.all([
			new Response(child.stdout).text(),
			new Response(child.stderr).text(),
		]);
		if ((await child.exited) !== 0) throw new Error(said.trim().slice(-300));
		return JSON.parse(out) as LongSession;
	});
	console.log('\nA session of 48 hours in virtual time: at its beginning and at its end\n');
	if (session instanceof NotMeasured) return explain('The long session', session);
	const {hours, words, connections, seconds} = session;
	const [first, last] = hours;
	printTable(
		['', 'words', 'memory', 'append p50', 'p95', 'frame p50', 'p95', 'of each'],
		hours.map(({hour, words, memory, append, frame, samples}) => [
			`hour ${hour}`,
			String(words),
			`${memory.toFixed(0)} MB`,
			...[append.p50, append.p95, frame.p50, frame.p95].map((value) => `${value.toFixed(0)} µs`),
			String(samples),
		]),
	);
	const grown = ((last!.memory - first!.memory) * 1e6) / (last!.words - first!.words);
	console.log(
		`\n${words} words, a translation, ${connections} connections in ${seconds.toFixed(1)} s; ` +
			`${grown.toFixed(0)} bytes more for each word and its translation, in the transcript and in the view.`,
	);
}

async function file(): Promise<void> {
	say(`Streaming ${MINUTES} minutes…`);
	const long = join(place, 'long.wav');
	writeSpeech(long, MINUTES * 60);
	using service = await startService();
	const runs = await flatOut(program, {home: newHome(), recording: long, url: service.realtimeUrl});
	const ours = [...runs.values()][0];
	const of = (all: readonly Measured[], what: keyof Measured) => median(all.map((each) => each[what]));
	const ratio = (all: readonly Measured[], what: keyof Measured) =>
		ours === undefined || ours instanceof NotMeasured
			? ''
			: `${(of(all, what) / of(ours, what)).toFixed(2)}×`;
	console.log('');
	printTable(
		[
			`${MINUTES} minutes flat out, ${ROUNDS} times, whole processes`,
			'seconds',
			'ratio',
			'peak memory',
			'ratio',
		],
		[...runs].map(([name, all]) =>
			all instanceof NotMeasured
				? [name, 'not measured']
				: [
						name,
						`${of(all, 'seconds').toFixed(2)} s`,
						ratio(all, 'seconds'),
						`${of(all, 'memory').toFixed(0)} MB`,
						ratio(all, 'memory'),
					],
		),
	);
	for (const [name, all] of runs) explain(name, all);
}

const PARTS = {microphone, screen, processor, long, file};

try {
	copyFileSync(executable, program);
	writeSpeech(recording, LENGTH);
	const named = process.argv[3]?.split(',') ?? Object.keys(PARTS);
	const unknown = named.find((name) => !(name in PARTS));
	if (unknown !== undefined) {
		say(`There is no part "${unknown}", only ${Object.keys(PARTS).join(', ')}`);
		process.exitCode = 2;
	} else for (const name of named) await PARTS[name as keyof typeof PARTS]();
} finally {
	rmSync(place, {recursive: true, force: true});
}
process.exit();
