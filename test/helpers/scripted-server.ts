import http from 'node:http';
import type {AddressInfo} from 'node:net';

export interface SeenRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: http.IncomingHttpHeaders;
	readonly body: Buffer;
}

type Answer = (request: SeenRequest, response: http.ServerResponse) => void;

/** A server on loopback that reads each request whole and gives the next of its answers; the last one stays. */
export async function scriptedServer(...answers: Answer[]) {
	const requests: SeenRequest[] = [];
	const server = http.createServer(async (request, response) => {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece);
		const {method = '', url = '', headers} = request;
		const seen = {method, url, headers, body: Buffer.concat(pieces)};
		const give = answers[Math.min(requests.length, answers.length - 1)]!;
		requests.push(seen);
		give(seen, response);
	});
	return {...(await listening(server)), requests};
}

/** Listens on loopback; disposing of it cuts every connection. */
export async function listening(server: http.Server) {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** An answer with a status and a body; an object goes as JSON, text as HTML. */
export function answer(
	status: number,
	body: string | object = '',
	headers: Record<string, string> = {},
): Answer {
	return (_request, response) => {
		const json = typeof body !== 'string';
		response.writeHead(status, {'content-type': json ? 'application/json' : 'text/html', ...headers});
		response.end(json ? JSON.stringify(body) : body);
	};
}
