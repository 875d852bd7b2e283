import type {z} from 'zod';
import {
	AuthenticationError,
	JobExpiredError,
	JobRunningError,
	RateLimitedError,
	ResponseError,
	type SpeechmaticsError,
	UnexpectedResponseError,
} from './errors.ts';
import type {HttpResponse} from './http.ts';
import {ErrorBody} from './jobs.ts';

/** The server's own id of a request; support asks for it. */
export function requestIdOf({headers}: Pick<HttpResponse, 'headers'>): string | undefined {
	const id = headers['request-id'];
	return typeof id === 'string' ? id : undefined;
}

/**
 * What an answer says, by its schema.
 *
 * @throws UnexpectedResponseError when it is no JSON, or not what the specification promises
 */
export function parsed<Schema extends z.ZodType>(schema: Schema, response: HttpResponse): z.output<Schema> {
	const requestId = requestIdOf(response);
	let json: unknown;
	try {
		json = JSON.parse(response.text);
	} catch (cause) {
		throw new UnexpectedResponseError('The service answered with something that is not JSON', {
			requestId,
			cause,
		});
	}
	const result = schema.safeParse(json);
	if (result.success) return result.data;
	const where = result.error.issues[0]?.path.join('.') ?? '';
	throw new UnexpectedResponseError(`The service's answer cannot be understood (at "${where}")`, {
		requestId,
		cause: result.error,
	});
}

/** The longest text of the server that is repeated; a page of HTML helps nobody. */
const LONGEST_TEXT = 300;

/**
 * Turns an error status into a typed error. Decided by the status alone: the body may be the service's JSON, a
 * proxy's HTML page or nothing at all.
 *
 * @param hadKey whether the request carried a key
 * @param jobId the job it was about, if any
 */
export function responseError(
	response: HttpResponse,
	url: URL,
	hadKey: boolean,
	jobId?: string,
): SpeechmaticsError {
	const {status} = response;
	const requestId = requestIdOf(response);
	const {summary, detail, jobStatus} = explanation(response);
	if (status === 401 || status === 403) {
		return new AuthenticationError(refusal(status, url, hadKey, {detail}), {status, requestId});
	}
	const details = {status, summary, detail, retryAfter: secondsToWait(response), requestId};
	if (jobId !== undefined) {
		const isExpired = status === 410 || (status === 404 && jobStatus === 'expired');
		if (isExpired) return new JobExpiredError(jobId, details);
		if (status === 423) return new JobRunningError(jobId, details);
	}
	const what = [summary, detail].filter((part) => part !== undefined).join(': ');
	const remedy = status >= 500 ? ': the service has a problem, try again later' : '';
	const message = `${url.host} answered ${status}${what === '' ? '' : ` (${what})`}${remedy}`;
	return status === 429 ? new RateLimitedError(message, details) : new ResponseError(message, details);
}

/** Why a key was refused, the same for both APIs. */
export function refusal(
	status: number,
	url: URL,
	hadKey: boolean,
	said: {detail?: string | undefined} = {},
): string {
	if (!hadKey) return `${url.host} wants an API key: set SPEECHMATICS_API_KEY`;
	if (status === 401) return `${url.host} does not accept the API key: check SPEECHMATICS_API_KEY`;
	return `${url.host} does not allow this to the API key${said.detail === undefined ? '' : `: ${said.detail}`}`;
}

interface Explanation {
	readonly summary?: string | undefined;
	readonly detail?: string | undefined;
	readonly jobStatus?: string | undefined;
}

function explanation({text}: HttpResponse): Explanation {
	try {
		const body = ErrorBody.parse(JSON.parse(text));
		return {
			summary: shortened(body.error ?? body.message),
			detail: shortened(body.detail),
			jobStatus: body.status?.toLowerCase(),
		};
	} catch {
		return {summary: shortened(/<title>([^<]*)<\/title>/i.exec(text)?.[1])};
	}
}

function shortened(text: string | null | undefined): string | undefined {
	const short = text?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
	return short === '' ? undefined : short;
}

/** `Retry-After` is seconds or a date. Source: RFC 9110, 10.2.3. */
function secondsToWait({headers}: HttpResponse): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined) return undefined;
	if (/^\d+$/.test(value)) return Number(value);
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
