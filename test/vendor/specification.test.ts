/** What the library sends is what the vendor's own specification allows. */
import {beforeAll, describe, expect, test} from 'bun:test';
import type {ValidateFunction} from 'ajv';
import {BatchClient, defaultJobConfig} from '../../src/speechmatics/batch-client.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';
import {noReference, schemaOf} from './reference.ts';

if (noReference !== undefined)
	console.warn(`What is sent is not held against the specification: ${noReference}.`);

function expectValid(validate: ValidateFunction, value: unknown) {
	validate(value);
	expect(validate.errors ?? []).toEqual([]);
}

describe.skipIf(noReference !== undefined)(
	`the specification${noReference ? ` (skipped: ${noReference})` : ''}`,
	() => {
		let jobConfig: ValidateFunction;
		let startRecognition: ValidateFunction;
		beforeAll(() => {
			jobConfig = schemaOf('batch.yaml', '#/definitions/JobConfig');
			startRecognition = schemaOf('realtime.yaml', '#/components/schemas/StartRecognition');
		});

		test.each([
			['the default', defaultJobConfig()],
			[
				'a full one',
				{
					type: 'transcription',
					transcription_config: {
						language: 'en',
						model: 'enhanced',
						diarization: 'speaker',
						enable_entities: true,
						output_locale: 'en-GB',
						additional_vocab: [{content: 'speechdeck', sounds_like: ['speech deck']}],
						punctuation_overrides: {sensitivity: 0.4, permitted_marks: ['.', ',']},
						speaker_diarization_config: {speaker_sensitivity: 0.6, prefer_current_speaker: true},
						transcript_filtering_config: {remove_disfluencies: true},
					},
					tracking: {title: 'a', reference: 'b', tags: ['c'], details: {d: 1}},
					translation_config: {target_languages: ['de', 'fr']},
					summarization_config: {content_type: 'auto', summary_length: 'brief', summary_type: 'bullets'},
					sentiment_analysis_config: {},
					topic_detection_config: {topics: ['one']},
					auto_chapters_config: {},
					audio_events_config: {types: ['laughter']},
					output_config: {srt_overrides: {max_line_length: 42, max_lines: 2}},
					notification_config: [{url: 'https://example.com', contents: ['jobinfo'], method: 'post'}],
				},
			],
		] as const)('a job config: %s', async (_name, config) => {
			await using server = await scriptedServer(answer(201, {id: 'x'}));
			const client = new BatchClient({apiKey: 'k', url: server.url});
			await client.submitJob({data: new Uint8Array([1]), name: 'a.wav'}, {config: config as never});
			const body = server.requests[0]!.body.toString('latin1');
			const sent = /name="config"\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--/s.exec(body)?.[1];
			expectValid(jobConfig, JSON.parse(sent!));
		});

		test.each([
			['the default', {}],
			['file audio', {audioFormat: {type: 'file'}}],
			[
				'a full one',
				{
					transcriptionConfig: {
						language: 'en',
						model: 'enhanced',
						diarization: 'speaker',
						max_delay: 2,
						max_delay_mode: 'flexible',
						enable_partials: true,
						conversation_config: {end_of_utterance_silence_trigger: 0.8},
					},
				},
			],
		] as const)('StartRecognition: %s', async (_name, options) => {
			const service = new FakeService().behave();
			const client = new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect});
			await client.start(options as never);
			expectValid(startRecognition, service.messages[0]);
		});
	},
);
