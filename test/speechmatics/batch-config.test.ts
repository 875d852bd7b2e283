import {describe, expect, test} from 'bun:test';
import {z} from 'zod';
import {AlignmentJobConfig, JobConfig} from '../../src/speechmatics/batch-config.ts';
import {checkConfig, unknownFields} from '../../src/speechmatics/check-config.ts';
import {ConfigurationError} from '../../src/speechmatics/errors.ts';
import {withModel} from '../../src/speechmatics/shared-config.ts';

const job = (more: object = {}, transcription: object = {}) => ({
	type: 'transcription',
	transcription_config: {language: 'en', ...transcription},
	...more,
});

function complaint(config: unknown, schema: z.ZodType = JobConfig): string {
	try {
		checkConfig(schema, config, 'The job config');
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigurationError);
		return (error as Error).message;
	}
	return '';
}

describe('a wrong value is told by its field and what it may be', () => {
	test.each([
		[
			job({}, {diarization: 'speakers'}),
			'transcription_config.diarization: it must be one of "none", "speaker", "channel", not "speakers"',
		],
		[job({}, {language: ''}), 'transcription_config.language: it must not be empty'],
		[{type: 'transcription'}, 'transcription_config: it must be an object, and it is missing'],
		[
			job({}, {speaker_diarization_config: {speaker_sensitivity: 2}}),
			'speaker_diarization_config.speaker_sensitivity: it must be at most 1',
		],
		[job({}, {audio_filtering_config: {volume_threshold: -1}}), 'volume_threshold: it must be at least 0'],
		[
			job({}, {punctuation_overrides: {permitted_marks: ['..']}}),
			'permitted_marks[0]: it must be a single mark or "all"',
		],
		[
			job({}, {channel_diarization_labels: ['ok', 'not-ok']}),
			'channel_diarization_labels[1]: it must hold letters',
		],
		[job({}, {enable_entities: 'yes'}), 'enable_entities: it must be true or false, not "yes"'],
		[
			job({}, {additional_vocab: [{content: 'a'}, {sounds_like: ['b']}]}),
			'additional_vocab[1].content: it must be a string, and it is missing',
		],
		[
			job({}, {transcript_filtering_config: {replacements: [{from: 'a', to: 'b', with: 'c'}]}}),
			'replacements[0]: it must not have "with"',
		],
		[job({}, {max_delay_mode: 'slow'}), 'max_delay_mode: it must be one of "fixed", "flexible"'],
		[
			job({}, {speaker_diarization_config: {speakers: [{label: 'S1', speaker_identifiers: ['x']}]}}),
			'speakers[0].label: it must not look like S1',
		],
		[
			job({translation_config: {target_languages: ['a', 'b', 'c', 'd', 'e', 'f']}}),
			'translation_config.target_languages: it must be a list of at most 5 items',
		],
		[
			job({topic_detection_config: {topics: Array(11).fill('t')}}),
			'topics: it must be a list of at most 10 items',
		],
		[
			job({notification_config: Array(4).fill({url: 'https://x'})}),
			'notification_config: it must be a list of at most 3 items',
		],
		[
			job({notification_config: [{url: 'https://x', contents: ['transcript:json-v2']}]}),
			'notification_config[0].contents[0]: it must be one of "jobinfo"',
		],
		[
			job({summarization_config: {summary_type: 'poem'}}),
			'summarization_config.summary_type: it must be one of "paragraphs", "bullets"',
		],
		[
			job({audio_events_config: {types: ['rain']}}),
			'audio_events_config.types[0]: it must be one of "applause", "laughter", "music"',
		],
		[
			job({language_identification_config: {low_confidence_action: 'guess'}}),
			'low_confidence_action: it must be one of "allow", "reject", "use_default_language"',
		],
		[
			job({output_config: {srt_overrides: {max_lines: 1.5}}}),
			'output_config.srt_overrides.max_lines: it must be a whole number',
		],
		[
			job({fetch_data: {url: 'https://x', auth_headers: ['secret']}}),
			'fetch_data.auth_headers[0]: it must be a header line',
		],
		[7, 'The job config is wrong: it must be an object, not 7'],
	])('%j', (config, expected) => {
		expect(complaint(config)).toContain(expected);
	});

	test('a header line that is wrong is not repeated, since it may hold a secret', () => {
		expect(complaint(job({fetch_data: {url: 'https://x', auth_headers: ['topsecret']}}))).not.toContain(
			'topsecret',
		);
	});

	test('of several forms the nearest one says what is wrong', () => {
		const schema = z.looseObject({word: z.union([z.string(), z.looseObject({content: z.string()})])});
		expect(complaint({word: {content: 1}}, schema)).toContain('word.content: it must be a string, not 1');
		expect(complaint({word: 1}, schema)).toContain('word: it must be a string or an object, not 1');
	});
});

describe('what is right', () => {
	test('passes unchanged, empty objects and unknown fields included', () => {
		const config = job(
			{sentiment_analysis_config: {}, auto_chapters_config: {}, novelty: {a: 1}},
			{new_switch: true},
		);
		expect(JSON.stringify(checkConfig(JobConfig, config, 'x'))).toBe(JSON.stringify(config));
	});

	test('fields that are not known are found at any depth', () => {
		const config = job(
			{tracking: {details: {mine: 1}}, novelty: 1},
			{langauge: 'en', additional_vocab: [{content: 'a', say: 'b'}]},
		);
		expect(unknownFields(JobConfig, config)).toEqual([
			'transcription_config.langauge',
			'transcription_config.additional_vocab[0].say',
			'novelty',
		]);
	});

	test('an alignment job has a config of its own', () => {
		expect(complaint({type: 'alignment', alignment_config: {language: 'en'}}, AlignmentJobConfig)).toBe('');
	});

	test('the model goes by its new name, and is given once', () => {
		expect(withModel({language: 'en', operating_point: 'enhanced'})).toEqual({
			language: 'en',
			model: 'enhanced',
		} as never);
		expect(() => withModel({model: 'a', operating_point: 'a'})).toThrow(ConfigurationError);
	});
});
