/** `speechdeck`: the app on the screen. */
import type {OutputFormat} from '../captions/render.ts';
import {unpackEmbedded} from '../platform/unpack.ts';
import {type ServiceSettings, serviceSettings} from '../settings/settings.ts';
import {noCredentials, staticKey} from '../speechmatics/auth.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {AuthenticationError} from '../speechmatics/errors.ts';
import {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {Services} from '../tui/services.ts';
import {EXIT, ended, sentence, UsageError} from './failure.ts';
import {startDemo} from './service.ts';
import type {Streams} from './streams.ts';

export interface TuiFlags {
	readonly format: readonly OutputFormat[];
	readonly outputDir?: string;
	readonly language: string;
	readonly model: string;
	readonly concurrency: number;
	readonly maxDelay: number;
	readonly demo?: boolean;
}

/** @returns the exit code */
export async function tuiCommand(flags: TuiFlags, streams: Streams): Promise<number> {
	if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
		throw new UsageError('The app needs a terminal: for scripts there are the commands in --help');
	}
	const start = flags.demo === true || hasKey() ? undefined : await firstChoice();
	if (start === 'quit') return EXIT.ok;
	const demo = flags.demo === true || start === 'demo';
	await using simulated = demo ? await startDemo() : undefined;
	const batch = simulated?.batch ?? serviceSettings('batch', process.env);
	const realtime = simulated?.realtime ?? serviceSettings('realtime', process.env);
	await using batchClient = new BatchClient(batch);
	const {runTui} = await import('../tui/run.tsx');
	const {code, problem} = await runTui(servicesOf(flags, demo, batchClient, {batch, realtime}));
	if (problem !== undefined) streams.err.line(ended(problem));
	return code;
}

function servicesOf(
	flags: TuiFlags,
	demo: boolean,
	batchClient: BatchClient,
	{batch, realtime}: {batch: ServiceSettings; realtime: ServiceSettings},
): Services {
	const {language, model} = flags;
	return {
		demo,
		batchClient,
		newRealtimeClient: () => new RealtimeClient(realtime),
		jobConfig: {type: 'transcription', transcription_config: {language, model, diarization: 'speaker'}},
		realtimeConfig: {
			language,
			model,
			diarization: 'speaker',
			enable_partials: true,
			max_delay: flags.maxDelay,
		},
		formats: flags.format,
		outputDir: flags.outputDir,
		concurrency: flags.concurrency,
		get samplePath() {
			return unpackEmbedded('sample.wav')?.[0];
		},
		warnings: [...batch.warnings, ...realtime.warnings],
	};
}

function hasKey(): boolean {
	try {
		serviceSettings('batch', process.env);
		serviceSettings('realtime', process.env);
		return true;
	} catch (error) {
		if (error instanceof AuthenticationError) return false;
		throw error;
	}
}

/** Asks how to start where there is no key. What is answered counts for this session only. */
async function firstChoice(): Promise<'demo' | 'quit' | undefined> {
	const {firstRun} = await import('../tui/prompts/first-run.ts');
	const choice = await firstRun({
		tryKey: (key) =>
			problemWith(() => new BatchClient({...serviceUrl(), credentials: staticKey(key), retries: 0})),
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

function serviceUrl(): {url?: string} {
	const url = process.env.SPEECHMATICS_BATCH_URL;
	return url === undefined ? {} : {url};
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
