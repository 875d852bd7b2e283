import {AuthenticationError, ResponseError, type SpeechmaticsError} from './errors.ts';
import type {HttpResponse} from './http.ts';
import {ErrorBody} from './jobs.ts';

/** The server's own id of a request; support asks for it. */
export function requestIdOf({headers}: HttpResponse): string | undefined {
	const id = headers['request-id'];
	return typeof id === 'string' ? id : undefined;
}

/**
 * Turns an error status into a typed error. Decided by the status alone: the body may be the service's JSON, a
 * proxy's HTML page or nothing at all.
 *
 * @param hadKey whether the request carried a key
 */
export function responseError(response: HttpResponse, url: URL, hadKey: boolean): SpeechmaticsError {
	const {status} = response;
	const requestId = requestIdOf(response);
	if (status === 401 || status === 403) {
		return new AuthenticationError(refusal(status, url, hadKey, explanation(response)), {status, requestId});
	}
	const {summary, detail} = explanation(response);
	const what = [summary, detail].filter((part) => part !== undefined).join(': ');
	const remedy = status >= 500 ? ': the service has a problem, try again later' : '';
	return new ResponseError(`${url.host} answered ${status}${what === '' ? '' : ` (${what})`}${remedy}`, {
		status,
		detail,
		retryAfter: secondsToWait(response),
		requestId,
	});
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

function explanation({text}: HttpResponse): {summary?: string | undefined; detail?: string | undefined} {
	try {
		const body = ErrorBody.parse(JSON.parse(text));
		return {summary: body.error ?? body.message ?? undefined, detail: body.detail ?? undefined};
	} catch {
		const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1]?.trim();
		return {summary: title === '' ? undefined : title};
	}
}

/** `Retry-After` is seconds or a date. Source: RFC 9110, 10.2.3. */
function secondsToWait({headers}: HttpResponse): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined) return undefined;
	if (/^\d+$/.test(value)) return Number(value);
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
