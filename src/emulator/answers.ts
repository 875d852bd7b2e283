/** HTTP answers in the forms the service gives them. */
import {randomUUID} from 'node:crypto';
import type {ServerResponse} from 'node:http';

/** A request that is refused: thrown anywhere below the router, answered as the service answers. */
export class Refusal extends Error {
	readonly status: number;
	readonly detail: string | undefined;

	/** @param error one of the service's own texts. Source: batch OpenAPI, `ErrorResponse` */
	constructor(status: number, error: string, detail?: string) {
		super(error);
		this.status = status;
		this.detail = detail;
	}
}

/** The gateway answers before the service sees the request, so this is not the service's JSON. */
export const UNAUTHORISED_PAGE = [
	'<html>',
	'<head><title>401 Authorization Required</title></head>',
	'<body>',
	'<center><h1>401 Authorization Required</h1></center>',
	'<hr><center>nginx</center>',
	'</body>',
	'</html>',
	'',
].join('\r\n');

/** 32 hexadecimal digits, as in `Request-Id`. */
export function newRequestId(): string {
	return randomUUID().replaceAll('-', '');
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
	answer(response, status, 'application/json', JSON.stringify(body));
}

export function answerRefusal(response: ServerResponse, {status, message, detail}: Refusal): void {
	answerJson(response, status, {code: status, error: message, ...(detail === undefined ? {} : {detail})});
}

export function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
	// A refused upload may not have been read to its end. The rest is read all the same, as the service's gateway
	// does: a client that meets a closed connection while it writes never sees the answer.
	if (response.req.method === 'POST' && !response.req.complete) {
		response.setHeader('Connection', 'close');
		response.req.resume();
	}
	response.writeHead(status, {'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body)});
	response.end(body);
}
