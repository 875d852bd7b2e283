/**
 * What happens in a batch, as one union: the screen, the NDJSON output and the tests read the same events.
 * `file` is the path as the user gave or the folder listed it, and is what tells the rows apart.
 */
export type BatchEvent =
	| {readonly type: 'queued'; readonly file: string; readonly name: string; readonly bytes: number}
	| {
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
	  }
	| {readonly type: 'saving'; readonly file: string; readonly jobId: string}
	| {
			readonly type: 'done';
			readonly file: string;
			readonly jobId: string;
			readonly outputs: readonly string[];
			/** The transcript as text, where no file was asked for. */
			readonly text?: string;
			/** From the start of the upload until the outputs are there. */
			readonly seconds: number;
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
			readonly failed: number;
			readonly interrupted: boolean;
			readonly seconds: number;
	  };

/** `input`: the recording itself; `authentication`: the key; `interrupted`: the user stopped it. */
export type FailureCause = 'input' | 'authentication' | 'service' | 'output' | 'interrupted';
