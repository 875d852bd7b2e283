/** How a session opens, and what it is asked with. */
import {expect, test} from 'bun:test';
import {AuthenticationError, ConfigurationError} from '../../src/speechmatics/errors.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {type StartOptions, startMessage} from '../../src/speechmatics/realtime-start.ts';
import {FakeService} from '../helpers/fake-socket.ts';

test('a refused key is refreshed once', async () => {
	const service = new FakeService().behave();
	const refused: Array<string | undefined> = [];
	let key = 'old';
	const client = new RealtimeClient({
		url: 'ws://127.0.0.1:1/v2/en',
		app: 'mine',
		credentials: {
			authorization: async () => key,
			refresh: async (was) => {
				refused.push(was);
				key = 'new';
			},
		},
		connect: (url, headers, ...rest) => {
			if (headers.Authorization === 'old') {
				return Promise.reject(new AuthenticationError('no', {status: 401}));
			}
			return service.connect(url, headers, ...rest);
		},
	});
	await client.start({headers: {'X-Extra': '1'}});
	expect(refused).toEqual(['old']);
	expect(service.headers).toMatchObject({Authorization: 'new', 'X-Extra': '1'});
	expect(service.url?.href).toBe('ws://127.0.0.1:1/v2/en/?sm-app=mine');
	client.close();
});

test('operating_point goes as model', () => {
	const message = startMessage({transcriptionConfig: {language: 'en', operating_point: 'standard'}});
	expect(message.transcription_config).toEqual({language: 'en', model: 'standard'});
});

test.each<[string, StartOptions]>([
	['channel_diarization_labels', {transcriptionConfig: {language: 'en', diarization: 'channel'}}],
	[
		'label',
		{
			transcriptionConfig: {
				language: 'en',
				speaker_diarization_config: {speakers: [{label: 'S1', speaker_identifiers: ['a']}]},
			},
		},
	],
	[
		'at most 50',
		{
			transcriptionConfig: {
				language: 'en',
				speaker_diarization_config: {
					speakers: [{label: 'Ann', speaker_identifiers: Array.from({length: 51}, (_, id) => `${id}`)}],
				},
			},
		},
	],
	[
		'volume_threshold',
		{transcriptionConfig: {language: 'en', audio_filtering_config: {volume_threshold: 101}}},
	],
	['additional_vocab', {transcriptionConfig: {language: 'en', additional_vocab: ['']}}],
	['target_languages', {translationConfig: {target_languages: ['a', 'b', 'c', 'd', 'e', 'f']}}],
	['sample_rate', {audioFormat: {type: 'raw', encoding: 'pcm_s16le', sample_rate: 0}}],
])('a wrong %s is told by its name', (field, options) => {
	expect(() => startMessage(options)).toThrow(ConfigurationError);
	expect(() => startMessage(options)).toThrow(field);
});
