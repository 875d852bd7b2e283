import {describe, expect, test} from 'bun:test';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {readRecording} from '../../src/audio/recording-parts.ts';
import {openRecording} from '../../src/audio/wav-writer.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {FinalWords} from '../../src/realtime/final-words.ts';
import {keepSession, lockIn, SessionFolder} from '../../src/realtime/session-folder.ts';
import {readSessionInfo} from '../../src/realtime/session-info.ts';
import {isLocked, SessionBusyError, takeLock} from '../../src/realtime/session-lock.ts';
import {SessionRecorder} from '../../src/realtime/session-recorder.ts';
import {
	crashedSessions,
	deleteSession,
	readSession,
	transcriptOf,
} from '../../src/realtime/stored-sessions.ts';
import {ASKED, final, over, START, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {word} from '../helpers/results.ts';

const PCM = {type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000} as const;

function transcript(events: readonly RealtimeEvent[]) {
	const words = new FinalWords(START);
	for (const event of events) words.add(event);
	return words.transcript();
}

const SPOKEN = [started(), final(word('Good', 0)), over()];

describe('a session that is kept', () => {
	test('has a folder for this user alone, with its journal, its recording and its outputs', async () => {
		using root = temporaryFolder();
		const shown: RealtimeEvent[] = [];
		const startedAt = new Date(2026, 0, 31, 9, 5, 0);
		const kept = keepSession(ASKED, {show: (event) => shown.push(event), root: root.path, startedAt});
		expect(kept.path).toBe(join(root.path, '2026-01-31T09-05-00'));
		kept.startRecording(PCM);
		kept.recorder!.append(new Uint8Array(3200));
		for (const event of SPOKEN) kept.emit(event);
		expect((await readSession(kept.path!))?.state).toBe('running');
		const outputs = await kept.finish(transcript(SPOKEN));
		expect(shown.map(({type}) => type)).toEqual(['recording', 'started', 'final', 'ended', 'saved']);
		expect(statSync(kept.path!).mode & 0o777).toBe(0o700);
		expect(readdirSync(kept.path!).sort()).toEqual([
			'journal.ndjson',
			'recording.wav',
			'session.json',
			'transcript.json',
			'transcript.srt',
			'transcript.txt',
		]);
		for (const name of readdirSync(kept.path!)) {
			expect(statSync(join(kept.path!, name)).mode & 0o777).toBe(0o600);
		}
		expect(outputs).toHaveLength(3);
		const session = (await readSession(kept.path!))!;
		expect(session).toMatchObject({state: 'finished', recordedSeconds: 0.1, untranscribedSeconds: 0});
		expect((await transcriptOf(session))!.results).toEqual([word('Good', 0)]);
	});

	test('can be taken up from another folder: what was asked has whole paths', () => {
		using root = temporaryFolder();
		const asked = {...ASKED, file: 'talk.wav', outputDir: 'out'};
		const kept = SessionFolder.create(asked, {show: () => {}, root: root.path});
		kept.close();
		expect(readSessionInfo(kept.path)).toMatchObject({file: resolve('talk.wav'), outputDir: resolve('out')});
	});

	test('begins in the same second as another one, in a folder of its own', () => {
		using root = temporaryFolder();
		const startedAt = new Date();
		const two = [1, 2].map(() => SessionFolder.create(ASKED, {show: () => {}, root: root.path, startedAt}));
		expect(two[1]!.path).toBe(`${two[0]!.path}-2`);
		for (const one of two) one.close();
	});

	test('without a word leaves nothing behind, unless it failed with something recorded', async () => {
		using root = temporaryFolder();
		const run = async (reason: 'stopped' | 'failed', record: boolean) => {
			const kept = SessionFolder.create(ASKED, {show: () => {}, root: root.path});
			if (record) {
				kept.startRecording(PCM);
				kept.recorder.append(new Uint8Array(3200));
			}
			kept.emit(started());
			kept.emit(over(reason));
			expect(await kept.finish(transcript([started()]))).toEqual([]);
			return (await readSession(kept.path))?.state;
		};
		expect(await run('stopped', true)).toBeUndefined();
		expect(await run('failed', false)).toBeUndefined();
		expect(readdirSync(root.path)).toEqual([]);
		expect(await run('failed', true)).toBe('failed');
	});

	test('of the demo leaves nothing but outputs where a folder is named', async () => {
		using root = temporaryFolder();
		using out = temporaryFolder();
		const demo = {...ASKED, simulated: true};
		const unkept = keepSession(demo, {show: () => {}, root: root.path});
		for (const event of SPOKEN) unkept.emit(event);
		expect(await unkept.finish(transcript(SPOKEN))).toEqual([]);
		expect(readdirSync(root.path)).toEqual([]);
		const kept = keepSession(
			{...demo, file: '/far/talk.wav', outputDir: out.path, formats: ['txt']},
			{show: () => {}, root: root.path},
		);
		for (const event of SPOKEN) kept.emit(event);
		expect(await kept.finish(transcript(SPOKEN))).toEqual([join(out.path, 'talk.txt')]);
		expect(readdirSync(root.path)).toEqual([]);
	});

	test('where no folder can be made goes on, and says so', async () => {
		using root = temporaryFolder();
		using out = temporaryFolder();
		const inTheWay = join(root.path, 'file');
		writeFileSync(inTheWay, '');
		const shown: RealtimeEvent[] = [];
		const kept = keepSession(
			{...ASKED, outputDir: out.path, formats: ['txt']},
			{show: (event) => shown.push(event), root: inTheWay},
		);
		expect(shown).toMatchObject([{type: 'warning'}]);
		for (const event of SPOKEN) kept.emit(event);
		expect(await kept.finish(transcript(SPOKEN))).toHaveLength(1);
	});

	test('on a full disk tells it, and shows every word', () => {
		using root = temporaryFolder();
		const shown: RealtimeEvent[] = [];
		const disk = {
			write(): number {
				throw new Error('no space left on device');
			},
			sync() {},
		};
		const kept = keepSession(ASKED, {show: (event) => shown.push(event), root: root.path, disk});
		for (const event of SPOKEN) kept.emit(event);
		expect(shown.map(({type}) => type)).toEqual(['warning', 'started', 'final', 'ended']);
	});
});

describe('a lock', () => {
	test('is held by a process that is alive, and by no other', async () => {
		using root = temporaryFolder();
		const path = join(root.path, 'lock');
		const holder = takeLock(path);
		expect(isLocked(path)).toBe(true);
		expect(() => takeLock(path)).toThrow(SessionBusyError);
		const mine = JSON.parse(readFileSync(path, 'utf8'));
		holder[Symbol.dispose]();
		expect(existsSync(path)).toBe(false);

		const dead = Bun.spawn(['true']);
		await dead.exited;
		writeFileSync(path, JSON.stringify({...mine, pid: dead.pid}));
		expect(isLocked(path)).toBe(false);
		takeLock(path)[Symbol.dispose]();

		// Its number was given to another process.
		writeFileSync(path, JSON.stringify({...mine, born: '1'}));
		expect(isLocked(path)).toBe(process.platform !== 'linux');
	});

	test('keeps a session from being deleted or taken for a crashed one', async () => {
		using root = temporaryFolder();
		const kept = SessionFolder.create(ASKED, {show: () => {}, root: root.path});
		for (const event of SPOKEN.slice(0, 2)) kept.emit(event);
		expect(() => deleteSession(kept.path)).toThrow(SessionBusyError);
		expect(await crashedSessions(root.path)).toEqual([]);
		kept.close();
		expect(await crashedSessions(root.path)).toMatchObject([{path: kept.path}]);
		expect(existsSync(lockIn(kept.path))).toBe(false);
		deleteSession(kept.path);
		expect(readdirSync(root.path)).toEqual([]);
	});
});

test('a recording of which a part did not reach the disk has silence there, and keeps its times', async () => {
	using root = temporaryFolder();
	const troubles: string[] = [];
	let isFull = false;
	const recorder = new SessionRecorder(
		root.path,
		(reason) => troubles.push(reason),
		(folder, options) => {
			const recording = openRecording(folder, options);
			const append = recording.append.bind(recording);
			return Object.assign(recording, {
				append(bytes: Uint8Array) {
					if (isFull) throw new Error('no space left on device');
					append(bytes);
				},
			});
		},
	);
	const loud = Buffer.alloc(3200, 1);
	recorder.append(loud);
	recorder.start(PCM);
	for (const full of [false, true, true, false]) {
		isFull = full;
		recorder.append(loud);
	}
	recorder.close();
	expect(troubles).toEqual(['no space left on device']);
	const recorded = Buffer.concat(await Array.fromAsync(readRecording(root.path)));
	expect(recorded).toEqual(Buffer.concat([loud, Buffer.alloc(6400), loud]));
});
