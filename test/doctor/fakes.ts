import type {Account} from '../../src/doctor/account.ts';
import type {Check, Finding} from '../../src/doctor/check.ts';
import type {Network} from '../../src/doctor/network.ts';
import type {Origin} from '../../src/settings/origin.ts';
import {AuthenticationError, ConnectionError} from '../../src/speechmatics/errors.ts';
import type {HttpRequest, HttpResponse} from '../../src/speechmatics/http.ts';
import {FakeClock} from '../helpers/clock.ts';

/** 2026-01-31, 12:00 UTC. */
export const NOON = Date.UTC(2026, 0, 31, 12);

export const KEY = 'a-key-that-nobody-may-see';

/** A network that answers as it is told, and keeps what it was asked. */
export function fakeNetwork(
	answer: (request: HttpRequest) => Partial<HttpResponse> | Error,
	{
		open = () => new AuthenticationError('no', {status: 401}),
		now = NOON,
		proxy,
	}: {open?: () => Error | undefined; now?: number; proxy?: URL} = {},
): Network & {readonly requests: HttpRequest[]} {
	const requests: HttpRequest[] = [];
	return {
		requests,
		clock: new FakeClock(),
		now: () => now,
		proxyFor: () => proxy,
		async send(request) {
			requests.push(request);
			const given = answer(request);
			if (given instanceof Error) throw given;
			return {status: 200, headers: {}, text: '{"jobs":[]}', ...given};
		},
		async connect() {
			const refused = open();
			if (refused !== undefined) throw refused;
			return {send() {}, ping() {}, close() {}, terminate() {}};
		},
	};
}

export function failure(code: string): ConnectionError {
	return new ConnectionError('Could not reach it', {cause: Object.assign(new Error(code), {code})});
}

const CLOUD = {batch: 'https://eu1.asr.api.speechmatics.com/v2', realtime: 'wss://eu.rt.speechmatics.com/v2'};
const FROM_VARIABLE: Origin = {kind: 'environment', variable: 'SPEECHMATICS_API_KEY'};

export function fakeAccount({
	urls = CLOUD,
	key = KEY as string | undefined,
	origin = FROM_VARIABLE,
	addressOrigin = {kind: 'default'} as Origin,
	warnings = [] as readonly string[],
} = {}): Account {
	return {
		place: async (service) => ({url: new URL(urls[service]), origin: addressOrigin, warnings}),
		key: async () => (key === undefined ? undefined : {value: key, origin}),
	};
}

export const found = (check: Check): Promise<Finding> => check.run(new AbortController().signal);
