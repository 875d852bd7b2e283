/** `speechdeck`: the app on the screen. */
import {demoAccount} from '../doctor/account.ts';
import {checkup} from '../doctor/checkup.ts';
import {unpackEmbedded} from '../platform/unpack.ts';
import {appSettings} from '../settings/app-settings.ts';
import {loadSettings, type Settings, settingOf} from '../settings/load.ts';
import type {GivenOptions} from '../settings/requests.ts';
import {addressOf} from '../settings/settings.ts';
import {noCredentials, staticKey} from '../speechmatics/auth.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {AuthenticationError} from '../speechmatics/errors.ts';
import {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {Services} from '../tui/services.ts';
import {openBatchWork, type WorkFlags} from './batch-work.ts';
import {EXIT, ended, sentence, UsageError} from './failure.ts';
import {knownVoices} from './known-voices.ts';
import type {OutputFlags} from './output-plan.ts';
import {findService, startDemo} from './service.ts';
import type {Streams} from './streams.ts';
import {compareServices} from './tui-compare.ts';
import {historyServices} from './tui-history.ts';
import {jobOptionServices} from './tui-job-options.ts';
import {AppRequests} from './tui-requests.ts';
import {sessionServices} from './tui-sessions.ts';
import {settingsServices} from './tui-settings.ts';

export interface TuiFlags extends OutputFlags, WorkFlags {
	/** False keeps no recording of live audio. */
	readonly record?: boolean;
	readonly demo?: boolean;
	/** False leaves the mouse to the terminal. */
	readonly mouse?: boolean;
}

/**
 * @param given what was said about the transcription
 * @returns the exit code
 */
export async function tuiCommand(
	flags: TuiFlags,
	given: GivenOptions & {readonly profile?: string | undefined},
	streams: Streams,
): Promise<number> {
	if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
		throw new UsageError('The app needs a terminal: for scripts there are the commands in --help');
	}
	const read = () => loadSettings({environment: process.env, profile: given.profile});
	const start = flags.demo === true || (await hasKey(read())) ? undefined : await firstChoice(read());
	if (start === 'quit') return EXIT.ok;
	const demo = flags.demo === true || start === 'demo';
	await using simulated = demo ? await startDemo() : undefined;
	// The first choice may have set what is read here.
	const requests = await AppRequests.open({read, given, flags, demo});
	const {settings, job, session} = requests.current;
	const batch = simulated?.batch ?? (await findService('batch', settings));
	const realtime = simulated?.realtime ?? (await findService('realtime', settings));
	await using work = await openBatchWork(batch, settings, {demo, flags});
	const newRealtimeClient = () => new RealtimeClient(realtime);
	using history = historyServices();
	const {runTui} = await import('../tui/run.tsx');
	const services: Services = {
		demo,
		batchClient: work.reader,
		batch: {
			engine: work.engine,
			get order() {
				const {job, output} = requests.current;
				return {account: work.account, config: job.config, output, fetchHeaders: job.fetch.authHeaders};
			},
			get transcode() {
				return settingOf(requests.current.settings, 'batch.transcode')?.value ?? false;
			},
			takeOver: () => work.engine.ledger.recordings.takeOver(work.account, {submitted: false}),
		},
		newRealtimeClient,
		sessions: sessionServices(newRealtimeClient, {demo}),
		...(!demo && {history}),
		record: flags.record !== false,
		voices: (start, onProblem) => knownVoices(realtime, start, {demo, onProblem}),
		async saveSupportBundle() {
			const {saveSupportBundle} = await import('./support.ts');
			return saveSupportBundle(process.cwd(), given.profile);
		},
		checkup: () =>
			checkup({
				environment: process.env,
				profile: given.profile,
				...(simulated && {
					account: demoAccount({batch: simulated.batch.url, realtime: simulated.realtime.url}),
				}),
			}),
		compare: compareServices(requests, {batchClient: work.reader, newRealtimeClient}),
		jobOptions: jobOptionServices(requests),
		settings: settingsServices({
			environment: process.env,
			profile: given.profile,
			read,
			apply: () => requests.change(),
		}),
		// On a screen voices are worth telling apart, unless the user says otherwise.
		get realtimeStart() {
			const {start} = requests.current.session;
			return {...start, transcriptionConfig: {diarization: 'speaker' as const, ...start.transcriptionConfig}};
		},
		get formats() {
			return requests.current.output.formats;
		},
		get outputDir() {
			const {output} = requests.current;
			return output.to === 'files' ? output.folder : undefined;
		},
		get samplePath() {
			return unpackEmbedded('sample.wav')?.[0];
		},
		warnings: [
			...settings.warnings,
			...batch.warnings,
			...realtime.warnings,
			...new Set([...job.warnings, ...session.warnings]),
		],
	};
	const {code, problem} = await runTui(services, appSettings(settings, {mouse: flags.mouse}));
	if (problem !== undefined) streams.err.line(ended(problem));
	return code;
}

async function hasKey(settings: Settings): Promise<boolean> {
	try {
		await findService('batch', settings);
		await findService('realtime', settings);
		return true;
	} catch (error) {
		if (error instanceof AuthenticationError) return false;
		throw error;
	}
}

/** Asks how to start where there is no key. What is answered counts for this session only. */
async function firstChoice(settings: Settings): Promise<'demo' | 'quit' | undefined> {
	const {firstRun} = await import('../tui/prompts/first-run.ts');
	const {value: url} = addressOf('batch', settings);
	const choice = await firstRun({
		tryKey: (key) => problemWith(() => new BatchClient({url, credentials: staticKey(key), retries: 0})),
		tryService: ({batchUrl}) =>
			problemWith(() => new BatchClient({credentials: noCredentials, url: batchUrl, retries: 0})),
	});
	switch (choice.kind) {
		case 'key':
			process.env.SPEECHMATICS_API_KEY = choice.key;
			return undefined;
		case 'service':
			process.env.SPEECHMATICS_BATCH_URL = choice.batchUrl;
			process.env.SPEECHMATICS_RT_URL = choice.realtimeUrl;
			return undefined;
		default:
			return choice.kind;
	}
}

/** Asks the service for something small. @returns what is wrong, in one sentence */
async function problemWith(open: () => BatchClient): Promise<string | undefined> {
	try {
		await using client = open();
		await client.listJobs({limit: 1, signal: AbortSignal.timeout(15_000)});
		return undefined;
	} catch (error) {
		return sentence(error);
	}
}
