/** The proxy on the way to the services: which variable names it, and whether it is there. */
import {connect} from 'node:net';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {messageOf} from '../platform/message-of.ts';
import type {Environment, ServiceName} from '../settings/settings.ts';
import {isLoopback} from '../speechmatics/endpoints.ts';
import {ConfigurationError, TimeoutError} from '../speechmatics/errors.ts';
import {connectionError} from '../speechmatics/http.ts';
import {agentFor} from '../speechmatics/proxy.ts';
import type {Account} from './account.ts';
import {type Check, type Finding, uncapital} from './check.ts';

/** The proxy that requests to `url` go through. @throws ConfigurationError where its address is none */
export function proxyFor(url: URL): URL | undefined {
	const agent = agentFor(url);
	return agent instanceof HttpsProxyAgent ? agent.proxy : undefined;
}

/** Opens a connection and closes it. @throws ConnectionError, TimeoutError */
export type Reach = (proxy: URL, signal: AbortSignal) => Promise<void>;

/** Milliseconds. */
const PATIENCE = 5000;

const reachOverNetwork: Reach = (proxy, signal) =>
	new Promise((resolve, reject) => {
		const port = Number(proxy.port) || (proxy.protocol === 'https:' ? 443 : 80);
		const socket = connect(port, proxy.hostname.replace(/^\[|\]$/g, ''));
		const end = (settle: () => void) => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			socket.destroy();
			settle();
		};
		const timer = setTimeout(
			() =>
				end(() =>
					reject(new TimeoutError(`${proxy.host} could not be connected to in ${PATIENCE / 1000} s`)),
				),
			PATIENCE,
		);
		const onAbort = () => end(() => reject(signal.reason));
		signal.addEventListener('abort', onAbort, {once: true});
		socket.once('connect', () => end(resolve));
		socket.once('error', (error) => end(() => reject(connectionError(proxy, error))));
	});

interface Needs {
	readonly account: Account | undefined;
	readonly environment: Environment;
	readonly find?: (url: URL) => URL | undefined;
	readonly reach?: Reach;
}

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'];
const SERVICES: readonly ServiceName[] = ['batch', 'realtime'];

export function proxyCheck({account, environment, find = proxyFor, reach = reachOverNetwork}: Needs): Check {
	const run = async (signal: AbortSignal): Promise<Finding> => {
		const set = VARIABLES.map((name) => setName(environment, name)).filter((name) => name !== undefined);
		if (set.length === 0) return {state: 'ok', facts: 'none is set, and none is used'};
		if (account === undefined) return {state: 'skipped', facts: 'the configuration must be right first'};
		const urls: URL[] = [];
		// What is wrong with an address, its own line says.
		for (const service of SERVICES)
			await account.place(service).then(
				({url}) => urls.push(url),
				() => {},
			);
		let proxies: (URL | undefined)[];
		try {
			proxies = urls.map(find);
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			return {
				state: 'error',
				facts: error.message,
				remedy: `Set ${set[0]} to an address such as http://proxy.example:3128, or unset it.`,
			};
		}
		const direct = urls.filter((_, index) => proxies[index] === undefined);
		const names = set.join(' and ');
		const past = direct.map((url) => `${url.host} is reached directly${reasonFor(url, environment)}`);
		const used = proxies.find((proxy) => proxy !== undefined);
		if (used === undefined) return {state: 'ok', facts: [`${names} is set`, ...past].join('; ')};
		try {
			for (const proxy of new Map(proxies.map((url) => [url?.host, url])).values()) {
				if (proxy !== undefined) await reach(proxy, signal);
			}
		} catch (error) {
			signal.throwIfAborted();
			return {
				state: 'error',
				facts: `${names}: ${uncapital(messageOf(error))}`,
				remedy: `Correct ${names}, or unset it where no proxy is needed; NO_PROXY names hosts to be reached without it.`,
			};
		}
		return {state: 'ok', facts: [`${names}: ${used.host} answers`, ...past].join('; ')};
	};
	return {id: 'proxy', title: 'Proxy', late: 'Check the address of the proxy.', run};
}

/** The name under which a variable is set, as both spellings count. */
function setName(environment: Environment, name: string): string | undefined {
	return [name, name.toUpperCase()].find((spelling) => environment[spelling]);
}

function reasonFor(url: URL, environment: Environment): string {
	if (isLoopback(url)) return '';
	return setName(environment, 'no_proxy') === undefined ? '' : ' (NO_PROXY)';
}
