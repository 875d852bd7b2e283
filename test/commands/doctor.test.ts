import {afterAll, beforeAll, expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type DoctorFlags, doctorCommand, resultLines} from '../../src/commands/doctor.ts';
import {realNetwork} from '../../src/doctor/network.ts';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';
import {keptStreams} from '../helpers/run-command.ts';

const KEY = 'the-right-key';
const sound = {list: async () => [], open: () => Promise.reject(new Error('there is none'))};

let emulator: Emulator;
let home: string;
beforeAll(async () => {
	emulator = await startEmulator({apiKey: KEY});
	home = mkdtempSync(join(tmpdir(), 'speechdeck-doctor-'));
});
afterAll(async () => {
	await emulator.close();
	rmSync(home, {recursive: true, force: true});
});

async function doctor(
	flags: DoctorFlags = {},
	variables: Record<string, string> = {},
	{ahead = 0, columns = 80} = {},
) {
	const {streams, stdout, stderr} = keptStreams({columns});
	const environment = {
		HOME: home,
		USERPROFILE: home,
		SPEECHDECK_KEYCHAIN: 'off',
		SPEECHMATICS_API_KEY: KEY,
		SPEECHMATICS_BATCH_URL: emulator.batchUrl,
		SPEECHMATICS_RT_URL: emulator.realtimeUrl,
		...variables,
	};
	const network = {...realNetwork, now: () => Date.now() + ahead};
	const code = await doctorCommand(flags, streams, {environment, network, sound});
	expect(stdout() + stderr()).not.toContain(environment.SPEECHMATICS_API_KEY);
	return {code, stdout: stdout(), stderr: stderr()};
}

interface Document {
	readonly state: string;
	readonly simulated?: boolean;
	readonly checks: readonly {id: string; state: string; facts: string; remedy?: string}[];
}
async function report(...given: Parameters<typeof doctor>) {
	const [flags, ...more] = given;
	const {code, stdout} = await doctor({...flags, json: true}, ...more);
	const document: Document = JSON.parse(stdout);
	for (const {state, remedy} of document.checks) {
		expect(remedy !== undefined).toBe(state === 'warn' || state === 'error');
	}
	return {code, document, of: (wanted: string) => document.checks.find(({id}) => id === wanted)!};
}

const IN_ORDER =
	'program configuration folders keychain key clock batch realtime proxy portaudio microphone ffmpeg terminal';

test('all that the service says is well with the right key, and no session began', async () => {
	const {code, document, of} = await report();
	expect(document.checks.map(({id}) => id).join(' ')).toBe(IN_ORDER);
	for (const id of ['key', 'clock', 'batch', 'realtime']) expect(of(id)).toMatchObject({state: 'ok'});
	expect(code).toBe(0);
	expect(emulator.statistics()).toMatchObject({realtime: {sessions: 0}, batch: {jobs: 0}});
});

test('a refused key alone has the code of authentication', async () => {
	const {code, of} = await report({}, {SPEECHMATICS_API_KEY: 'another-key'});
	expect(of('key')).toMatchObject({state: 'error'});
	expect(of('batch')).toMatchObject({state: 'ok'});
	expect(code).toBe(4);
});

test('a port where nothing answers', async () => {
	const closed = await startEmulator();
	const {batchUrl, realtimeUrl} = closed;
	await closed.close();
	const {code, of} = await report({}, {SPEECHMATICS_BATCH_URL: batchUrl, SPEECHMATICS_RT_URL: realtimeUrl});
	expect(of('batch').remedy).toContain('SPEECHMATICS_BATCH_URL');
	expect(of('realtime').remedy).toContain('SPEECHMATICS_RT_URL');
	expect([of('key').state, of('clock').state]).toEqual(['skipped', 'skipped']);
	expect(code).toBe(1);
});

test('a wrong clock', async () => {
	const {code, of} = await report({}, {}, {ahead: 3 * 3_600_000});
	expect(of('clock')).toMatchObject({state: 'error', facts: "3 hours ahead of the service's"});
	expect(code).toBe(1);
});

test('a malformed configuration is told by its line, and what depends on it is skipped', async () => {
	const folder = join(home, 'wrong');
	await mkdir(join(folder, 'speechdeck'), {recursive: true});
	writeFileSync(join(folder, 'speechdeck', 'config.toml'), '[batch]\nconcurrency = "many"\n');
	const {code, of} = await report({}, {XDG_CONFIG_HOME: folder});
	expect(of('configuration').facts).toStartWith('config.toml line 2: batch.concurrency');
	for (const id of ['key', 'batch', 'realtime']) expect(of(id).state).toBe('skipped');
	expect(code).toBe(1);
});

test('the demo marks what it makes, on every line and in JSON', async () => {
	const {document, of} = await report({demo: true}, {SPEECHMATICS_API_KEY: 'never-used'});
	expect(document.simulated).toBe(true);
	for (const id of ['key', 'clock', 'batch', 'realtime']) {
		expect(of(id)).toMatchObject({state: 'ok', facts: expect.stringContaining('SIMULATED: ')});
	}
	expect((await doctor({demo: true})).stderr).toStartWith('SIMULATED: ');
});

test('is lines with a word each, in order, within the width of the terminal', async () => {
	const {stdout, stderr} = await doctor({}, {SPEECHMATICS_API_KEY: 'another-key'});
	expect(stdout).toMatch(/^ok {7}Program {11}speechdeck /);
	expect(stdout).toMatch(/^problem {2}Key {15}from SPEECHMATICS_API_KEY; /m);
	expect(stdout).toMatch(/^ {27}-> Make a key at /m);
	expect(stderr).toMatch(/^Found 1 problem and \d warnings?: /);
	for (const columns of [40, 60, 80, 200]) {
		const {stdout} = await doctor({}, {SPEECHMATICS_API_KEY: 'another-key'}, {columns});
		for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(Math.min(columns, 80));
	}
});

test('one check as lines', () => {
	const result = {
		id: 'ffmpeg',
		title: 'ffmpeg',
		state: 'warn',
		facts: 'not found',
		remedy: 'Install it.',
	} as const;
	expect(resultLines(result, 80)).toEqual([
		'warning  ffmpeg            not found',
		'                           -> Install it.',
	]);
	expect(resultLines(result, 30)).toEqual(['warning  ffmpeg', '    not found', '    -> Install it.']);
});
