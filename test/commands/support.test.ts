import {afterEach, beforeEach, describe, expect, test} from 'bun:test';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {redactor} from '../../src/commands/support/redaction.ts';
import {tailLines} from '../../src/commands/support/surroundings.ts';
import {saveSupportBundle, supportCommand} from '../../src/commands/support.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import type {AskedSession} from '../../src/realtime/session-info.ts';
import {transcriptOf} from '../../src/realtime/stored-sessions.ts';
import {remember} from '../../src/settings/speaker-book.ts';
import {changeSpeakerBook} from '../../src/settings/speaker-book-file.ts';
import {JOB_CONFIG} from '../helpers/batch-run.ts';
import {final, over, started, temporaryFolder} from '../helpers/kept-sessions.ts';
import {word} from '../helpers/results.ts';
import {keptStreams} from '../helpers/run-command.ts';

const KEY = 'TOPSECRETkey0123456789';
/** Each in a place of its own; none may be in a bundle. */
const OTHER_KEYS = {
	file: 'FILEkeyABCDEFGHIJ',
	legacy: 'LEGACYkeyKLMNOPQRST',
	header: 'HEADERvalueUVWXYZ',
	signature: 'SIGNATUREabcdef',
	proxy: 'PROXYpassword99',
	voice: 'VOICEidentifier77',
};
const WORDS = {
	said: 'Kryptonite',
	dictionary: 'Rumpelstiltskin',
	person: 'Dr Weberknecht',
	file: 'tumour-board',
};

const VARIABLES: Record<string, string | undefined> = {};
let home: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
	home = temporaryFolder();
	set('HOME', home.path);
	set('SPEECHDECK_KEYCHAIN', 'off');
	set('SPEECHMATICS_API_KEY', KEY);
	set('SPEECHMATICS_BATCH_URL', undefined);
	set('SPEECHMATICS_RT_URL', undefined);
	set('HTTPS_PROXY', `http://me:${OTHER_KEYS.proxy}@proxy:8080`);
	for (const kind of ['CONFIG', 'DATA', 'STATE']) set(`XDG_${kind}_HOME`, join(home.path, kind));
});
afterEach(() => {
	for (const name of Object.keys(VARIABLES)) {
		const value = VARIABLES[name];
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
		delete VARIABLES[name];
	}
	home[Symbol.dispose]();
});

function set(name: string, value: string | undefined): void {
	VARIABLES[name] = process.env[name];
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}

async function bundle(flags: Parameters<typeof supportCommand>[0] = {}) {
	const {streams, stdout, stderr} = keptStreams();
	const code = await supportCommand({output: '-', ...flags}, streams);
	expect({code, stderr: stderr()}).toEqual({code: 0, stderr: ''});
	return {text: stdout(), facts: JSON.parse(stdout())};
}

function write(path: string, text: string): void {
	const whole = join(home.path, path);
	mkdirSync(join(whole, '..'), {recursive: true});
	writeFileSync(whole, text, {mode: 0o600});
}

/** A session, a job, settings, a log and a speaker book, with secrets in all of them. */
async function plant(): Promise<void> {
	write(
		'CONFIG/speechdeck/config.toml',
		[
			'[service]',
			'batch_url = "https://us1.asr.api.speechmatics.com/v2"',
			'[batch]',
			`notify = ["https://example.com/hook?sig=${OTHER_KEYS.signature}"]`,
			'[transcription]',
			'language = "de"',
		].join('\n'),
	);
	write('CONFIG/speechdeck/keys/other', `${OTHER_KEYS.file}\n`);
	write('.speechmatics/config', `[default]\nauth_token = "${OTHER_KEYS.legacy}"\n`);
	write(
		'STATE/speechdeck/speechdeck.log',
		`2026-01-01 started\nGET https://x.example/v2?jwt=${KEY} Authorization: Bearer ${KEY}\nkeys ${Object.values(OTHER_KEYS).slice(0, 2).join(' ')}\nat ${home.path}/work\n`,
	);
	const asked = {
		source: 'mic',
		file: join(home.path, `${WORDS.file}.wav`),
		start: {
			transcriptionConfig: {
				language: 'en',
				model: 'enhanced',
				additional_vocab: [{content: WORDS.dictionary}],
				diarization: 'speaker',
				speaker_diarization_config: {
					speakers: [{label: WORDS.person, speaker_identifiers: [OTHER_KEYS.voice]}],
				},
			},
		},
		simulated: false,
	} as unknown as AskedSession;
	const kept = SessionFolder.create(asked, {show: () => {}, startedAt: new Date(2026, 0, 1, 9)});
	kept.emit({...started(), requestId: 'request-42'} as never);
	kept.emit(final(word(WORDS.said, 0)));
	kept.emit({
		type: 'state',
		state: 'reconnecting',
		reason: `closed with 1006 by wss://x.example/v2?jwt=${KEY}`,
	});
	kept.emit({type: 'speaker', label: 'S1', name: WORDS.person});
	kept.emit({type: 'mark', time: 1, text: WORDS.said});
	kept.emit({type: 'error', reason: `the key ${KEY} is refused`});
	kept.emit(over('failed'));
	await kept.finish(await transcriptOf(kept));

	changeSpeakerBook((book) =>
		remember(book, WORDS.person, [OTHER_KEYS.voice], {model: 'enhanced', place: 'eu'}, new Date()),
	);

	mkdirSync(join(home.path, 'STATE/speechdeck'), {recursive: true});
	using ledger = new Ledger(join(home.path, 'STATE/speechdeck/ledger.sqlite'));
	const account = 'eu1.asr.api.speechmatics.com#abc';
	const [wanted] = ledger.recordings.want([
		{
			...{account, source: `https://example.com/${WORDS.file}.wav?sig=${OTHER_KEYS.signature}`, kind: 'url'},
			...{file: `${WORDS.file}.wav`, name: WORDS.file, size: undefined, seconds: undefined, transcode: false},
			config: {
				...JOB_CONFIG,
				fetch_data: {url: 'https://example.com', auth_headers: [`X: ${OTHER_KEYS.header}`]},
			},
			...{configHash: 'c', delivery: {to: 'print', formats: ['txt']}, priority: 0},
		} as const,
	]);
	const job = {account, reference: 'speechdeck-1', base: 'speechdeck-1', attempt: 1, content: 'x'};
	ledger.jobs.submitting({
		...job,
		...{configHash: 'c', size: 12, model: 'enhanced', language: 'en', audioSeconds: 3},
	});
	ledger.jobs.submitted(account, 'speechdeck-1', 'job-7', 'request-7');
	ledger.recordings.assign(wanted!.id, 'speechdeck-1');
	ledger.recordings.settle(wanted!.id, 'failed', {reason: `refused with ${KEY}`, cause: 'service'});
}

describe('a bundle', () => {
	test('holds what support asks for', async () => {
		await plant();
		const {facts} = await bundle();
		expect(facts.program.version).toMatch(/^\d/);
		expect(facts.terminal.alsoSet).toContain('HTTPS_PROXY');
		expect(facts.settings.values).toContainEqual({
			name: 'batch.language',
			value: 'de',
			origin: 'config.toml line 6',
		});
		const [session] = facts.sessions;
		expect(session).toMatchObject({
			state: 'failed',
			source: 'a file.wav',
			connections: [{sessionId: 'session-1', requestId: 'request-42', connection: 1}],
			troubles: [
				{type: 'state', reason: 'closed with 1006 by wss://x.example/v2?[redacted]'},
				{type: 'error', reason: 'the key [redacted] is refused'},
				{type: 'ended', reason: 'failed'},
			],
		});
		expect(session.config.transcriptionConfig).toMatchObject({
			model: 'enhanced',
			additional_vocab: '[1 entries]',
		});
		expect(session.lastMessages.map(({type}: {type: string}) => type)).toEqual([
			...['started', 'final', 'state', 'speaker', 'mark', 'error', 'ended', 'saved'],
		]);
		expect(facts.jobs).toMatchObject([
			{jobId: 'job-7', requestIds: ['request-7'], reason: 'refused with [redacted]', cause: 'service'},
		]);
		expect(facts.speakerBook).toEqual({voices: 1, refused: 0});
		expect(facts.log).toContain('at ~/work');
	});

	test('holds no key, no word that was said, and no name, wherever they were', async () => {
		await plant();
		const {text} = await bundle();
		for (const secret of [KEY, ...Object.values(OTHER_KEYS), ...Object.values(WORDS), home.path]) {
			expect(text.includes(secret), secret).toBe(false);
		}
	});

	test('is made where nothing is there, and where all is broken', async () => {
		expect((await bundle()).facts).toMatchObject({sessions: [], jobs: [], log: []});
		write('CONFIG/speechdeck/config.toml', 'language = ');
		write('STATE/speechdeck/ledger.sqlite', 'no database');
		write('DATA/speechdeck/speakers.json', '{');
		const {facts} = await bundle();
		expect(facts.settings.problem).toContain('config.toml');
		expect(facts.jobs.problem).toContain('cannot be read');
		expect(facts.speakerBook.problem).toContain('is no speaker book');
	});

	test('is a new file for this user alone', async () => {
		const path = join(home.path, 'bundle.json');
		const {streams, stderr} = keptStreams();
		expect(await supportCommand({output: path}, streams)).toBe(0);
		expect(stderr()).toStartWith(`Saved ${path}\n`);
		if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
		await expect(supportCommand({output: path}, streams)).rejects.toThrow('is there already');
		const saved = await saveSupportBundle(home.path);
		expect(readdirSync(home.path)).toContain(saved.slice(home.path.length + 1));
		expect(JSON.parse(readFileSync(saved, 'utf8')).bundle).toBe('support');
	});

	test('of a session that is not there is refused', async () => {
		await expect(bundle({session: 'none'})).rejects.toThrow('There is no session "none"');
	});
});

describe('redaction', () => {
	const redacted = redactor({secrets: [KEY, 'ab'], home: '/home/someone'});

	test.each([
		[`x${KEY}y`, 'x[redacted]y'],
		[Buffer.from(KEY).toString('base64'), '[redacted]'],
		['https://me:pass@host/a?b=c#d e', 'https://host/a?[redacted] e'],
		['Authorization: Bearer abc.def', 'Authorization: [redacted] [redacted]'],
		['api_key=12345 next', 'api_key=[redacted] next'],
		['eyJhbGciOiJIUzI1.eyJzdWIi.sig', '[redacted]'],
		['/home/someone/talk.wav', '~/talk.wav'],
		['a cab is a taxi', 'a cab is a taxi'],
	])('%s', (text, expected) => expect(redacted(text)).toBe(expected));

	test('goes by names too, and keeps counts', () => {
		expect(
			redacted({auth_headers: ['X: 1'], vocab: ['a', 'b'], punctuation: 0.4, secret: true, tokens: 7}),
		).toEqual({
			auth_headers: '[redacted]' as never,
			vocab: '[2 entries]' as never,
			punctuation: 0.4,
			secret: true,
			tokens: 7,
		});
	});
});

test('the tail of a log begins with a whole line', () => {
	const path = join(home.path, 'log');
	writeFileSync(path, Array.from({length: 5000}, (_, index) => `line ${index}\n`).join(''));
	const lines = tailLines(path);
	expect(lines).toHaveLength(200);
	expect([lines[0], lines.at(-1)]).toEqual(['line 4800', 'line 4999']);
	expect(tailLines(join(home.path, 'none'))).toEqual([]);
});
