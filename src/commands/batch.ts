/** `speechdeck batch`: recordings in, transcripts out. */
import {stat} from 'node:fs/promises';
import {findRecordings} from '../batch/recordings.ts';
import {runBatch} from '../batch/run.ts';
import type {OutputFormat} from '../captions/render.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import type {BATCH_DIARIZATION} from '../speechmatics/config.ts';
import {batchReporter} from './batch-report.ts';
import {EXIT, ended, UsageError} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {DEMO_NOTICE, openService} from './service.ts';
import type {Streams} from './streams.ts';

export interface BatchFlags {
	readonly format: readonly OutputFormat[];
	readonly outputDir?: string;
	/** `-` prints the transcript. */
	readonly output?: string;
	readonly language: string;
	readonly model: string;
	readonly diarization: (typeof BATCH_DIARIZATION)[number];
	readonly concurrency: number;
	readonly json?: boolean;
	readonly demo?: boolean;
}

/** @returns the exit code */
export async function batchCommand(
	paths: readonly string[],
	flags: BatchFlags,
	streams: Streams,
): Promise<number> {
	const {err} = streams;
	const demo = flags.demo === true;
	const output = await outputOf(flags, demo);
	const {recordings, unusable} = await findRecordings(paths);
	if (output.to === 'print' && recordings.length > 1 && flags.output === '-') {
		throw new UsageError(
			`--output - prints one transcript, but there are ${recordings.length} recordings: use --output-dir`,
		);
	}
	await using service = await openService('batch', {demo});
	for (const warning of service.settings.warnings) err.line(ended(`Warning: ${warning}`));
	if (demo) err.line(DEMO_NOTICE);
	err.line(`Model ${flags.model}, language ${flags.language}, diarization ${flags.diarization}.`);
	const reporter = batchReporter(streams, {json: flags.json === true, simulated: service.simulated});
	using interrupts = listenForInterrupts(() =>
		reporter.note('Stopping: nothing more is sent. Ctrl-C again leaves at once.'),
	);
	await using client = new BatchClient(service.settings);
	let authenticationFailed = false;
	const finished = await runBatch({
		recordings,
		unusable,
		client,
		jobConfig: {
			type: 'transcription',
			transcription_config: {
				language: flags.language,
				model: flags.model,
				diarization: flags.diarization,
			},
		},
		formats: flags.format,
		output,
		concurrency: flags.concurrency,
		emit: (event) => {
			if (event.type === 'failed' && event.cause === 'authentication') authenticationFailed = true;
			reporter.report(event);
		},
		signal: interrupts.signal,
		now: () => performance.now(),
	});
	if (finished.interrupted) return EXIT.interrupted;
	if (authenticationFailed) return EXIT.authentication;
	return finished.failed > 0 ? EXIT.failed : EXIT.ok;
}

/** The demo writes nothing beside a person's recordings: without a folder it prints. */
async function outputOf({output, outputDir, format}: BatchFlags, demo: boolean) {
	if (output !== undefined) {
		if (output !== '-')
			throw new UsageError(
				`--output takes only "-", for the terminal or a pipe: use --output-dir to name a folder`,
			);
		if (outputDir !== undefined) throw new UsageError('--output - and --output-dir exclude each other');
		if (format.length > 1) throw new UsageError('--output - prints one format: name one with --format');
		return {to: 'print'} as const;
	}
	if (outputDir === undefined && demo) return {to: 'print'} as const;
	if (outputDir !== undefined) {
		const info = await stat(outputDir).catch(() => undefined);
		if (info?.isDirectory() === false)
			throw new UsageError(`--output-dir ${outputDir} is a file, not a folder`);
	}
	return {to: 'files', folder: outputDir} as const;
}
