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
export function errorPage(status: number, text: string): string {
	return [
		'<html>',
		`<head><title>${status} ${text}</title></head>`,
		'<body>',
		`<center><h1>${status} ${text}</h1></center>`,
		'<hr><center>nginx</center>',
		'</body>',
		'</html>',
		'',
	].join('\r\n');
}

export const UNAUTHORISED_PAGE = errorPage(401, 'Authorization Required');

type Delivery = (status: number, headers: Record<string, string | number>, body: string | Uint8Array) => void;
const deliveries = new WeakMap<ServerResponse, Delivery>();

/** Has the answer leave in another way than it should, once there is one. */
export function intercept(response: ServerResponse, delivery: Delivery): void {
	deliveries.set(response, delivery);
}

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

export function answer(
	response: ServerResponse,
	status: number,
	contentType: string,
	body: string | Uint8Array,
): void {
	// A refused upload may not have been read to its end. The rest is read all the same, as the service's gateway
	// does: a client that meets a closed connection while it writes never sees the answer.
	if (response.req.method === 'POST' && !response.req.complete) {
		response.setHeader('Connection', 'close');
		response.req.resume();
	}
	const headers = {'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body)};
	const delivery = deliveries.get(response);
	if (delivery === undefined) response.writeHead(status, headers).end(body);
	else delivery(status, headers, body);
}
