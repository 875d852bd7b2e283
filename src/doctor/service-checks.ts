/** Whether the services can be reached, and whether this machine's clock agrees with theirs. */
import {messageOf} from '../platform/message-of.ts';
import {originText} from '../settings/origin.ts';
import type {ServiceName} from '../settings/settings.ts';
import {endpointUrl} from '../speechmatics/endpoints.ts';
import {AuthenticationError, ConfigurationError, ResponseError} from '../speechmatics/errors.ts';
import {USER_AGENT} from '../speechmatics/identity.ts';
import type {Account, ServicePlace} from './account.ts';
import type {Check, Finding} from './check.ts';
import {type Asked, type Network, PATIENCE, strangeStatus, unreachable} from './network.ts';

const LATE = 'Check the network of this machine.';

/** What the batch service said when it was asked what it can do, which needs no key. */
export interface BatchAnswer {
	readonly status: number;
	/** Milliseconds from the question to the answer. */
	readonly took: number;
	/** How much this machine's clock is ahead of the service's, in seconds; undefined where it told no time. */
	readonly ahead: number | undefined;
}

/**
 * Asks the batch service once, for every check that wants to know.
 *
 * @throws ConnectionError, TimeoutError, ConfigurationError
 */
export function batchProbe(account: Account, {send, clock, now}: Network): () => Promise<BatchAnswer> {
	const ask = async (): Promise<BatchAnswer> => {
		const {url, ca} = await account.place('batch');
		const base = new URL(url);
		base.pathname = base.pathname.replace(/\/v2$/, '');
		const [began, start] = [clock.now(), now()];
		const {status, headers} = await send({
			method: 'GET',
			url: endpointUrl(base, ['v1', 'discovery', 'features']),
			headers: {Accept: 'application/json', 'User-Agent': USER_AGENT},
			noProgressTimeout: PATIENCE,
			connectTimeout: PATIENCE,
			totalTimeout: PATIENCE,
			ca,
		});
		const took = clock.now() - began;
		// The header has whole seconds, cut off: it means half a second later, and was written half way.
		const theirs = Date.parse(headers.date ?? '') + 500;
		const ahead = (start + took / 2 - theirs) / 1000;
		return {status, took, ahead: Number.isNaN(ahead) ? undefined : ahead};
	};
	let asked: Promise<BatchAnswer> | undefined;
	return () => (asked ??= ask());
}

export function batchCheck(
	account: Account | undefined,
	probe: () => Promise<BatchAnswer>,
	network: Network,
): Check {
	const run = () =>
		reached('batch', account, network, async (asked) => {
			const {status, took} = await probe();
			return strangeStatus(status, asked) ?? answers(asked, took);
		});
	return {id: 'batch', title: 'Batch service', late: LATE, run};
}

/**
 * Begins to open a WebSocket without a key: the service refuses, which shows that it is there, and no session begins that
 * could cost anything. Whether one that ends before its start is free is in none of the vendor's documents.
 */
export function realtimeCheck(account: Account | undefined, network: Network): Check {
	const {connect, clock} = network;
	const run = (signal: AbortSignal) =>
		reached('realtime', account, network, async (asked, {ca}) => {
			const began = clock.now();
			const url = endpointUrl(asked.url, ['']);
			const handlers = {onMessage: () => {}, onClose: () => {}};
			try {
				const socket = await connect(url, {'User-Agent': USER_AGENT}, handlers, {
					timeout: PATIENCE,
					signal,
					ca,
				});
				socket.close();
			} catch (error) {
				const refused = error instanceof AuthenticationError && error.status === 401;
				if (!refused) return refusedOpening(error, asked);
			}
			return answers(asked, clock.now() - began);
		});
	return {id: 'realtime', title: 'Realtime service', late: LATE, run};
}

function refusedOpening(error: unknown, asked: Asked): Finding {
	const status =
		error instanceof AuthenticationError || error instanceof ResponseError ? error.status : undefined;
	if (status === undefined) throw error;
	return (
		strangeStatus(status, asked) ?? {
			state: 'error',
			facts: `${asked.url.host} answers ${status} where a WebSocket should open`,
			remedy: `Check the address (${originText(asked.origin)}), which usually ends with /v2, and that a proxy or firewall on the way lets WebSockets through.`,
		}
	);
}

/** Asks a service, where its address is one, and tells why it gave no answer. */
async function reached(
	service: ServiceName,
	account: Account | undefined,
	{proxyFor}: Network,
	ask: (asked: Asked, place: ServicePlace) => Promise<Finding>,
): Promise<Finding> {
	if (account === undefined) return {state: 'skipped', facts: 'the configuration must be right first'};
	let asked: Asked | undefined;
	try {
		const place = await account.place(service);
		const {url, origin, warnings} = place;
		asked = {url, origin, proxied: proxyFor(url) !== undefined};
		const finding = await ask(asked, place);
		if (finding.state !== 'ok' || warnings.length === 0) return finding;
		const secure = service === 'batch' ? 'https' : 'wss';
		return {
			state: 'warn',
			facts: warnings.join('; '),
			remedy: `Use an address that begins with ${secure}://.`,
		};
	} catch (error) {
		if (error instanceof ConfigurationError) {
			return {state: 'error', facts: messageOf(error), remedy: 'Correct it where it is set, or unset it.'};
		}
		if (asked === undefined) throw error;
		return unreachable(error as Error, asked);
	}
}

function answers({url, proxied}: Asked, took: number): Finding {
	const way = proxied ? ' through the proxy' : '';
	return {state: 'ok', facts: `${url.host} answers in ${Math.max(1, Math.round(took))} ms${way}`};
}

/** Seconds of difference from which the clock is worth a word, and from which temporary keys and signatures fail. */
const TOLERATED = 30;
const TOO_MUCH = 5 * 60;

export function clockCheck(account: Account | undefined, probe: () => Promise<BatchAnswer>): Check {
	const run = async (): Promise<Finding> => {
		const answer = account && (await probe().catch(() => undefined));
		if (answer?.ahead === undefined)
			return {state: 'skipped', facts: 'no service told the time to compare with'};
		const {ahead} = answer;
		const off = Math.abs(ahead);
		if (off < TOLERATED) return {state: 'ok', facts: off < 2 ? 'right' : `right to ${Math.round(off)} s`};
		return {
			state: off < TOO_MUCH ? 'warn' : 'error',
			facts: `${spanText(off)} ${ahead > 0 ? 'ahead of' : 'behind'} the service's`,
			remedy: `${SET_CLOCK}: keys that are made for a short time and certificates are judged by it.`,
		};
	};
	return {id: 'clock', title: 'Clock', late: LATE, run};
}

const SET_CLOCK =
	process.platform === 'linux'
		? 'Set the clock of this machine ("sudo timedatectl set-ntp true" keeps it right)'
		: 'Set the clock of this machine, or have the system set it by itself';

function spanText(seconds: number): string {
	if (seconds < 120) return `${Math.round(seconds)} s`;
	const minutes = seconds / 60;
	if (minutes < 120) return `${Math.round(minutes)} minutes`;
	const hours = minutes / 60;
	return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}
