/**
 * What can go wrong, as types. Every error of this library is a `SpeechmaticsError`; its message is a whole
 * sentence, and what a program needs to decide is in fields, never only in the text.
 */

export interface ErrorDetails {
	/** The id the server gave this request (`Request-Id`); quote it to support. */
	readonly requestId?: string | undefined;
	readonly cause?: unknown;
}

export class SpeechmaticsError extends Error {
	override readonly name: string = 'SpeechmaticsError';
	readonly requestId: string | undefined;

	constructor(message: string, {requestId, cause}: ErrorDetails = {}) {
		super(message, cause === undefined ? undefined : {cause});
		this.requestId = requestId;
	}
}

/** An option, an address or a config is wrong. Nothing was sent. */
export class ConfigurationError extends SpeechmaticsError {
	override readonly name = 'ConfigurationError';
}

/** The service does not accept the key (401), does not allow it this (403), or no key was given. */
export class AuthenticationError extends SpeechmaticsError {
	override readonly name = 'AuthenticationError';
	/** The HTTP status, where the refusal came by HTTP. */
	readonly status: number | undefined;

	constructor(message: string, {status, ...details}: ErrorDetails & {status?: number} = {}) {
		super(message, details);
		this.status = status;
	}
}

/** The service could not be reached, or the connection broke. Whether the request had an effect is unknown. */
export class ConnectionError extends SpeechmaticsError {
	override readonly name = 'ConnectionError';
	/** The WebSocket close code, where a session broke. */
	readonly closeCode: number | undefined;
	/** What the close frame said, where there was one. */
	readonly closeReason: string | undefined;
	/** The service's id of the session that broke. */
	readonly sessionId: string | undefined;

	constructor(
		message: string,
		{
			closeCode,
			closeReason,
			sessionId,
			...details
		}: ErrorDetails & {
			closeCode?: number | undefined;
			closeReason?: string | undefined;
			sessionId?: string | undefined;
		} = {},
	) {
		super(message, details);
		this.closeCode = closeCode;
		this.closeReason = closeReason;
		this.sessionId = sessionId;
	}
}

/** The other side stayed silent for longer than the limit. */
export class TimeoutError extends SpeechmaticsError {
	override readonly name = 'TimeoutError';
}

export interface ResponseErrorDetails extends ErrorDetails {
	readonly status: number;
	readonly summary?: string | undefined;
	readonly detail?: string | undefined;
	readonly retryAfter?: number | undefined;
}

/** The service answered a request with an error status. */
export class ResponseError extends SpeechmaticsError {
	override readonly name: string = 'ResponseError';
	readonly status: number;
	/** The `error` of the error body, or the title of a page that came instead. */
	readonly summary: string | undefined;
	/** The `detail` of the error body, where there was one. */
	readonly detail: string | undefined;
	/** Seconds after which the server asked to be tried again (`Retry-After`). */
	readonly retryAfter: number | undefined;

	constructor(message: string, {status, summary, detail, retryAfter, ...details}: ResponseErrorDetails) {
		super(message, details);
		this.status = status;
		this.summary = summary;
		this.detail = detail;
		this.retryAfter = retryAfter;
	}
}

/** Too many requests, or too many jobs at once (429); `retryAfter` says when to come back, where the server did. */
export class RateLimitedError extends ResponseError {
	override readonly name = 'RateLimitedError';
}

/** The service answered with something that is not what its specification promises. */
export class UnexpectedResponseError extends SpeechmaticsError {
	override readonly name = 'UnexpectedResponseError';
}

/** The job was accepted and then could not be transcribed. */
export class JobRejectedError extends SpeechmaticsError {
	override readonly name = 'JobRejectedError';
	readonly jobId: string;
	/** The service's own reasons, in its order. */
	readonly reasons: readonly string[];

	constructor(jobId: string, reasons: readonly string[]) {
		const why = reasons.length > 0 ? reasons.join('; ') : 'the service gave no reason';
		super(`Job ${jobId} was rejected: ${why}`);
		this.jobId = jobId;
		this.reasons = reasons;
	}
}

/** The job is still running, so its transcript is not there yet (404). */
export class TranscriptNotReadyError extends ResponseError {
	override readonly name = 'TranscriptNotReadyError';
	readonly jobId: string;

	constructor(jobId: string, details: ResponseErrorDetails) {
		super(`The transcript of job ${jobId} is not ready yet`, details);
		this.jobId = jobId;
	}
}

/** The job is still running, so it cannot be deleted without `force` (423). */
export class JobRunningError extends ResponseError {
	override readonly name = 'JobRunningError';
	readonly jobId: string;

	constructor(jobId: string, details: ResponseErrorDetails) {
		super(`Job ${jobId} is still running: wait for its end, or delete it with force`, details);
		this.jobId = jobId;
	}
}

/** The job or its transcript is no longer kept by the service: deleted, or older than its retention. */
export class JobGoneError extends ResponseError {
	override readonly name: string = 'JobGoneError';
	readonly jobId: string;

	/** @param jobStatus `deleted` or `expired` */
	constructor(jobId: string, jobStatus: string, details: ResponseErrorDetails = {status: 410}) {
		const said = details.summary === undefined ? '' : ` (${details.summary})`;
		super(`Job ${jobId} is ${jobStatus}: the service no longer has its transcript${said}`, details);
		this.jobId = jobId;
	}
}

/** The job is older than the service keeps jobs: 410, or 404 and a status `expired`, as the vendor's pages differ. */
export class JobExpiredError extends JobGoneError {
	override readonly name = 'JobExpiredError';

	constructor(jobId: string, details?: ResponseErrorDetails) {
		super(jobId, 'expired', details);
	}
}

/** The realtime service ended the session with an `Error` message. */
export class RealtimeError extends SpeechmaticsError {
	override readonly name = 'RealtimeError';
	/** The service's error type, such as `quota_exceeded`. */
	readonly type: string;
	readonly reason: string;
	/** The number some services send beside the type. */
	readonly code: number | undefined;
	/** The WebSocket close code that followed, where one came. */
	readonly closeCode: number | undefined;
	readonly sessionId: string | undefined;

	constructor(
		{
			type,
			reason,
			code,
		}: {readonly type: string; readonly reason: string; readonly code?: number | null | undefined},
		{
			sessionId,
			closeCode,
			...details
		}: ErrorDetails & {sessionId?: string | undefined; closeCode?: number | undefined} = {},
	) {
		super(`The realtime service ended the session: ${reason === '' ? type : `${reason} (${type})`}`, details);
		this.type = type;
		this.reason = reason;
		this.code = code ?? undefined;
		this.closeCode = closeCode;
		this.sessionId = sessionId;
	}
}
