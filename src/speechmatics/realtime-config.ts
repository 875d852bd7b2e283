/** What `StartRecognition` asks for, as it goes over the wire. Loose: a field newer than this library passes through. */
import {z} from 'zod';
import {sharedTranscriptionFields} from './shared-config.ts';

export const REALTIME_DIARIZATION = ['none', 'speaker', 'channel', 'channel_and_speaker'] as const;

/** `transcription_config` of a realtime session. Source: realtime AsyncAPI, `TranscriptionConfig`. */
export const RealtimeTranscriptionConfig = z.looseObject({
	...sharedTranscriptionFields,
	diarization: z.enum(REALTIME_DIARIZATION).optional(),
	/** Seconds from the end of a word to its final. */
	max_delay: z.number().min(0.7).max(4).optional(),
	max_delay_mode: z.enum(['flexible', 'fixed']).optional(),
	enable_partials: z.boolean().optional(),
	conversation_config: z
		.looseObject({end_of_utterance_silence_trigger: z.number().min(0).max(2).optional()})
		.optional(),
});
export type RealtimeTranscriptionConfig = z.infer<typeof RealtimeTranscriptionConfig>;

/** Encodings of headerless audio the realtime service reads. */
export const RAW_ENCODINGS = ['pcm_s16le', 'pcm_f32le', 'mulaw'] as const;
export type RawEncoding = (typeof RAW_ENCODINGS)[number];

export const BYTES_PER_SAMPLE: Readonly<Record<RawEncoding, number>> = {
	pcm_s16le: 2,
	pcm_f32le: 4,
	mulaw: 1,
};

/** `audio_format` of `StartRecognition`: raw mono samples, or a whole file with its headers in pieces. */
export const AudioFormat = z.discriminatedUnion('type', [
	z.looseObject({
		type: z.literal('raw'),
		encoding: z.enum(RAW_ENCODINGS),
		/** Samples a second. */
		sample_rate: z.int().positive(),
	}),
	z.looseObject({type: z.literal('file')}),
]);
export type AudioFormat = z.infer<typeof AudioFormat>;
