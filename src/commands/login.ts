/** `speechdeck login` and `logout`: a key is kept where it belongs, and never stands on a command line. */
import {type KeyStore, keyName, openKeyStore} from '../settings/key-store.ts';
import {loadSettings, type Settings} from '../settings/load.ts';
import {type Origin, originText} from '../settings/origin.ts';
import {addressOf, endpointOf, resolvedKey, type ServiceName} from '../settings/settings.ts';
import {staticKey} from '../speechmatics/auth.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import type {Streams} from './streams.ts';

export interface LoginFlags {
	readonly profile?: string;
	/** False: the key is kept without having been tried. */
	readonly check?: boolean;
}

export const KEY_FILE_WARNING =
	'Warning: there is no keychain here, so the key is in a file: whoever can read your files can read it.';

/** More than any key; a file piped in by mistake is not read to its end. */
const MAX_KEY_LENGTH = 8192;
/** Milliseconds. */
const TRIAL_TIMEOUT = 15_000;

/** @returns the exit code */
export async function loginCommand(flags: LoginFlags, {err}: Streams): Promise<number> {
	const settings = settingsFor(flags);
	const addresses = services.map((service) => endpointOf(service, addressOf(service, settings)));
	const key = process.stdin.isTTY === true ? await promptedKey() : await pipedKey();
	if (key === undefined) return EXIT.interrupted;
	if (flags.check !== false) {
		const [url] = addresses;
		await tryKey(url!, key);
		err.line(`The key works on ${url!.host}.`);
	} else staticKey(key);
	const keys = openKeyStore(process.env);
	const kept: Origin[] = [];
	for (const name of namesFor(settings)) kept.push(await keys.write(name, key));
	for (const origin of kept) err.line(ended(`It is kept in ${originText(origin)}`));
	if (kept.some(({kind}) => kind === 'key file')) err.line(KEY_FILE_WARNING);
	await tellOfOthers(settings, keys, err, 'is used instead of it');
	return EXIT.ok;
}

/** @returns the exit code */
export async function logoutCommand(flags: LoginFlags, {err}: Streams): Promise<number> {
	const settings = settingsFor(flags);
	const keys = openKeyStore(process.env);
	const gone: Origin[] = [];
	for (const name of namesFor(settings)) gone.push(...(await keys.remove(name)));
	for (const origin of gone) err.line(ended(`The key is removed from ${originText(origin)}`));
	if (gone.length === 0) err.line('No key was kept.');
	await tellOfOthers(settings, keys, err, 'is still used');
	return EXIT.ok;
}

const services: readonly ServiceName[] = ['batch', 'realtime'];

function settingsFor({profile}: LoginFlags): Settings {
	return loadSettings({environment: process.env, profile});
}

function namesFor(settings: Settings): Set<string> {
	return new Set(
		services.map((service) => keyName(settings.profile, endpointOf(service, addressOf(service, settings)))),
	);
}

/** A key from elsewhere would surprise somebody who has just changed this one. */
async function tellOfOthers(settings: Settings, keys: KeyStore, err: Streams['err'], what: string) {
	const used = await resolvedKey('batch', settings, keys);
	if (used === undefined || used.origin.kind === 'keychain' || used.origin.kind === 'key file') return;
	err.line(ended(`The key from ${originText(used.origin)} ${what}`));
}

async function promptedKey(): Promise<string | undefined> {
	const {askKey} = await import('../tui/prompts/ask-key.ts');
	const answer = await askKey();
	return answer.type === 'given' ? answer.value : undefined;
}

async function pipedKey(): Promise<string> {
	let text = '';
	for await (const chunk of process.stdin) {
		text += String(chunk);
		if (text.length > MAX_KEY_LENGTH) throw new UsageError('What was piped in is too long to be a key');
	}
	const key = text.trim();
	if (key === '') throw new UsageError('Type a key at the prompt, or pipe one in: login < key.txt');
	return key;
}

/** Asks the service for something small. @throws what the service said */
async function tryKey(url: URL, key: string): Promise<void> {
	await using client = new BatchClient({url: url.href, credentials: staticKey(key), retries: 0});
	await client.listJobs({limit: 1, signal: AbortSignal.timeout(TRIAL_TIMEOUT)});
}
