import {describe, expect, test} from 'bun:test';
import {appendFileSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {openRecording} from '../../src/audio/wav-writer.ts';
import {Continuation} from '../../src/realtime/continuation.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {type Recovered, recoverSession} from '../../src/realtime/recover.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import type {AskedSession} from '../../src/realtime/session-info.ts';
import {SessionBusyError} from '../../src/realtime/session-lock.ts';
import {readSession, transcriptOf} from '../../src/realtime/stored-sessions.ts';
import {type Clock, systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {BLOCK_SECONDS, CODED_RATE, codedAudio, codedService, codedWords} from '../helpers/coded-service.ts';
import {FastClock} from '../helpers/fast-clock.ts';
import {ASKED, final, over, partial, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {mark, word} from '../helpers/results.ts';

const PCM = {type: 'raw', encoding: 'pcm_s16le', sample_rate: CODED_RATE} as const;
const codedBytes = (blocks: number) => new Uint8Array(codedAudio(blocks).buffer);

/** A session that broke off after `known` words of coded audio of `blocks`. */
function crashed(
	root: string,
	{known, blocks = 0, asked = ASKED}: {known: number; blocks?: number; asked?: AskedSession},
): string {
	const kept = SessionFolder.create(asked, {show: () => {}, root});
	if (blocks > 0) {
		kept.startRecording(PCM);
		for (const byte of [codedBytes(blocks)]) kept.recorder.append(byte);
	}
	kept.emit(started());
	for (let block = 0; block < known; block++) {
		const start = block * BLOCK_SECONDS;
		kept.emit(final(word(`w${block + 1}`, start, {end: start + 0.3})));
	}
	kept.close();
	return kept.path;
}

function recover(
	path: string,
	url?: string,
	{stop = new AbortController().signal, clock = systemClock}: {stop?: AbortSignal; clock?: Clock} = {},
): Promise<Recovered> {
	const newClient = () => new RealtimeClient({apiKey: 'k', url: url!});
	return recoverSession(path, {
		show: () => {},
		...(url !== undefined && {send: {newClient, clock, stop}}),
	});
}

async function wordsOf(path: string): Promise<string[]> {
	const transcript = await transcriptOf((await readSession(path))!);
	return transcript!.results.map(({alternatives}) => alternatives![0]!.content);
}

describe('a session that broke off', () => {
	test('is completed by what it had recorded', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 40});
		expect(await readSession(path)).toMatchObject({state: 'crashed', recordedSeconds: 16});
		const {outputs, error, untranscribedSeconds} = await recover(path, service.url);
		expect({error, untranscribedSeconds}).toEqual({error: undefined, untranscribedSeconds: 0});
		expect(await wordsOf(path)).toEqual(codedWords(40));
		expect((await readSession(path))?.state).toBe('finished');
		expect(readFileSync(outputs[0]!, 'utf8').trim()).toBe(codedWords(40).join(' '));
		expect(service.sessions()).toBe(1);
		// Once more, nothing is left to do.
		await recover(path, service.url);
		expect(service.sessions()).toBe(1);
		expect(await wordsOf(path)).toEqual(codedWords(40));
	});

	test('tells no gap where its second run begins', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 40});
		await recover(path, service.url);
		expect(readFileSync(join(path, 'journal.ndjson'), 'utf8')).not.toContain('"gap"');
	});

	test('without sending is saved as it was, and can be completed later, in the same files', async () => {
		using root = temporaryFolder();
		using out = temporaryFolder();
		await using service = await codedService();
		const asked = {...ASKED, outputDir: out.path, formats: ['txt']} as const;
		const path = crashed(root.path, {known: 20, blocks: 40, asked});
		const first = await recover(path);
		expect(first.untranscribedSeconds).toBeCloseTo(16 - (19 * BLOCK_SECONDS + 0.3));
		expect((await readSession(path))?.state).toBe('failed');
		const second = await recover(path, service.url);
		expect(second.outputs).toEqual(first.outputs);
		expect(readdirSync(out.path)).toHaveLength(1);
		expect(readFileSync(second.outputs[0]!, 'utf8').trim()).toBe(codedWords(40).join(' '));
	});

	test('does not write over what somebody has changed', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 40});
		const first = await recover(path);
		writeFileSync(first.outputs[0]!, 'mine');
		const second = await recover(path, service.url);
		expect(readFileSync(first.outputs[0]!, 'utf8')).toBe('mine');
		expect(second.outputs[0]).toEndWith('transcript-2.txt');
	});

	test('where nobody answers is saved as it was, with the reason', async () => {
		using root = temporaryFolder();
		const path = crashed(root.path, {known: 20, blocks: 40});
		const {outputs, error, untranscribedSeconds} = await recover(path, 'ws://127.0.0.1:1', {
			clock: new FastClock(),
		});
		expect(error).toBeInstanceOf(Error);
		expect(untranscribedSeconds).toBeGreaterThan(8);
		expect(readFileSync(outputs[0]!, 'utf8').trim()).toBe(codedWords(20).join(' '));
		expect((await readSession(path))?.state).toBe('failed');
	});

	test('and whose recovery is stopped can be recovered again', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 40});
		await recover(path, service.url, {stop: AbortSignal.abort()});
		expect((await readSession(path))?.state).toBe('failed');
		await recover(path, service.url);
		expect(await wordsOf(path)).toEqual(codedWords(40));
	});

	test('while it streamed a recording goes on in that recording', async () => {
		using root = temporaryFolder();
		using media = temporaryFolder();
		await using service = await codedService();
		const file = openRecording(media.path, {stem: 'talk'});
		file.append(codedBytes(40));
		file.close();
		const path = crashed(root.path, {known: 20, asked: {...ASKED, source: 'talk.wav', file: file.path}});
		await recover(path, service.url);
		expect(await wordsOf(path)).toEqual(codedWords(40));
		expect((await readSession(path))?.state).toBe('finished');
	});

	test('in the midst of a line and of a sample', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 40});
		appendFileSync(join(path, 'journal.ndjson'), '{"at":1,"type":"fin');
		appendFileSync(join(path, 'recording.wav'), 'x');
		await recover(path, service.url);
		expect(await wordsOf(path)).toEqual(codedWords(40));
	});

	test('with words but no end of its outputs gets them, and nothing is sent', async () => {
		using root = temporaryFolder();
		await using service = await codedService();
		const path = crashed(root.path, {known: 20, blocks: 20});
		const again = SessionFolder.open(path, {show: () => {}});
		again.emit(over('stopped'));
		again.close();
		expect((await readSession(path))?.state).toBe('crashed');
		expect((await recover(path, service.url)).outputs).toHaveLength(3);
		expect(service.sessions()).toBe(0);
		expect((await readSession(path))?.state).toBe('finished');
	});

	test('that another process works at is left alone', async () => {
		using root = temporaryFolder();
		const path = crashed(root.path, {known: 1});
		const other = SessionFolder.open(path, {show: () => {}});
		expect(recover(path)).rejects.toThrow(SessionBusyError);
		other.close();
	});
});

describe('what is heard again', () => {
	const texts = (events: readonly RealtimeEvent[], known: {until: number; endsWithMark: boolean}) => {
		const continuation = new Continuation(known);
		return events.flatMap((event) => {
			const more = continuation.add(event);
			return more !== undefined && 'text' in more ? [more.text] : [];
		});
	};

	test('adds only words behind the last known one, wherever its end lies now', () => {
		const heard = [final(word('a', 0), word('b', 1, {end: 1.52})), final(word('c', 1.6), mark('.', 2.1))];
		expect(texts(heard, {until: 1.5, endsWithMark: true})).toEqual(['c.']);
	});

	test('adds the mark behind the last known word only where that was not final yet', () => {
		const heard = [
			final(word('a', 0), mark(',', 0.5), word('b', 1)),
			final(mark('.', 1.5)),
			final(word('c', 2)),
		];
		expect(texts(heard, {until: 1.5, endsWithMark: false})).toEqual(['.', 'c']);
		expect(texts(heard, {until: 1.5, endsWithMark: true})).toEqual(['c']);
	});

	test('shows partials without the known words', () => {
		const heard = [partial(word('a', 0)), partial(word('a', 0), word('b', 2))];
		expect(texts(heard, {until: 0.5, endsWithMark: true})).toEqual(['b']);
	});

	test('has no gap where it begins, but keeps a real one', () => {
		const continuation = new Continuation({until: 5, endsWithMark: true});
		const gap = (from: number, seconds: number) => ({type: 'gap', from, seconds, reason: ''}) as const;
		expect(continuation.add(gap(3.7, 0.3))).toBeUndefined();
		expect(continuation.add(gap(8, 2))).toEqual(gap(8, 2));
	});
});
