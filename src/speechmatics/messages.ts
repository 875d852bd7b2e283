/**
 * Messages of the realtime WebSocket, both ways. Source: realtime AsyncAPI.
 * Server messages are parsed leniently: unknown keys stay, and an unknown message is no error.
 */
import {z} from 'zod';
import {AudioFormat, RealtimeTranscriptionConfig} from './config.ts';
import {LanguagePackInfo, RecognitionResult} from './results.ts';

export const StartRecognition = z.looseObject({
	message: z.literal('StartRecognition'),
	audio_format: AudioFormat,
	transcription_config: RealtimeTranscriptionConfig,
});
export type StartRecognition = z.infer<typeof StartRecognition>;

export const EndOfStream = z.looseObject({
	message: z.literal('EndOfStream'),
	/** How many AddAudio frames were sent in this session. */
	last_seq_no: z.int().nonnegative(),
});
export type EndOfStream = z.infer<typeof EndOfStream>;

export const ClientMessage = z.discriminatedUnion('message', [StartRecognition, EndOfStream]);
export type ClientMessage = z.infer<typeof ClientMessage>;

export const RecognitionStarted = z.looseObject({
	message: z.literal('RecognitionStarted'),
	id: z.string().nullish(),
	orchestrator_version: z.string().nullish(),
	language_pack_info: LanguagePackInfo.nullish(),
});
export type RecognitionStarted = z.infer<typeof RecognitionStarted>;

export const AudioAdded = z.looseObject({message: z.literal('AudioAdded'), seq_no: z.int().nonnegative()});
export type AudioAdded = z.infer<typeof AudioAdded>;

const transcriptFields = {
	metadata: z.looseObject({start_time: z.number(), end_time: z.number(), transcript: z.string()}),
	results: z.array(RecognitionResult),
	channel: z.string().nullish(),
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

export const EndOfUtterance = z.looseObject({
	message: z.literal('EndOfUtterance'),
	metadata: z.looseObject({start_time: z.number(), end_time: z.number()}),
});
export type EndOfUtterance = z.infer<typeof EndOfUtterance>;

export const EndOfTranscript = z.looseObject({message: z.literal('EndOfTranscript')});
export type EndOfTranscript = z.infer<typeof EndOfTranscript>;

const noticeFields = {type: z.string(), reason: z.string(), code: z.number().nullish()};
export const Info = z.looseObject({message: z.literal('Info'), ...noticeFields});
export const Warning = z.looseObject({message: z.literal('Warning'), ...noticeFields});
/** Always the end of the session; a close frame follows. */
export const ErrorMessage = z.looseObject({message: z.literal('Error'), ...noticeFields});
export type Info = z.infer<typeof Info>;
export type Warning = z.infer<typeof Warning>;
export type ErrorMessage = z.infer<typeof ErrorMessage>;

/** Server messages by name: what a listener for that name receives. */
export const SERVER_MESSAGES = {
	RecognitionStarted,
	AudioAdded,
	AddPartialTranscript,
	AddTranscript,
	EndOfUtterance,
	EndOfTranscript,
	Info,
	Warning,
	Error: ErrorMessage,
} as const;
export type ServerMessages = {
	[Name in keyof typeof SERVER_MESSAGES]: z.infer<(typeof SERVER_MESSAGES)[Name]>;
};
export type ServerMessage = ServerMessages[keyof ServerMessages];

/** Close codes of the realtime service. Source: realtime API reference, "WebSocket errors". */
export const CLOSE_CODES = {
	normal: 1000,
	protocol_error: 1003,
	/** No close frame arrived: the connection broke. */
	abnormal: 1006,
	policy_violation: 1008,
	internal_error: 1011,
	not_authorised: 4001,
	not_allowed: 4003,
	invalid_model: 4004,
	quota_exceeded: 4005,
	timelimit_exceeded: 4006,
	job_error: 4013,
} as const;
