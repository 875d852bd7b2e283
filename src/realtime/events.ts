/**
 * What happens in a live session, as one union: the screen, the NDJSON output, the journal and the tests read the same
 * events. Times are seconds from the first sample of the audio, on one timeline however many connections it takes.
 */
import type {Level, MeterLevel} from '../audio/level.ts';
import type {LanguagePackInfo, RecognitionResult} from '../speechmatics/results.ts';

export type SessionState =
	| 'starting microphone'
	| 'opening audio'
	| 'connecting'
	| 'listening'
	/** The connection was lost; audio is kept and sent again. */
	| 'reconnecting'
	/** The next connection opens while this one goes on: the service limits how long one may last. */
	| 'rolling over'
	/** Nothing is captioned any more, but the recording goes on. */
	| 'recording only'
	| 'finishing'
	| 'ended';

export type RealtimeEvent =
	| {
			readonly type: 'state';
			readonly state: SessionState;
			/** Why, where it is not the user's doing. One sentence. */
			readonly reason?: string;
			/** While reconnecting: how often in a row it was tried, and when it is tried next. */
			readonly attempt?: number;
			readonly retryInSeconds?: number;
	  }
	| {
			/** A connection stands. */
			readonly type: 'started';
			readonly sessionId: string | undefined;
			/** The server's id of the request, for support. */
			readonly requestId?: string;
			/** From 1; each reconnect and each roll-over makes another. */
			readonly connection: number;
			/** Where on the timeline its audio begins. */
			readonly offset: number;
			readonly model: string;
			readonly language: string;
			/** True where the emulator answers instead of Speechmatics. */
			readonly simulated: boolean;
			/** How words of the language are joined, among others. */
			readonly languagePack?: LanguagePackInfo;
	  }
	| ({readonly type: 'partial'} & TranscriptPiece)
	| ({
			readonly type: 'final';
			/** Seconds from the end of the last word until it was final; absent for audio that was sent late. */
			readonly latency?: number;
	  } & TranscriptPiece)
	| {
			readonly type: 'translation';
			readonly language: string;
			readonly isFinal: boolean;
			readonly segments: readonly TranslatedSegment[];
	  }
	| {
			readonly type: 'audio-event';
			/** Such as `applause`. */
			readonly kind: string;
			readonly is: 'started' | 'ended';
			readonly time: number;
	  }
	| {readonly type: 'utterance-end'; readonly time: number}
	/** Audio that no transcript will ever have. */
	| {readonly type: 'gap'; readonly from: number; readonly seconds: number; readonly reason: string}
	/** A place the user marked. */
	| {readonly type: 'mark'; readonly time: number; readonly text: string}
	/** The user gave a speaker a name. */
	| {readonly type: 'speaker'; readonly label: string; readonly name: string}
	/** Of each piece of audio, in dBFS. */
	| ({readonly type: 'level'} & Level & Partial<MeterLevel>)
	| {
			readonly type: 'microphone';
			readonly is: 'opened' | 'lost' | 'back' | 'silent' | 'heard' | 'muted' | 'unmuted';
			readonly device?: string;
			/** How long it was away, or has given nothing but zeros. */
			readonly seconds?: number;
			readonly reason?: string;
	  }
	/** The user let nothing be captured any more, or goes on: meanwhile the timeline stands still. */
	| {readonly type: 'paused'; readonly paused: boolean}
	/** Sessions at once, as the service counts them. */
	| {readonly type: 'usage'; readonly usage: number; readonly quota: number}
	/** What was changed while the session runs. */
	| {readonly type: 'changed'; readonly config: Readonly<Record<string, unknown>>}
	| {readonly type: 'recording'; readonly path: string}
	| {readonly type: 'warning' | 'info'; readonly kind: string; readonly reason: string}
	/** The session broke. What was final until then is kept. */
	| {readonly type: 'error'; readonly reason: string}
	| {
			readonly type: 'ended';
			readonly reason: EndReason;
			/** AddAudio frames and bytes that went to the service, those included that went again. */
			readonly sentFrames: number;
			readonly sentBytes: number;
			/** Absent where the audio is a container whose samples are not known. */
			readonly sentSamples?: number;
			/** By the capture process's own count. */
			readonly capturedSamples?: number;
			readonly connections: number;
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
	/** Whose words, or their absence, these are, where the session tells channels apart. */
	readonly channel?: string;
	readonly results: readonly RecognitionResult[];
}

export interface TranslatedSegment {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly speaker?: string;
}

/** `source`: the audio was over; `stopped`: the user stopped it; `failed`: an `error` event says why. */
export type EndReason = 'source' | 'stopped' | 'failed';
