/**
 * What happens in a live session, as one union: the screen, the NDJSON output and the tests read the same events.
 * Times are seconds from the first sample of the audio.
 */
import type {Level} from '../audio/level.ts';
import type {LanguagePackInfo, RecognitionResult} from '../speechmatics/results.ts';

export type SessionState =
	| 'starting microphone'
	| 'opening audio'
	| 'connecting'
	| 'listening'
	| 'finishing'
	| 'ended';

export type RealtimeEvent =
	| {readonly type: 'state'; readonly state: SessionState}
	| {
			readonly type: 'started';
			readonly sessionId: string | undefined;
			readonly model: string;
			readonly language: string;
			/** True where the emulator answers instead of Speechmatics. */
			readonly simulated: boolean;
			/** How words of the language are joined, among others. */
			readonly languagePack?: LanguagePackInfo;
	  }
	| ({readonly type: 'partial'} & TranscriptPiece)
	| ({readonly type: 'final'} & TranscriptPiece)
	/** Of each piece of audio as it is sent, in dBFS. */
	| ({readonly type: 'level'} & Level)
	| {readonly type: 'warning' | 'info'; readonly kind: string; readonly reason: string}
	/** The session broke. What was final until then is kept. */
	| {readonly type: 'error'; readonly reason: string}
	| {
			readonly type: 'ended';
			readonly reason: EndReason;
			/** AddAudio frames and bytes that went to the service. */
			readonly sentFrames: number;
			readonly sentBytes: number;
			/** Absent where the audio is a container whose samples are not known. */
			readonly sentSamples?: number;
			/** By the capture process's own count. */
			readonly capturedSamples?: number;
	  }
	| {readonly type: 'saved'; readonly outputs: readonly string[]};

export interface TranscriptPiece {
	/**
	 * The words of this message alone. A final may be only a mark that belongs to the word before it; a partial
	 * does not begin with one.
	 */
	readonly text: string;
	readonly startTime: number;
	readonly endTime: number;
	readonly results: readonly RecognitionResult[];
}

/** `source`: the audio was over; `stopped`: the user stopped it; `failed`: an `error` event says why. */
export type EndReason = 'source' | 'stopped' | 'failed';
