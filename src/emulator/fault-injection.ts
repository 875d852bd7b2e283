/** Makes a request go wrong as it was planned. */
import {type IncomingMessage, type ServerResponse, STATUS_CODES} from 'node:http';
import type {Clock} from '../speechmatics/clock.ts';
import {TRANSCRIPT_FORMATS} from '../speechmatics/jobs.ts';
import {answer, answerJson, errorPage, intercept} from './answers.ts';
import type {RequestFault} from './faults.ts';

/**
 * Applies what befalls a request.
 *
 * @returns whether the request goes on to where it is handled
 */
export function inject(
	faults: readonly RequestFault[],
	request: IncomingMessage,
	response: ServerResponse,
	query: URLSearchParams,
): boolean {
	for (const fault of faults) if (!injectOne(fault, request, response, query)) return false;
	return true;
}

function injectOne(
	fault: RequestFault,
	request: IncomingMessage,
	response: ServerResponse,
	query: URLSearchParams,
): boolean {
	switch (fault.fault) {
		case 'status':
			answerStatus(fault, response);
			return false;
		case 'hang':
			request.resume();
			return false;
		case 'reset':
			if (fault.when === 'before') request.socket.destroy();
			else intercept(response, () => request.socket.destroy());
			return fault.when === 'after';
		case 'cut-body':
			intercept(response, (status, headers, body) => {
				const bytes = Buffer.from(body);
				response.writeHead(status, {...headers, 'Content-Length': bytes.length});
				response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
					if (fault.end === 'reset') request.socket.destroy();
				});
			});
			return true;
		case 'no-wait':
			if (request.method === 'GET') query.set('wait', '0');
			else query.delete('wait');
			return true;
		case 'no-embed':
			intercept(response, (status, headers, body) => {
				const sent = status === 201 ? withoutTranscript(String(body)) : body;
				response.writeHead(status, {...headers, 'Content-Length': Buffer.byteLength(sent)}).end(sent);
			});
			return true;
		case 'slow-read':
			return true;
	}
}

function withoutTranscript(json: string): string {
	const formats: readonly string[] = TRANSCRIPT_FORMATS;
	const kept = Object.entries(JSON.parse(json) as object).filter(([key]) => !formats.includes(key));
	return JSON.stringify(Object.fromEntries(kept));
}

function answerStatus(
	{status, body, error, detail, retryAfter}: Extract<RequestFault, {fault: 'status'}>,
	response: ServerResponse,
): void {
	if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
	const text = error ?? (status === 429 ? 'Rate Limited' : (STATUS_CODES[status] ?? 'Unknown'));
	if (body === 'html') answer(response, status, 'text/html', errorPage(status, text));
	else if (body === 'empty') answer(response, status, 'text/plain', '');
	else answerJson(response, status, {code: status, error: text, ...(detail === undefined ? {} : {detail})});
}

/** The body of a request at the speed that its faults leave. */
export async function* bodyOf(
	request: IncomingMessage,
	faults: readonly RequestFault[],
	clock: Clock,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
	const slow = faults.find((fault) => fault.fault === 'slow-read');
	if (slow?.bytesPerSecond === 0) await aborted(signal);
	for await (const bytes of request) {
		if (slow !== undefined) await clock.sleep((bytes.length / slow.bytesPerSecond) * 1000, signal);
		yield bytes;
	}
}

function aborted(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		if (signal.aborted) reject(signal.reason);
		signal.addEventListener('abort', () => reject(signal.reason), {once: true});
	});
}
