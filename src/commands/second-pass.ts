/** `speechdeck second-pass`: a live session once more as a batch job, and what that changes. */
import type {BatchEvent} from '../batch/events.ts';
import {SecondPassError, secondPass, secondPassLines} from '../compare/second-pass.ts';
import {secondPassConfig} from '../compare/second-pass-config.ts';
import {printable} from '../platform/printable.ts';
import {loadSettings} from '../settings/load.ts';
import {batchRequest, type GivenOptions} from '../settings/requests.ts';
import {openBatchWork} from './batch-work.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {secondPassInput} from './second-pass-input.ts';
import {openToldService} from './service.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface SecondPassFlags {
	/** A transcript in JSON to compare with, where the recording is no session's. */
	readonly live?: string;
	readonly model?: string;
	readonly diarization?: string;
	readonly language?: string;
	readonly profile?: string;
	readonly outputDir?: string;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/**
 * @param named a session, or a recording with a live transcript beside it
 * @returns the exit code
 */
export async function secondPassCommand(
	named: string,
	flags: SecondPassFlags,
	streams: Streams,
): Promise<number> {
	const {out, err} = streams;
	const demo = flags.demo === true;
	const input = await secondPassInput(named, flags.live);
	const settings = loadSettings({environment: process.env, profile: flags.profile});
	const request = batchRequest(settings, {values: givenValues(flags)});
	const {model, diarization, language} = request.config.transcription_config;
	const config = secondPassConfig(
		{...input.asked, language: flags.language ?? input.asked.language ?? language},
		request.config,
		{
			...(flags.model !== undefined && {model}),
			...(flags.diarization !== undefined && {diarization}),
		},
	);
	if (input.simulated && !demo) {
		throw new UsageError('What was live there was simulated, so a second pass tells nothing: add --demo');
	}
	const {warnings} = request;
	await using service = await openToldService('batch', {demo, settings, warnings}, err);
	await using work = await openBatchWork(service.settings, settings, {demo, flags: {}});
	using interrupts = listenForInterrupts(() =>
		err.line('Stopping: nothing more is sent. Ctrl-C again leaves at once.'),
	);
	// What the demo makes is not put beside what a person recorded.
	const outputDir = flags.outputDir ?? (demo && !input.simulated ? undefined : input.folder);
	try {
		const pass = await secondPass({
			...input,
			isPrivate: input.isPrivate && flags.outputDir === undefined,
			...{engine: work.engine, account: work.account, config, outputDir, signal: interrupts.signal},
			emit: (event) => tell(event, err),
		});
		if (flags.json === true) {
			const {rate, changes, outputs} = pass;
			out.line(ndjsonLine({...rate, changes, outputs, ...(service.simulated && {simulated: true})}));
		} else for (const line of secondPassLines(pass)) out.line(line);
		for (const path of pass.outputs) err.line(printable(`Saved ${path}`));
		return EXIT.ok;
	} catch (error) {
		if (!(error instanceof SecondPassError)) throw error;
		err.line(ended(error.message));
		if (error.reason === 'interrupted') return EXIT.interrupted;
		return error.reason === 'authentication' ? EXIT.authentication : EXIT.failed;
	}
}

function givenValues({model, diarization, language}: SecondPassFlags): GivenOptions['values'] {
	return {
		...(model !== undefined && {model}),
		...(diarization !== undefined && {diarization}),
		...(language !== undefined && {language}),
	};
}

function tell(event: BatchEvent, err: Streams['err']): void {
	if (event.type === 'submitted') {
		const request = event.requestId === undefined ? '' : ` (request ${event.requestId})`;
		err.line(ended(`Job ${event.jobId}${request} is under way`));
	} else if (event.type === 'retrying') {
		err.line(ended(`${event.reason}; tried again in ${Math.ceil(event.inSeconds)} s`));
	} else if (event.type === 'done' && event.isFromBefore === true) {
		err.line('It was transcribed before, and nothing was paid for again.');
	}
}
