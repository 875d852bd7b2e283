/**
 * Messages of the realtime WebSocket, both ways. Source: realtime AsyncAPI.
 *
 * Server messages are parsed leniently: unknown keys stay, an unknown message is no error, a word that is not as
 * promised does not take its neighbours along, and an `Error` ends the session whatever it looks like.
 */
import {z} from 'zod';
import {TranslatedSentence} from './add-ons.ts';
import {
	AudioFormat,
	MidSessionConfig,
	RealtimeAudioEventsConfig,
	RealtimeTranscriptionConfig,
	RealtimeTranslationConfig,
} from './config.ts';
import {LanguagePackInfo, RecognitionResult, rows} from './results.ts';

const SequenceNumber = z.int().nonnegative();

export const StartRecognition = z.looseObject({
	message: z.literal('StartRecognition'),
	audio_format: AudioFormat,
	transcription_config: RealtimeTranscriptionConfig,
	translation_config: RealtimeTranslationConfig.optional(),
	audio_events_config: RealtimeAudioEventsConfig.optional(),
});
export type StartRecognition = z.infer<typeof StartRecognition>;

/** Audio of one channel. Audio of a session without channels goes as binary frames instead. */
export const AddChannelAudio = z.looseObject({
	message: z.literal('AddChannelAudio'),
	channel: z.string(),
	/** Base64. */
	data: z.string(),
});
export type AddChannelAudio = z.infer<typeof AddChannelAudio>;

export const EndOfStream = z.looseObject({
	message: z.literal('EndOfStream'),
	/** How many AddAudio frames were sent in this session. */
	last_seq_no: SequenceNumber,
});
export type EndOfStream = z.infer<typeof EndOfStream>;

export const EndOfChannel = z.looseObject({
	message: z.literal('EndOfChannel'),
	channel: z.string(),
	/** How many AddChannelAudio messages were sent for this channel. */
	last_seq_no: SequenceNumber,
});
export type EndOfChannel = z.infer<typeof EndOfChannel>;

export const SetRecognitionConfig = z.looseObject({
	message: z.literal('SetRecognitionConfig'),
	transcription_config: MidSessionConfig,
});
export type SetRecognitionConfig = z.infer<typeof SetRecognitionConfig>;

export const GetSpeakers = z.looseObject({
	message: z.literal('GetSpeakers'),
	/** Answer once, at the end, instead of now. */
	final: z.boolean().optional(),
});
export type GetSpeakers = z.infer<typeof GetSpeakers>;

export const ForceEndOfUtterance = z.looseObject({
	message: z.literal('ForceEndOfUtterance'),
	channel: z.string().optional(),
	/** Seconds of audio since the start. */
	timestamp: z.number().nonnegative().optional(),
});
export type ForceEndOfUtterance = z.infer<typeof ForceEndOfUtterance>;

export const ClientMessage = z.discriminatedUnion('message', [
	StartRecognition,
	AddChannelAudio,
	EndOfStream,
	EndOfChannel,
	SetRecognitionConfig,
	GetSpeakers,
	ForceEndOfUtterance,
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

export const RecognitionStarted = z.looseObject({
	message: z.literal('RecognitionStarted'),
	id: z.string().nullish().catch(undefined),
	orchestrator_version: z.string().nullish().catch(undefined),
	language_pack_info: LanguagePackInfo.nullish().catch(undefined),
	/** So in the specification; the docs' page calls them `channels`. */
	channel_ids: rows(z.string()).nullish().catch(undefined),
	channels: rows(z.string()).nullish().catch(undefined),
});
export type RecognitionStarted = z.infer<typeof RecognitionStarted>;

/** The channels of a session, under whichever of their two names the service sent them. */
export function channelsOf({channel_ids, channels}: RecognitionStarted): readonly string[] {
	return channel_ids ?? channels ?? [];
}

export const AudioAdded = z.looseObject({message: z.literal('AudioAdded'), seq_no: SequenceNumber});
export type AudioAdded = z.infer<typeof AudioAdded>;

/** Counts the messages of one channel, apart from those of the others. */
export const ChannelAudioAdded = z.looseObject({
	message: z.literal('ChannelAudioAdded'),
	channel: z.string(),
	seq_no: SequenceNumber,
});
export type ChannelAudioAdded = z.infer<typeof ChannelAudioAdded>;

const transcriptFields = {
	format: z.string().nullish().catch(undefined),
	metadata: z.looseObject({start_time: z.number(), end_time: z.number(), transcript: z.string()}),
	results: rows(RecognitionResult),
	channel: z.string().nullish().catch(undefined),
	/** True where `ForceEndOfUtterance` asked for it. */
	forced: z.boolean().nullish().catch(undefined),
};
/** Words that may still change; the next one replaces it. Covers only what follows the last final. */
export const AddPartialTranscript = z.looseObject({
	message: z.literal('AddPartialTranscript'),
	...transcriptFields,
});
/** Words that never change again. It may be empty, or hold only a mark that belongs to the word before. */
export const AddTranscript = z.looseObject({message: z.literal('AddTranscript'), ...transcriptFields});
export type AddPartialTranscript = z.infer<typeof AddPartialTranscript>;
export type AddTranscript = z.infer<typeof AddTranscript>;

const translationFields = {
	format: z.string().nullish().catch(undefined),
	language: z.string(),
	results: rows(TranslatedSentence),
};
/** The service tells no channel of a translation. */
export const AddPartialTranslation = z.looseObject({
	message: z.literal('AddPartialTranslation'),
	...translationFields,
});
export const AddTranslation = z.looseObject({message: z.literal('AddTranslation'), ...translationFields});
export type AddPartialTranslation = z.infer<typeof AddPartialTranslation>;
export type AddTranslation = z.infer<typeof AddTranslation>;

/** Its two times are the same: when the end was noticed, not when speech ended. */
export const EndOfUtterance = z.looseObject({
	message: z.literal('EndOfUtterance'),
	metadata: z.looseObject({start_time: z.number(), end_time: z.number()}),
	channel: z.string().nullish().catch(undefined),
	forced: z.boolean().nullish().catch(undefined),
});
export type EndOfUtterance = z.infer<typeof EndOfUtterance>;

/** At most one event goes on at a time; it ends before the next one starts. */
export const AudioEventStarted = z.looseObject({
	message: z.literal('AudioEventStarted'),
	event: z.looseObject({type: z.string(), start_time: z.number(), confidence: z.number().nullish()}),
	channel: z.string().nullish().catch(undefined),
});
export const AudioEventEnded = z.looseObject({
	message: z.literal('AudioEventEnded'),
	event: z.looseObject({type: z.string(), end_time: z.number()}),
	channel: z.string().nullish().catch(undefined),
});
export type AudioEventStarted = z.infer<typeof AudioEventStarted>;
export type AudioEventEnded = z.infer<typeof AudioEventEnded>;

/** A speaker that a later session can be told to know. */
export const SpeakerIdentity = z.looseObject({label: z.string(), speaker_identifiers: rows(z.string())});
export type SpeakerIdentity = z.infer<typeof SpeakerIdentity>;

export const SpeakersResult = z.looseObject({
	message: z.literal('SpeakersResult'),
	speakers: rows(SpeakerIdentity),
});
export type SpeakersResult = z.infer<typeof SpeakersResult>;

/** How a language is written, before its first word. Only multilingual models send it. */
export const LanguageInfo = z.looseObject({
	message: z.literal('LanguageInfo'),
	language: z.string(),
	word_delimiter: z.string().nullish().catch(undefined),
	writing_direction: z.string().nullish().catch(undefined),
	partial: z.boolean().nullish().catch(undefined),
});
export type LanguageInfo = z.infer<typeof LanguageInfo>;

export const EndOfTranscript = z.looseObject({message: z.literal('EndOfTranscript')});
export type EndOfTranscript = z.infer<typeof EndOfTranscript>;

/** The types are open: what is known of them stands in the vendor's specification, and servers know more. */
const noticeFields = {
	type: z.string().catch('unknown'),
	reason: z.string().catch(''),
	code: z.number().nullish().catch(undefined),
	seq_no: SequenceNumber.nullish().catch(undefined),
};
export const Info = z.looseObject({
	message: z.literal('Info'),
	...noticeFields,
	/** Of `recognition_quality`: `broadcast` or `telephony`. */
	quality: z.string().nullish().catch(undefined),
	/** Of `concurrent_session_usage`: sessions now, and how many the contract allows. */
	usage: z.number().nullish().catch(undefined),
	quota: z.number().nullish().catch(undefined),
	/** May be empty, or old. */
	last_updated: z.string().nullish().catch(undefined),
	region: z.string().nullish().catch(undefined),
});
export const Warning = z.looseObject({
	message: z.literal('Warning'),
	...noticeFields,
	/** Of `duration_limit_exceeded`: seconds. Audio after it is acknowledged and ignored. */
	duration_limit: z.number().nullish().catch(undefined),
});
/** Always the end of the session; a close frame follows. */
export const ErrorMessage = z.looseObject({
	message: z.literal('Error'),
	...noticeFields,
	type: z.string().catch('unknown_error'),
});
export type Info = z.infer<typeof Info>;
export type Warning = z.infer<typeof Warning>;
export type ErrorMessage = z.infer<typeof ErrorMessage>;

/** Server messages by name: what a listener for that name receives. */
export const SERVER_MESSAGES = {
	RecognitionStarted,
	AudioAdded,
	ChannelAudioAdded,
	AddPartialTranscript,
	AddTranscript,
	AddPartialTranslation,
	AddTranslation,
	EndOfUtterance,
	AudioEventStarted,
	AudioEventEnded,
	SpeakersResult,
	LanguageInfo,
	EndOfTranscript,
	Info,
	Warning,
	Error: ErrorMessage,
} as const;
export type ServerMessages = {
	[Name in keyof typeof SERVER_MESSAGES]: z.infer<(typeof SERVER_MESSAGES)[Name]>;
};
export type ServerMessage = ServerMessages[keyof ServerMessages];

/** A message of a known name and shape, else `undefined`: the service may add messages at any time. */
export function parseServerMessage(text: string): ServerMessage | undefined {
	try {
		const json = JSON.parse(text);
		if (!Object.hasOwn(SERVER_MESSAGES, json.message)) return undefined;
		return SERVER_MESSAGES[json.message as keyof ServerMessages].safeParse(json).data;
	} catch {
		return undefined;
	}
}

/** Close codes of the realtime service. Source: realtime API reference, "WebSocket errors". */
export const CLOSE_CODES = {
	normal: 1000,
	/** The server goes away, for instance for maintenance. */
	going_away: 1001,
	protocol_error: 1003,
	/** No close frame arrived: the connection broke. */
	abnormal: 1006,
	policy_violation: 1008,
	internal_error: 1011,
	service_restart: 1012,
	not_authorised: 4001,
	not_allowed: 4003,
	invalid_model: 4004,
	quota_exceeded: 4005,
	timelimit_exceeded: 4006,
	job_error: 4013,
} as const;
