/** Server-sent events as a browser reads them. Source: HTML standard, "interpreting an event stream". */
export interface StreamEvent {
	readonly id: string | undefined;
	readonly event: string;
	readonly data: string;
}

export async function* readEvents(
	body: ReadableStream<Uint8Array>,
): AsyncGenerator<StreamEvent | {comment: string}> {
	let rest = '';
	const decoder = new TextDecoder();
	for await (const bytes of body) {
		rest += decoder.decode(bytes, {stream: true});
		for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
			const fields = rest.slice(0, end).split('\n');
			rest = rest.slice(end + 2);
			const fieldOf = (name: string) =>
				fields.find((field) => field.startsWith(`${name}: `))?.slice(name.length + 2);
			const data = fieldOf('data');
			const comment = fieldOf('');
			if (comment !== undefined) yield {comment};
			if (data !== undefined) yield {id: fieldOf('id'), event: fieldOf('event') ?? 'message', data};
		}
	}
}
