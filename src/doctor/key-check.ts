/** The key: whether there is one, from where, whether it can be one, and whether the service takes it. */
import {type Origin, originText, type Sourced} from '../settings/origin.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {isSpeechmaticsCloud} from '../speechmatics/endpoints.ts';
import {
	AuthenticationError,
	ConfigurationError,
	ConnectionError,
	ResponseError,
	TimeoutError,
	UnexpectedResponseError,
} from '../speechmatics/errors.ts';
import type {Account, ServicePlace} from './account.ts';
import type {Check, Finding} from './check.ts';
import {type Network, PATIENCE, strangeStatus} from './network.ts';

const PORTAL = 'https://portal.speechmatics.com';

/** The key itself is never part of a result. */
export function keyCheck(account: Account | undefined, network: Network): Check {
	const run = async (signal: AbortSignal): Promise<Finding> => {
		if (account === undefined) return {state: 'skipped', facts: 'the configuration must be right first'};
		try {
			return await judged(account, network, signal);
		} catch (error) {
			// The line of that service says what is wrong with it.
			if (error instanceof ConfigurationError)
				return {state: 'skipped', facts: 'an address must be right first'};
			if (!(error instanceof AuthenticationError)) throw error;
			return {
				state: 'error',
				facts: 'not used: others can read or change the file that holds it',
				remedy: 'Run "speechdeck login" again: it makes a file that only you can read.',
			};
		}
	};
	return {id: 'key', title: 'Key', late: 'Set SPEECHMATICS_API_KEY where the system keychain hangs.', run};
}

async function judged(account: Account, network: Network, signal: AbortSignal): Promise<Finding> {
	const [batch, realtime] = [await account.place('batch'), await account.place('realtime')];
	const [key, live] = [await account.key('batch'), await account.key('realtime')];
	if (key === undefined) {
		if (isSpeechmaticsCloud(batch.url)) return missing();
		if (live !== undefined) {
			return {
				state: 'skipped',
				facts: `from ${originText(live.origin)}; not tried, as only realtime uses it`,
			};
		}
		if (isSpeechmaticsCloud(realtime.url)) return missing(realtime);
		return {state: 'skipped', facts: `none, and ${batch.url.host} may need none`};
	}
	const finding = expired(key, network.now()) ?? (await tried(key, batch, network, signal));
	const lacking = finding.state === 'ok' && live === undefined && isSpeechmaticsCloud(realtime.url);
	return lacking ? missing(realtime) : finding;
}

function missing(place?: ServicePlace): Finding {
	return {
		state: 'error',
		facts: place === undefined ? 'there is none' : `there is none for ${place.url.host}`,
		remedy: `Make one at ${PORTAL}, then run "speechdeck login" or set SPEECHMATICS_API_KEY.`,
	};
}

async function tried(
	{value, origin}: Sourced<string>,
	{url, ca, origin: addressOrigin}: ServicePlace,
	{send, clock, proxyFor}: Network,
	signal: AbortSignal,
): Promise<Finding> {
	const from = `from ${originText(origin)}`;
	const {host} = url;
	try {
		await using client = new BatchClient({
			url: url.href,
			apiKey: value,
			send,
			clock,
			retries: 0,
			connectTimeout: PATIENCE,
			requestTimeout: PATIENCE,
			...(ca !== undefined && {ca}),
		});
		await client.listJobs({limit: 1, signal});
		return {state: 'ok', facts: `${from}; ${host} accepts it`};
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof AuthenticationError) return refused(error, origin, host);
		if (error instanceof ConnectionError || error instanceof TimeoutError) {
			return {state: 'skipped', facts: `${from}; not tried, as ${host} cannot be reached`};
		}
		if (error instanceof ResponseError) {
			const asked = {url, origin: addressOrigin, proxied: proxyFor(url) !== undefined};
			const facts = `${from}; not tried, as ${host} answers ${error.status}`;
			if (strangeStatus(error.status, asked) !== undefined) return {state: 'skipped', facts};
			return {
				state: 'warn',
				facts,
				remedy:
					error.status === 429
						? 'Try again in a minute: too much is asked of the service at the moment.'
						: `Check the address (${originText(addressOrigin)}): it usually ends with /v2.`,
			};
		}
		if (!(error instanceof UnexpectedResponseError)) throw error;
		return {
			state: 'warn',
			facts: `${from}; not tried, as what answers at ${host} is not the batch service`,
			remedy: `Check the address (${originText(addressOrigin)}), and whether this network asks for a login in a browser.`,
		};
	}
}

function refused({status, message}: AuthenticationError, origin: Origin, host: string): Finding {
	const from = `from ${originText(origin)}`;
	if (status === undefined) {
		return {
			state: 'error',
			facts: `${from}; it holds characters that a key never has`,
			remedy: `Copy it once more from where it was made, without quotes or spaces, and ${replaceIn(origin)}.`,
		};
	}
	if (status === 401) {
		return {
			state: 'error',
			facts: `${from}; ${host} does not accept it (401)`,
			remedy: `Make a key at ${PORTAL} and ${replaceIn(origin)}; a key copied in part is refused, too.`,
		};
	}
	const [, detail] = /to the API key: (.*)$/s.exec(message) ?? [];
	return {
		state: 'error',
		facts: `${from}; ${host} knows it and does not allow it this (${status}${detail === undefined ? '' : `, ${detail}`})`,
		remedy: `See at ${PORTAL} whether the key has ended and what the contract has in it.`,
	};
}

/** The end of "make a key and …". */
function replaceIn(origin: Origin): string {
	if (origin.kind === 'environment') return `set ${origin.variable} to it`;
	return origin.kind === 'legacy' ? 'run "speechdeck login"' : 'run "speechdeck login" again';
}

/** A temporary key says when it ends. Source: RFC 7519, 4.1.4. */
function expired({value, origin}: Sourced<string>, now: number): Finding | undefined {
	const [, payload] = /^eyJ[\w-]*\.([\w-]+)\.[\w-]*$/.exec(value.trim()) ?? [];
	if (payload === undefined) return undefined;
	let end: unknown;
	try {
		end = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).exp;
	} catch {
		return undefined;
	}
	if (typeof end !== 'number' || end * 1000 > now) return undefined;
	return {
		state: 'error',
		facts: `from ${originText(origin)}; it is a temporary key, and its time is over`,
		remedy: `Make another one, or a lasting key at ${PORTAL}; check the clock where the key is new.`,
	};
}
