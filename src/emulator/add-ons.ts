/** What a batch transcript holds beside its words, where it was asked for. All simulated, and saying so. Pure. */
import {z} from 'zod';
import type {JobConfig} from '../speechmatics/config.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {speakerOf} from '../speechmatics/transcript.ts';
import {languageOf} from './language.ts';
import {
	isTranslatable,
	type Sentence,
	sentencesOf,
	simulatedSpeakers,
	translated,
} from './simulated-results.ts';

/** The service's specification and its docs nest two of the results differently. */
export type Shape = 'spec' | 'docs';

const EVENT_TYPES = ['applause', 'laughter', 'music'];
/** Source: docs, topic detection. */
const TOPICS = [
	'Business & Finance',
	'Education',
	'Entertainment',
	'Events & Attractions',
	'Food & Drink',
	'News & Politics',
	'Science',
	'Sports',
	'Technology & Computing',
	'Travel',
];
const MOST_TOPICS = 10;

const AddOns = z.looseObject({
	translation_config: z
		.looseObject({target_languages: z.array(z.string())})
		.nullish()
		.catch(undefined),
	summarization_config: z.looseObject({}).nullish(),
	sentiment_analysis_config: z.looseObject({}).nullish(),
	topic_detection_config: z
		.looseObject({topics: z.array(z.string()).nullish()})
		.nullish()
		.catch(undefined),
	auto_chapters_config: z.looseObject({}).nullish(),
	audio_events_config: z
		.looseObject({types: z.array(z.string()).nullish()})
		.nullish()
		.catch(undefined),
});

export interface AddOnResults {
	/** Top-level keys of the transcript. */
	readonly results: Record<string, unknown>;
	/** Keys of its metadata: why an add-on has no result. */
	readonly errors: Record<string, unknown>;
}

/** @param duration seconds */
export function addOnsOf(
	config: JobConfig,
	words: readonly RecognitionResult[],
	duration: number,
	shape: Shape,
): AddOnResults {
	const asked = AddOns.parse(config);
	const sentences = sentencesOf(words);
	const results: Record<string, unknown> = {};
	const errors: Record<string, unknown> = {};
	if (asked.translation_config) translate(asked.translation_config.target_languages);
	if (asked.summarization_config) {
		results.summary = {content: `Simulated summary of ${sentences.length} sentences.`};
	}
	if (asked.sentiment_analysis_config) {
		const sentiment = sentimentOf(sentences);
		results.sentiment_analysis = shape === 'spec' ? {sentiment_analysis: sentiment} : sentiment;
	}
	if (asked.topic_detection_config) detectTopics(asked.topic_detection_config.topics ?? TOPICS);
	if (asked.auto_chapters_config) results.chapters = chaptersOf(duration);
	if (asked.audio_events_config) Object.assign(results, eventsOf(asked.audio_events_config.types, shape));
	if (wantsSpeakers(config)) {
		const labels = new Set(words.map(speakerOf).filter((label) => label !== undefined && label !== 'UU'));
		results.speakers = simulatedSpeakers(labels as Set<string>);
	}
	return {results, errors};

	function translate(targets: readonly string[]): void {
		const source = languageOf(config);
		const supported = targets.filter((target) => isTranslatable(source, target));
		const unsupported = targets.filter((target) => !supported.includes(target));
		if (supported.length > 0) {
			results.translations = Object.fromEntries(
				supported.map((target) => [target, translated(words, target)]),
			);
		}
		if (unsupported.length > 0) {
			errors.translation_errors = unsupported.map((target) => ({
				type: 'unsupported_translation_pair',
				message: `Translation from ${source} to ${target} currently not supported`,
			}));
		}
	}

	function detectTopics(topics: readonly string[]): void {
		if (topics.length > MOST_TOPICS) {
			const message = `List of topics cannot exceed ${MOST_TOPICS} topics.`;
			errors.topic_detection_errors = [{type: 'unsupported_list_of_topics', message}];
			return;
		}
		const topic = topics[0] ?? TOPICS[0]!;
		const overall = Object.fromEntries(topics.map((name) => [name, name === topic ? sentences.length : 0]));
		const segments = sentences.map(({content: text, start_time, end_time}) => ({
			text,
			start_time,
			end_time,
			topics: [{topic}],
		}));
		results.topics = {segments, summary: {overall}};
	}
}

function wantsSpeakers(config: JobConfig): boolean {
	const options = config.transcription_config.speaker_diarization_config as
		| {get_speakers?: unknown}
		| undefined;
	return options?.get_speakers === true;
}

/** Nobody's feelings are guessed at: everything is neutral, with no confidence. */
function sentimentOf(sentences: readonly Sentence[]) {
	const neutral = (count: number) => ({positive_count: 0, negative_count: 0, neutral_count: count});
	const by = (key: 'speaker' | 'channel') =>
		[...Map.groupBy(sentences, (sentence) => sentence[key])]
			.filter(([name]) => name !== undefined && name !== 'UU')
			.map(([name, of]) => ({[key]: name, ...neutral(of.length)}));
	return {
		segments: sentences.map(({content: text, ...rest}) => ({
			...rest,
			text,
			sentiment: 'neutral',
			confidence: 0,
		})),
		summary: {overall: neutral(sentences.length), speakers: by('speaker'), channels: by('channel')},
	};
}

/** Two halves that cover the whole. */
function chaptersOf(duration: number) {
	const middle = Math.round(duration / 2);
	return [
		{title: 'Simulated chapter 1', summary: 'Simulated summary.', start_time: 0, end_time: middle},
		{title: 'Simulated chapter 2', summary: 'Simulated summary.', start_time: middle, end_time: duration},
	];
}

function eventsOf(types: readonly string[] | null | undefined, shape: Shape) {
	const type = (types ?? EVENT_TYPES)[0];
	if (type === undefined) return {};
	const counts = {[type]: {count: 1, total_duration: 1}};
	return {
		audio_events: [{type, start_time: 1, end_time: 2, confidence: 0}],
		audio_event_summary: shape === 'spec' ? {overall: counts, channels: {}} : counts,
	};
}
