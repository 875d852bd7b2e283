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

	constructor(message: string, {closeCode, ...details}: ErrorDetails & {closeCode?: number} = {}) {
		super(message, details);
		this.closeCode = closeCode;
	}
}

/** The other side stayed silent for longer than the limit. */
export class TimeoutError extends SpeechmaticsError {
	override readonly name = 'TimeoutError';
}

/** The service answered a request with an error status. */
export class ResponseError extends SpeechmaticsError {
	override readonly name = 'ResponseError';
	readonly status: number;
	/** The `detail` of the error body, where there was one. */
	readonly detail: string | undefined;
	/** Seconds after which the server asked to be tried again (`Retry-After`). */
	readonly retryAfter: number | undefined;

	constructor(
		message: string,
		{
			status,
			detail,
			retryAfter,
			...details
		}: ErrorDetails & {status: number; detail?: string | undefined; retryAfter?: number | undefined},
	) {
		super(message, details);
		this.status = status;
		this.detail = detail;
		this.retryAfter = retryAfter;
	}
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

/** The job or its transcript is no longer kept by the service (deleted, or older than its retention). */
export class JobGoneError extends SpeechmaticsError {
	override readonly name = 'JobGoneError';
	readonly jobId: string;

	constructor(jobId: string, status: string) {
		super(`Job ${jobId} is ${status}: the service no longer has its transcript`);
		this.jobId = jobId;
	}
}

/** The realtime service ended the session with an `Error` message. */
export class RealtimeError extends SpeechmaticsError {
	override readonly name = 'RealtimeError';
	/** The service's error type, such as `quota_exceeded`. */
	readonly type: string;
	readonly reason: string;
	readonly sessionId: string | undefined;

	constructor(
		{type, reason}: {readonly type: string; readonly reason: string},
		{sessionId, ...details}: ErrorDetails & {sessionId?: string | undefined} = {},
	) {
		super(`The realtime service ended the session: ${reason} (${type})`, details);
		this.type = type;
		this.reason = reason;
		this.sessionId = sessionId;
	}
}
