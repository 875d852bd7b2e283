/** What happens while one recording is transcribed both ways, as one union: the screen, the report and the tests read it. */
import type {FailureCause} from '../batch/events.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import type {Findings} from './findings.ts';

export type Mode = 'batch' | 'realtime';

export type CompareHappening =
	| {
			readonly type: 'began';
			readonly file: string;
			/** Length of the audio, where it is known beforehand. */
			readonly seconds?: number | undefined;
	  }
	/** Bytes of the recording that went to the batch service. */
	| {readonly type: 'uploading'; readonly sentBytes: number; readonly totalBytes: number}
	| {readonly type: 'submitted'; readonly jobId: string; readonly requestId?: string | undefined}
	/** The job is done; its transcript is on its way. */
	| {readonly type: 'job-done'}
	| {
			readonly type: 'live';
			/** Seconds of the recording that were streamed until now; 0 where its samples are not known. */
			readonly heard: number;
			readonly event: RealtimeEvent;
	  }
	/** The whole text is there. */
	| {readonly type: 'transcribed'; readonly mode: Mode; readonly transcript: Transcript}
	| {
			readonly type: 'failed';
			readonly mode: Mode;
			/** One sentence. */
			readonly reason: string;
			readonly cause: FailureCause;
	  }
	/** The user stopped it. */
	| {readonly type: 'stopped'; readonly mode: Mode}
	/** Both have come to their end, and what they gave was compared. */
	| {readonly type: 'ended'; readonly findings: Findings};

export type CompareEvent = CompareHappening & {
	/** Seconds since the comparison began. */
	readonly at: number;
};
