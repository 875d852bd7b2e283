import {expect, test} from 'bun:test';
import {meetingStart, paired} from '../../src/realtime/meeting.ts';

test('channels that give at different times come beside each other, sample by sample', async () => {
	async function* chunks() {
		yield {channel: 'Me', bytes: Uint8Array.of(1, 1, 2, 2)};
		yield {channel: 'Them', bytes: Uint8Array.of(9, 9)};
		yield {channel: 'Me', bytes: Uint8Array.of(3, 3)};
		yield {channel: 'Them', bytes: Uint8Array.of(8, 8, 7, 7)};
	}
	const pieces = await Array.fromAsync(paired(chunks(), ['Me', 'Them']));
	for (const frames of pieces) {
		expect(frames.map(({channel}) => channel)).toEqual(['Me', 'Them']);
		expect(frames[0]!.bytes.length).toBe(frames[1]!.bytes.length);
	}
	const all = (index: number) => pieces.flatMap((frames) => [...frames[index]!.bytes]);
	expect(all(0)).toEqual([1, 1, 2, 2, 3, 3]);
	expect(all(1)).toEqual([9, 9, 8, 8, 7, 7]);
});

test('a meeting tells voices apart on both channels, unless the user wants it otherwise', () => {
	expect(meetingStart({transcriptionConfig: {language: 'en'}}).transcriptionConfig).toMatchObject({
		diarization: 'channel_and_speaker',
		channel_diarization_labels: ['Me', 'Them'],
	});
	const asked = meetingStart({transcriptionConfig: {language: 'en', diarization: 'channel'}});
	expect(asked.transcriptionConfig.diarization).toBe('channel');
});
