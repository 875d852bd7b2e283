/**
 * What happens in a batch, as one union: the screen, the NDJSON output and the tests read the same events.
 * `file` is the path as the user gave or the folder listed it, or an address without its query; it is what tells the
 * rows apart.
 */
export type BatchEvent =
	| {
			readonly type: 'queued';
			readonly file: string;
			readonly name: string;
			/** Unknown for an address. */
			readonly bytes?: number;
			/** Length of the audio, where its container tells. */
			readonly audioSeconds?: number;
	  }
	| {
			/** It is being looked at: what it holds, and whether there is a job for it. */
			readonly type: 'checking';
			readonly file: string;
	  }
	| {
			/** It was looked at, and waits for its turn. */
			readonly type: 'waiting';
			readonly file: string;
	  }
	| {readonly type: 'converting'; readonly file: string}
	| {
			/** For an address both are 0: the service fetches it. */
			readonly type: 'uploading';
			readonly file: string;
			readonly sentBytes: number;
			readonly totalBytes: number;
	  }
	| {
			readonly type: 'submitted';
			readonly file: string;
			readonly jobId: string;
			/** The server's id of the request, for support. */
			readonly requestId: string | undefined;
			/** How long the service will probably take; unsure until there are three samples. */
			readonly expected?: {readonly seconds: number; readonly isSure: boolean};
			/** True for a job that was there already. */
			readonly isResumed?: true;
	  }
	| {
			/** A request failed, and is made again. */
			readonly type: 'retrying';
			readonly file: string;
			/** One sentence. */
			readonly reason: string;
			/** Failures in a row. */
			readonly times: number;
			readonly inSeconds: number;
	  }
	| {readonly type: 'saving'; readonly file: string; readonly jobId: string}
	| {
			readonly type: 'done';
			readonly file: string;
			readonly jobId: string;
			readonly outputs: readonly string[];
			/** The transcript as text, where no file was asked for. */
			readonly text?: string;
			/** From the start of its work until the outputs are there. */
			readonly seconds: number;
			/** Processing time for a second of audio, where both are known. */
			readonly realTimeFactor?: number;
			/** True where nothing had to be transcribed: an earlier run had paid for it. */
			readonly isFromBefore?: true;
	  }
	| {
			/** Submitted and left to the service, as asked. */
			readonly type: 'left';
			readonly file: string;
			readonly jobId: string;
	  }
	| {
			readonly type: 'failed';
			readonly file: string;
			/** One sentence. */
			readonly reason: string;
			/** Where a job was made, its id: it can still be fetched. */
			readonly jobId?: string;
			readonly cause: FailureCause;
	  }
	| {
			/** Taken out by the user. */
			readonly type: 'cancelled';
			readonly file: string;
			readonly jobId?: string;
	  }
	| {
			readonly type: 'finished';
			readonly done: number;
			/** Of those done: how many an earlier run had paid for. */
			readonly fromBefore: number;
			readonly left: number;
			readonly failed: number;
			readonly interrupted: boolean;
			readonly seconds: number;
	  };

/** `input`: the recording itself; `authentication`: the key; `interrupted`: the user stopped it. */
export type FailureCause = 'input' | 'authentication' | 'service' | 'output' | 'interrupted';
