/** What a question to a service tells, and what to do where it tells nothing. */
import {type Origin, originText} from '../settings/origin.ts';
import {type Clock, systemClock} from '../speechmatics/clock.ts';
import {isLoopback} from '../speechmatics/endpoints.ts';
import {TimeoutError} from '../speechmatics/errors.ts';
import {type Send, sendOverNetwork} from '../speechmatics/http.ts';
import {type Connect, connectOverNetwork} from '../speechmatics/socket.ts';
import {type Finding, uncapital} from './check.ts';
import {proxyFor} from './proxy.ts';

/** Milliseconds until a service must have answered. */
export const PATIENCE = 5000;

/** What reaches the network; tests give their own. */
export interface Network {
	readonly send: Send;
	readonly connect: Connect;
	readonly clock: Clock;
	/** This machine's time, milliseconds since 1970. */
	now(): number;
	/** The proxy on the way to an address. @throws ConfigurationError where its address is none */
	proxyFor(url: URL): URL | undefined;
}

export const realNetwork: Network = {
	send: sendOverNetwork,
	connect: connectOverNetwork,
	clock: systemClock,
	now: Date.now,
	proxyFor,
};

/** What is asked of, and how its address came to be. */
export interface Asked {
	readonly url: URL;
	readonly origin: Origin;
	/** True where all that is sent there goes through a proxy. */
	readonly proxied: boolean;
}

/** A service that gave no answer. */
export function unreachable(error: Error, asked: Asked): Finding {
	return {state: 'error', facts: uncapital(error.message), remedy: remedyFor(error, asked)};
}

function remedyFor(error: Error, {url, origin, proxied}: Asked): string {
	const code = (error.cause as {code?: string} | undefined)?.code ?? '';
	const {host} = url;
	if (/CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/.test(code)) {
		return 'Correct the clock of this machine where it is wrong. Where your company reads the traffic, give its certificates: "speechdeck config set service.ca_file FILE".';
	}
	if (proxied) return `See to the proxy: what is sent to ${host} goes through it.`;
	const address = origin.kind === 'default' ? '' : `, or correct the address (${originText(origin)})`;
	if (/ENOTFOUND|EAI_AGAIN/.test(code)) {
		return `Connect this machine to the network and see to its name server (DNS)${address}.`;
	}
	if (/ConnectionRefused|ECONNREFUSED/.test(code)) {
		return origin.kind === 'default'
			? `Have the firewall of this network let connections to ${host} through.`
			: `Start the service there${address}.`;
	}
	const silent = error instanceof TimeoutError || code === 'ETIMEDOUT';
	if (isLoopback(url)) return `See to the service there, or start it again${address}.`;
	return silent
		? `Check the network. Have its firewall let connections to ${host} through, or set HTTPS_PROXY where there is a proxy${address}.`
		: `Check the network and its firewall: connections to ${host} must be let through${address}.`;
}

/** An HTTP status that something on the way gave rather than the service; undefined where it may be the service's. */
export function strangeStatus(status: number, {url, proxied}: Asked): Finding | undefined {
	const {host} = url;
	if (status === 407) {
		return {
			state: 'error',
			facts: `the proxy on the way to ${host} wants a user name and password (407)`,
			remedy: 'Put them into the address of the proxy: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT.',
		};
	}
	if (status >= 500) {
		return {
			state: 'warn',
			facts: `${host} answers ${status}: it has a problem`,
			remedy: proxied
				? 'Try again in some minutes; if it stays, see to the proxy, which may have answered instead.'
				: 'Try again in some minutes.',
		};
	}
	if (status === 403 || (status >= 300 && status < 400)) {
		return {
			state: 'error',
			facts: `something between here and ${host} answers in its place (${status})`,
			remedy: `Log in to this network in a browser where it asks for that, or have its firewall or proxy let connections to ${host} through.`,
		};
	}
	return undefined;
}
