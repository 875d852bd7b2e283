/** Batch channel diarization: who is on which side of a stereo recording. */
import {expect, test} from 'bun:test';
import {startEmulator} from '../../src/emulator/server.ts';
import {chunk, fmt, wav} from '../audio/wav-files.ts';
import {SAMPLE_TEXT, sampleBytes} from './sample-sound.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the test expects of an answer is what it checks of it.
type Json = any;

/** How much later the right side says the same. Samples. */
const LATER = 8000;

/** The sample on the left, and half a second later on the right. */
async function stereo(): Promise<Uint8Array<ArrayBuffer>> {
	const mono = new Int16Array((await sampleBytes()).buffer);
	const both = new Int16Array((mono.length + LATER) * 2);
	for (const [index, value] of mono.entries()) {
		both[index * 2] = value;
		both[(index + LATER) * 2 + 1] = value;
	}
	const file = wav(fmt({channels: 2}), chunk('data', new Uint8Array(both.buffer)));
	return new Uint8Array(file);
}

const textOn = (results: Json[], channel: string) =>
	results
		.filter((result) => result.channel === channel)
		.map(({type, alternatives}) => (type === 'word' ? ' ' : '') + alternatives[0].content)
		.join('')
		.trim();

test.each([
	[undefined, ['channel_1', 'channel_2']],
	[['Agent'], ['Agent', 'channel_2']],
	[
		['Agent', 'Caller', 'Nobody'],
		['Agent', 'Caller'],
	],
])('each channel is listened to by itself (labels %p)', async (labels, [left, right]) => {
	await using emulator = await startEmulator({processingTime: () => 0});
	const form = new FormData();
	const transcription_config = {
		language: 'en',
		diarization: 'channel',
		...(labels === undefined ? {} : {channel_diarization_labels: labels}),
	};
	form.append('config', JSON.stringify({type: 'transcription', transcription_config}));
	form.append('data_file', new Blob([await stereo()]), 'both.wav');
	const headers = {Authorization: 'Bearer key'};
	const made = await fetch(`${emulator.batchUrl}/jobs?wait=30`, {method: 'POST', headers, body: form});
	const {results} = ((await made.json()) as Json)['json-v2'];
	expect([textOn(results, left!), textOn(results, right!)]).toEqual([SAMPLE_TEXT, SAMPLE_TEXT]);
	const words = results.filter(({type}: Json) => type === 'word');
	const starts = words.map(({start_time}: Json) => start_time);
	expect(starts).toEqual([...starts].sort((a: number, b: number) => a - b));
	for (const [index, {type, channel}] of results.entries())
		if (type === 'punctuation') expect(results[index - 1].channel).toBe(channel);
});
