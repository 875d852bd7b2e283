import {describe, expect, test} from 'bun:test';
import {addOnErrors, audioEventTotals, sentimentOf} from '../../src/speechmatics/add-ons.ts';
import {Transcript} from '../../src/speechmatics/jobs.ts';

const transcript = (more: object, metadata: object = {}) =>
	Transcript.parse({format: '2.9', metadata, results: [], ...more});

const sentiment = {
	segments: [{text: 'Good', sentiment: 'positive', start_time: 0, end_time: 1, confidence: 0.9}],
	summary: {overall: {positive_count: 1, negative_count: 0, neutral_count: 0}},
};
const music = {music: {count: 2, total_duration: 3.5}};

describe('what comes beside the words', () => {
	test('sentiment is read however it is nested', () => {
		for (const sentiment_analysis of [sentiment, {sentiment_analysis: sentiment}]) {
			expect(sentimentOf(transcript({sentiment_analysis}))).toEqual(sentiment);
		}
		expect(sentimentOf(transcript({}))).toBeUndefined();
	});

	test('totals of audio events are read however they are nested', () => {
		const channels = {left: music};
		const expected = {overall: music, channels};
		expect(audioEventTotals(transcript({audio_event_summary: {overall: music, channels}}))).toEqual(expected);
		expect(audioEventTotals(transcript({audio_event_summary: music, channels}))).toEqual(expected);
		expect(audioEventTotals(transcript({audio_event_summary: music}))).toEqual({
			overall: music,
			channels: {},
		});
		expect(audioEventTotals(transcript({}))).toBeUndefined();
	});

	test('is typed, and cleaned of control characters', () => {
		const found = transcript({
			summary: {content: 'Short\u001B[2J'},
			chapters: [{title: 'One', summary: 'first', start_time: 0, end_time: 5}],
			topics: {segments: [], summary: {overall: {Sports: 1}}},
			translations: {de: [{content: 'Hallo', start_time: 0, end_time: 1, speaker: 'S1'}]},
			audio_events: [{type: 'music', start_time: 0, end_time: 1, confidence: 0.5}],
			speakers: [{label: 'S1', speaker_identifiers: ['id']}],
		});
		expect(found.summary?.content).toBe('Short[2J');
		expect(found.chapters?.[0]?.title).toBe('One');
		expect(found.topics?.summary?.overall?.Sports).toBe(1);
		expect(found.translations?.de?.[0]?.content).toBe('Hallo');
		expect(found.audio_events?.[0]?.type).toBe('music');
		expect(found.speakers?.[0]?.speaker_identifiers).toEqual(['id']);
	});

	test('costs nobody the transcript when it is odd', () => {
		expect(transcript({summary: 7, chapters: [{odd: true}], translations: []}).results).toEqual([]);
	});
});

test('an add-on that failed says why', () => {
	const metadata = {
		translation_errors: [{type: 'unsupported_translation_pair', message: 'en to nn'}, 'odd'],
		topic_detection_errors: null,
		auto_chapters_errors: [{type: 'auto_chapters_failed'}],
	};
	expect(addOnErrors(transcript({}, metadata))).toEqual([
		{addOn: 'translation', type: 'unsupported_translation_pair', message: 'en to nn'},
		{addOn: 'auto_chapters', type: 'auto_chapters_failed', message: ''},
	]);
});
