/** What a client sent, before anything is known of its form. */

/** The name that says what kind of message this is; `undefined` where it has none. */
export function nameOf(message: unknown): unknown {
	return typeof message === 'object' && message !== null
		? (message as {message?: unknown}).message
		: undefined;
}

/** The JSON in a text frame; `undefined` where it is none. */
export function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
