/** A broken rule of the realtime protocol: the session ends with it. */
import {AudioError} from '../audio/source.ts';
import {CLOSE_CODES} from '../speechmatics/messages.ts';

export class SessionError extends Error {
	readonly type: string;
	readonly closeCode: number;

	constructor(type: string, reason: string, closeCode: number = closeCodeOf(type)) {
		super(reason);
		this.type = type;
		this.closeCode = closeCode;
	}
}

export function toSessionError(error: unknown): SessionError {
	if (error instanceof SessionError) return error;
	if (error instanceof AudioError) {
		return new SessionError('invalid_audio_type', 'Invalid audio type: Could not determine type of stream.');
	}
	return new SessionError('unknown_error', 'An unknown error occurred');
}

export function wrongOrder(): SessionError {
	return new SessionError('protocol_error', 'Message received in the wrong order');
}

/** Types that close with a code of another name. Source: realtime API reference, "WebSocket errors". */
export function closeCodeOf(type: string): number {
	if (type === 'idle_timeout' || type === 'session_timeout') return CLOSE_CODES.policy_violation;
	if (type === 'invalid_language') return CLOSE_CODES.invalid_model;
	if (type === 'unknown_error') return CLOSE_CODES.internal_error;
	return (CLOSE_CODES as Record<string, number>)[type] ?? CLOSE_CODES.protocol_error;
}

/** A close frame names the error, but for the one code that names itself. */
export function closeReason(code: number, type: string): string {
	return code === CLOSE_CODES.policy_violation ? 'policy_violation' : type;
}

type Parsed<Message> =
	| {success: true; data: Message}
	| {success: false; error: {issues: ReadonlyArray<{path: PropertyKey[]; message: string}>}};

/** What was parsed. @throws SessionError that names the first wrong field */
export function valid<Message>(parsed: Parsed<Message>): Message {
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new SessionError('invalid_config', `${issue?.path.join('.')}: ${issue?.message}`);
}

export function notUnderstood(): SessionError {
	return new SessionError('invalid_message', 'Message could not be understood');
}
