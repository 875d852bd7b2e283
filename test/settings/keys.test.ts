import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {chmodSync, existsSync, statSync} from 'node:fs';
import {type Keychain, systemKeychain} from '../../src/platform/secrets.ts';
import {keyName, openKeyStore} from '../../src/settings/key-store.ts';
import {loadSettings} from '../../src/settings/load.ts';
import {resolvedKey, resolvedService} from '../../src/settings/settings.ts';
import {AuthenticationError} from '../../src/speechmatics/errors.ts';
import {Home} from './home.ts';

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => home[Symbol.dispose]());

function keychain(kept = new Map<string, string>()): Keychain {
	return {
		read: async (name) => kept.get(name),
		write: async (name, secret) => {
			kept.set(name, secret);
			return true;
		},
		remove: async (name) => kept.delete(name),
	};
}

const CLOUD = new URL('https://eu1.asr.api.speechmatics.com/v2');
const keyFile = () => home.at('config', 'speechdeck', 'keys', 'default');
const settings = (more: Record<string, string> = {}, profile?: string) =>
	loadSettings({environment: {...home.environment, ...more}, profile});
const store = (chain?: Keychain) => openKeyStore(home.environment, chain);
const found = (more?: Record<string, string>, chain?: Keychain, profile?: string) =>
	resolvedKey('batch', settings(more, profile), store(chain));

describe('where a key is kept', () => {
	test('in the keychain where there is one, and then in no file', async () => {
		await store().write('default', 'old');
		expect(await store(keychain()).write('default', 'k')).toEqual({kind: 'keychain', name: 'default'});
		expect(existsSync(keyFile())).toBe(false);
	});

	test('else in a file that only its owner can read', async () => {
		expect(await store().write('default', 'k')).toEqual({kind: 'key file', file: keyFile()});
		expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
		expect((await store().read('default'))?.value).toBe('k');
	});

	test.skipIf(process.platform === 'win32')('a file that others can read is not used', async () => {
		await store().write('default', 's3cret');
		chmodSync(keyFile(), 0o640);
		const error = await store()
			.read('default')
			.catch((error: Error) => error);
		expect(error).toBeInstanceOf(AuthenticationError);
		expect(String(error)).toContain('chmod 600');
		expect(String(error)).not.toContain('s3cret');
	});

	test('it is removed from both', async () => {
		const chain = keychain();
		await store().write('default', 'k');
		await chain.write('default', 'k');
		expect((await store(chain).remove('default')).map(({kind}) => kind)).toEqual(['keychain', 'key file']);
		expect(await store(chain).read('default')).toBeUndefined();
		expect(await store(chain).remove('default')).toEqual([]);
	});
});

describe('which key counts', () => {
	test('environment, keychain, file, legacy file', async () => {
		home.write(home.legacyPath, '[default]\nauth_token = "legacy"\n');
		expect(await found()).toMatchObject({value: 'legacy', origin: {kind: 'legacy', profile: 'default'}});
		await store().write('default', 'filed');
		expect(await found()).toMatchObject({value: 'filed', origin: {kind: 'key file'}});
		const chain = keychain(new Map([['default', 'chained']]));
		expect(await found({}, chain)).toMatchObject({value: 'chained', origin: {kind: 'keychain'}});
		expect(await found({SPEECHMATICS_API_KEY: 'env'}, chain)).toMatchObject({
			value: 'env',
			origin: {kind: 'environment'},
		});
	});

	test('a kept key goes to no other service than the one it was given for', async () => {
		const chain = keychain(new Map([['default', 'cloud']]));
		home.write(home.legacyPath, '[default]\nauth_token = "legacy"\n');
		const elsewhere = {SPEECHMATICS_BATCH_URL: 'https://my.cluster/v2'};
		expect(await found(elsewhere, chain)).toBeUndefined();
		await chain.write(keyName(undefined, new URL('https://my.cluster/v2')), 'cluster');
		expect((await found(elsewhere, chain))?.value).toBe('cluster');
		expect(keyName('news', CLOUD)).toBe('news');
		// The legacy file's own address may have the legacy file's key.
		home.write(home.legacyPath, '[default]\nauth_token = "legacy"\nbatch_url = "https://old.cluster/v2"\n');
		expect((await found({}, chain))?.value).toBe('legacy');
	});

	test("a profile's own key comes first, and at the vendor's cloud the common one will do", async () => {
		home.write(home.profilePath, '[profile.news.batch]\nmodel = "standard"\n');
		const chain = keychain(new Map([['default', 'common']]));
		expect((await found({}, chain, 'news'))?.value).toBe('common');
		await chain.write('news', 'own');
		expect((await found({}, chain, 'news'))?.value).toBe('own');
	});
});

describe('a service by all that is set', () => {
	test('its address, key and certificates', async () => {
		home.write(home.at('config', 'speechdeck', 'ca.pem'), 'PEM');
		home.write(home.profilePath, '[service]\nbatch_url = "http://my.cluster/v2/"\nca_file = "ca.pem"\n');
		const service = await resolvedService('batch', settings(), store());
		expect(service).toMatchObject({url: 'http://my.cluster/v2', ca: 'PEM'});
		expect(service.warnings).toEqual([
			'The address in config.toml line 2 is http://, so the audio travels unencrypted to my.cluster',
		]);
		expect(await service.credentials.authorization()).toBeUndefined();
	});

	test('without a key the cloud is not asked', async () => {
		const message = 'There is no API key: set SPEECHMATICS_API_KEY or run "speechdeck login"';
		await expect(resolvedService('realtime', settings(), store())).rejects.toThrow(message);
	});

	test('a certificate file that is gone is told by its line', async () => {
		home.write(home.profilePath, '[service]\nbatch_url = "https://x/v2"\nca_file = "ca.pem"\n');
		await expect(resolvedService('batch', settings(), store())).rejects.toThrow(
			'config.toml line 3: service.ca_file',
		);
	});
});

describe('the system keychain', () => {
	test('that fails, or is switched off, holds and keeps nothing', async () => {
		const failing = {
			get: () => Promise.reject(new Error('no D-Bus')),
			set: () => Promise.reject(new Error('no D-Bus')),
			delete: () => Promise.reject(new Error('no D-Bus')),
		};
		for (const chain of [systemKeychain({}, failing), systemKeychain({SPEECHDECK_KEYCHAIN: 'off'})]) {
			expect(await chain.read('x')).toBeUndefined();
			expect(await chain.write('x', 'y')).toBe(false);
			expect(await chain.remove('x')).toBe(false);
		}
	});

	test('that forgets at once has kept nothing', async () => {
		const forgetful = {get: async () => null, set: async () => {}, delete: async () => false};
		expect(await systemKeychain({}, forgetful).write('x', 'y')).toBe(false);
	});
});
