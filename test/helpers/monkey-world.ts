/** All that the app works with, as in a real run, but for what would reach beyond a test: no microphone, no other program. */
import {appendFileSync, copyFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import {transcriptsIn} from '../../src/batch/saved-transcripts.ts';
import {jobOptionServices} from '../../src/commands/tui-job-options.ts';
import {AppRequests} from '../../src/commands/tui-requests.ts';
import {sessionServices} from '../../src/commands/tui-sessions.ts';
import {settingsServices} from '../../src/commands/tui-settings.ts';
import type {Check} from '../../src/doctor/check.ts';
import {startEmulator} from '../../src/emulator/server.ts';
import {History} from '../../src/history/history.ts';
import {loadSettings} from '../../src/settings/load.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import type {CompareServices, Services} from '../../src/tui/services.ts';
import {Home} from '../settings/home.ts';
import {FastClock} from './fast-clock.ts';
import {keepSession, placesIn, said, saveTranscript} from './kept-history.ts';
import {scriptedSession} from './scripted-session.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');

/** In names, in what is said and in what is typed: wide, joined from several, from right to left, and made to disturb. */
export const STRANGE = [
	'日本語の会議',
	'é̂é',
	'👩‍👩‍👧',
	'שלום',
	'\u202Egnp',
	'a\u0007\u001B[2Jb',
	'한국어',
	'ﷺ',
	'ก็',
] as const;
const LONG = 'a very long name that goes on and on '.repeat(5).trim();

/** The names of recordings that can be added. */
const NAMES = ['talk.wav', `${STRANGE[0]}.wav`, `${STRANGE[2]} ${STRANGE[3]}.wav`, `${LONG}.wav`];

export interface MonkeyWorld extends AsyncDisposable {
	readonly services: Services;
	/** As they are dropped into the window, good ones and others. */
	readonly droppable: readonly string[];
}

/** Replaces what this process knows of its surroundings until it is disposed of. */
export async function monkeyWorld(): Promise<MonkeyWorld> {
	const home = new Home();
	const before = {...process.env};
	const own = {
		...home.environment,
		XDG_DATA_HOME: home.at('data'),
		XDG_STATE_HOME: home.at('state'),
		// Nothing to open folders, to copy and to play sound with.
		...{PATH: '', TERM: 'dumb', TMUX: '', DISPLAY: '', WAYLAND_DISPLAY: ''},
	};
	Object.assign(process.env, own);
	const emulator = await startEmulator({processingTime: () => 0});
	const spoken = await scriptedSession(
		[
			['S1', `Good morning and ${STRANGE[0]}.`],
			['S2', `${'Words '.repeat(60)}and ${STRANGE[3]} ${STRANGE[5]}.`],
		],
		'and so it goes',
		{translations: [`Guten Morgen ${STRANGE[2]}`], sound: 'applause'},
	);
	const history = await keptHistory(home);
	const client = new BatchClient({apiKey: 'k', url: emulator.batchUrl, retries: 0});
	const ledger = new Ledger(home.at('ledger.sqlite'));
	const environment = home.environment;
	const read = () => loadSettings({environment});
	home.write(home.profilePath, `[transcription]\nvocab = ["${STRANGE[0]}", "${LONG}"]\n`);
	const flags = {format: 'txt', outputDir: home.at('out')};
	const requests = await AppRequests.open({read, given: {values: {}}, flags, demo: false} as never);
	const newRealtimeClient = () => new RealtimeClient({apiKey: 'k', url: spoken.url});
	const recordings = NAMES.map((name) => recording(home.at(name)));
	writeFileSync(home.at('empty.wav'), '');
	const services: Services = {
		demo: false,
		batchClient: client,
		batch: {
			engine: {
				client,
				ledger,
				transcripts: transcriptsIn(home.at('transcripts')),
				limits: {uploads: 2, running: 10},
				rates: {submissions: 1000, reads: 1000},
				clock: new FastClock(),
				temporaryFolder: home.path,
			},
			get order() {
				const {job, output} = requests.current;
				return {account: 'account', config: job.config, output};
			},
			takeOver: () => ledger.recordings.takeOver('account', {submitted: false}),
		},
		newRealtimeClient,
		get realtimeStart() {
			return requests.current.session.start;
		},
		saveSupportBundle: async () => home.at('support.zip'),
		record: true,
		sessions: sessionServices(newRealtimeClient, {demo: false}),
		compare: COMPARE,
		history: {open: async (onNotice) => new History(history, onNotice)},
		jobOptions: jobOptionServices(requests),
		settings: settingsServices({environment, profile: undefined, read, apply: () => requests.change()}),
		checkup: () => CHECKS,
		get formats() {
			return requests.current.output.formats;
		},
		outputDir: home.at('out'),
		samplePath: SAMPLE,
		warnings: ['config.toml line 3 says something that nobody knows'],
	};
	return {
		services,
		droppable: [
			...recordings,
			home.at('empty.wav'),
			home.at('missing.wav'),
			home.path,
			'',
			'x'.repeat(5000),
			...STRANGE,
		],
		async [Symbol.asyncDispose]() {
			client.close();
			ledger.close();
			await spoken[Symbol.asyncDispose]();
			await emulator.close();
			for (const name of Object.keys(own)) delete process.env[name];
			Object.assign(process.env, before);
			home[Symbol.dispose]();
		},
	};
}

function recording(path: string): string {
	copyFileSync(SAMPLE, path);
	// Each its own recording: equal ones would share a job.
	appendFileSync(path, path);
	return path;
}

async function keptHistory(home: Home) {
	const places = placesIn(home.at('data', 'speechdeck'));
	for (let index = 0; index < 30; index++) {
		const name = index % 3 === 0 ? `${STRANGE[index % STRANGE.length]} ${index}.wav` : `meeting-${index}.wav`;
		saveTranscript(places, `kept-${index}`, said(['S1', 'hello words'], ['S2', STRANGE[0]]), {name});
	}
	await keepSession(places, said('a session of words', STRANGE[3]));
	return places;
}

/** One that fails at once, and one that is cut off. */
const COMPARE: CompareServices = {
	rates: () => ({}),
	said: async () => STRANGE[0],
	report: () => '',
	save: async () => [],
	async run(path, {emit, signal}) {
		if (path.includes('empty')) throw new Error(`${path}: it is empty`);
		emit({type: 'began', file: path, seconds: 15, at: 0});
		emit({type: 'submitted', jobId: 'job', at: 0.5});
		await new Promise((resolve) => signal.addEventListener('abort', resolve));
		for (const mode of ['batch', 'realtime'] as const) emit({type: 'stopped', mode, at: 1});
	},
};

const CHECKS: readonly Check[] = [
	{id: 'key', title: 'Key', late: 'Wait.', run: async () => ({state: 'ok', facts: STRANGE[0]})},
	{
		id: 'clock',
		title: 'Clock',
		late: 'Wait.',
		run: async () => ({state: 'error', facts: LONG, remedy: `${LONG} ${LONG}`}),
	},
	{
		id: 'proxy',
		title: 'Proxy',
		late: 'Wait.',
		run: (signal) =>
			new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
	},
];
