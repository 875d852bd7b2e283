/**
 * What the clients do, for a caller who wants to follow it. Secrets cannot get in: an entry has a fixed set of fields,
 * and none of them is a header, a query or a body.
 */
export interface LogEntry {
	readonly level: 'debug' | 'info' | 'warn' | 'error';
	/** What happened, such as `request`, `retry` or `unknown-fields`. */
	readonly event: string;
	/** One sentence for a person, where the event says too little. */
	readonly message?: string | undefined;
	readonly method?: string | undefined;
	readonly host?: string | undefined;
	/** Without the query. */
	readonly path?: string | undefined;
	/** HTTP status. */
	readonly status?: number | undefined;
	readonly jobId?: string | undefined;
	readonly sessionId?: string | undefined;
	/** The server's id of the request, or of the session's upgrade request. */
	readonly requestId?: string | undefined;
	/** The id this library gave the request (`X-Request-Id`). */
	readonly clientRequestId?: string | undefined;
	/** How long it took. */
	readonly milliseconds?: number | undefined;
	/** How many times it was tried before. */
	readonly attempt?: number | undefined;
	/** WebSocket close code. */
	readonly closeCode?: number | undefined;
	/** The class of the error, never its text. */
	readonly error?: string | undefined;
}

export type Log = (entry: LogEntry) => void;

export const noLog: Log = () => {};
