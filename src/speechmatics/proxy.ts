/**
 * The way out through a proxy, as `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say. None of `node:http`,
 * `node:https` and `ws` looks at these by itself on every runtime.
 */
import type http from 'node:http';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {getProxyForUrl} from 'proxy-from-env';
import {isLoopback} from './endpoints.ts';
import {ConfigurationError} from './errors.ts';

/** A proxy knows no WebSocket: it sees the request that one begins with. */
const HTTP_PROTOCOLS: Readonly<Record<string, string>> = {'ws:': 'http:', 'wss:': 'https:'};

/**
 * The agent to give a request or a WebSocket for `url`, or `undefined` where no proxy stands between. It tunnels
 * (CONNECT) for every protocol, so that the proxy never sees a key. This machine itself is always reached directly.
 *
 * @throws ConfigurationError when the proxy's address is none; the message does not repeat it, as it may hold a password
 */
export function agentFor(url: URL): http.Agent | undefined {
	if (isLoopback(url)) return undefined;
	const protocol = HTTP_PROTOCOLS[url.protocol] ?? url.protocol;
	const proxy = getProxyForUrl(protocol + url.href.slice(url.protocol.length));
	if (proxy === '') return undefined;
	if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
		const variable = `${protocol.slice(0, -1).toUpperCase()}_PROXY`;
		throw new ConfigurationError(
			`${variable} is not the address of a proxy: it must begin with http:// or https://`,
		);
	}
	return new HttpsProxyAgent(proxy);
}
