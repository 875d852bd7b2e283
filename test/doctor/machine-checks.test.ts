import {describe, expect, test} from 'bun:test';
import {ffmpegCheck} from '../../src/doctor/ffmpeg-check.ts';
import {keychainCheck} from '../../src/doctor/keychain-check.ts';
import {programCheck} from '../../src/doctor/program-check.ts';
import {proxyCheck} from '../../src/doctor/proxy.ts';
import {terminalCheck} from '../../src/doctor/terminal-check.ts';
import {type KeychainState, keychainState} from '../../src/platform/secrets.ts';
import {runtimeName, VERSION} from '../../src/platform/version.ts';
import {ConfigurationError} from '../../src/speechmatics/errors.ts';
import {failure, fakeAccount, found} from './fakes.ts';

describe('ffmpeg', () => {
	const at = async () => '/usr/bin/ffmpeg';

	test('is there with its version', async () => {
		const run = async () => 'ffmpeg version 7.1-static Copyright\nbuilt with gcc';
		expect(await found(ffmpegCheck(at, run))).toEqual({state: 'ok', facts: '7.1-static, /usr/bin/ffmpeg'});
	});

	test('is only a warning where it is missing or broken', async () => {
		const missing = await found(ffmpegCheck(async () => undefined));
		expect(missing).toMatchObject({state: 'warn', facts: 'not found'});
		expect(missing.remedy).toStartWith('Install ffmpeg');
		const broken = await found(ffmpegCheck(at, () => Promise.reject(new Error('libx'))));
		expect(broken).toMatchObject({state: 'warn', facts: '/usr/bin/ffmpeg does not run'});
	});
});

describe('terminal', () => {
	const TERMINAL = {input: true, output: true, columns: 80, rows: 24};
	const GOOD = {TERM: 'xterm-256color', LANG: 'en_GB.UTF-8'};
	const look = (environment: object, terminal: object = {}, setClipboard = 'on') =>
		found(
			terminalCheck(
				{...GOOD, ...environment},
				{...TERMINAL, ...terminal},
				{
					run: async () => `${setClipboard}\n`,
					system: 'linux',
				},
			),
		);

	test('tells size, signs and colours, and what a screen found out', async () => {
		expect(await look({})).toEqual({state: 'ok', facts: '80x24, UTF-8, 256 colours'});
		expect((await look({COLORTERM: 'truecolor'}, {keyReleases: true, mouse: false})).facts).toBe(
			'80x24, UTF-8, 16 million colours, key releases, no mouse',
		);
		expect((await look({NO_COLOR: '1'})).facts).toContain('no colours (NO_COLOR)');
		expect((await look({TERM: 'xterm'})).facts).toContain('16 colours');
	});

	test('is skipped where there is none', async () => {
		expect((await look({}, {output: false})).state).toBe('skipped');
		expect((await look({}, {input: false})).facts).toContain('the input is a file');
	});

	test.each([
		[{TERM: 'dumb'}, {}, /Set TERM/],
		[{TERM: ''}, {}, /Set TERM/],
		[{LANG: 'C'}, {}, /LANG=C\.UTF-8/],
		[{LC_ALL: 'POSIX'}, {}, /LC_ALL=C\.UTF-8/],
		[{}, {columns: 39}, /40x10/],
		[{}, {rows: 9}, /40x10/],
	])('%o %o is warned of', async (environment, terminal, remedy) => {
		const finding = await look(environment, terminal);
		expect(finding.state).toBe('warn');
		expect(finding.remedy).toMatch(remedy);
	});

	test('tmux must pass on what is copied', async () => {
		const TMUX = '/tmp/tmux,1,0';
		expect(await look({TMUX})).toMatchObject({state: 'ok'});
		expect((await look({TMUX}, {}, 'external')).remedy).toContain('set-clipboard on');
	});
});

describe('keychain', () => {
	const look = (state: KeychainState, account = fakeAccount()) =>
		found(keychainCheck(account, {}, async () => state));
	const inFile = fakeAccount({origin: {kind: 'key file', file: '/k'}});

	test('is a warning only where a key lies in a file for want of one', async () => {
		expect((await look('answers', inFile)).state).toBe('ok');
		expect((await look('off', inFile)).state).toBe('ok');
		expect((await look('silent')).state).toBe('ok');
		for (const state of ['silent', 'missing'] as const) {
			const finding = await look(state, inFile);
			expect(finding.state).toBe('warn');
			expect(finding.remedy).toContain('SPEECHDECK_KEYCHAIN=off');
		}
	});

	test('is asked for a name that is never kept', async () => {
		const names: string[] = [];
		const get = async ({name}: {name: string}) => {
			names.push(name);
			return null;
		};
		expect(await keychainState({}, {get})).toBe('answers');
		expect(names).toEqual(['never kept']);
		expect(await keychainState({}, {get: () => Promise.reject(new Error('no daemon'))})).toBe('silent');
		expect(await keychainState({SPEECHDECK_KEYCHAIN: 'off'}, {get})).toBe('off');
	});
});

describe('proxy', () => {
	const HTTPS_PROXY = 'http://user:hidden@proxy.example:3128';
	const look = (
		find: (url: URL) => URL | undefined,
		{reach = async () => {}, environment = {HTTPS_PROXY} as Record<string, string>} = {},
	) => found(proxyCheck({account: fakeAccount(), environment, find, reach}));
	const there = () => new URL(HTTPS_PROXY);

	test('none is well, and one that answers is named without its password', async () => {
		expect(await look(() => undefined, {environment: {}})).toMatchObject({state: 'ok'});
		expect(await look(there)).toEqual({state: 'ok', facts: 'HTTPS_PROXY: proxy.example:3128 answers'});
	});

	test('what NO_PROXY leaves out is said', async () => {
		const onlyBatch = ({protocol}: URL) => (protocol === 'https:' ? there() : undefined);
		const environment = {HTTPS_PROXY, no_proxy: 'eu.rt.speechmatics.com'};
		expect((await look(onlyBatch, {environment})).facts).toBe(
			'HTTPS_PROXY: proxy.example:3128 answers; eu.rt.speechmatics.com is reached directly (NO_PROXY)',
		);
	});

	test('one that does not answer, or is no address, names its variable', async () => {
		const away = await look(there, {reach: () => Promise.reject(failure('ECONNREFUSED'))});
		expect(away).toMatchObject({state: 'error', facts: 'HTTPS_PROXY: could not reach it'});
		expect(away.remedy).toStartWith('Correct HTTPS_PROXY');
		const none = await look(() => {
			throw new ConfigurationError('HTTPS_PROXY is not the address of a proxy');
		});
		expect(none).toMatchObject({state: 'error'});
		expect(none.remedy).toStartWith('Set HTTPS_PROXY');
		expect(JSON.stringify([away, none])).not.toContain('hidden');
	});
});

test('the program tells version, runtime and system', async () => {
	expect((await found(programCheck())).facts).toStartWith(`speechdeck ${VERSION}, Bun ${Bun.version}, `);
	expect(runtimeName({deno: '2.9.6', node: '24'})).toBe('Deno 2.9.6');
	expect(runtimeName({node: '24'})).toBe('Node 24');
});
