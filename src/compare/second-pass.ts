/** A live session once more, as a batch job: what was recorded is transcribed again, and compared with what was live. */

import type {EngineOptions} from '../batch/engine.ts';
import type {BatchEvent, FailureCause} from '../batch/events.ts';
import {ordersOf} from '../batch/orders.ts';
import {runBatch} from '../batch/run.ts';
import {type FileSource, findSources} from '../batch/sources.ts';
import {type OutputFormat, SIMULATED_MARK} from '../captions/render.ts';
import {writeOutputs} from '../realtime/outputs.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {type Change, changeLine, compareTranscripts} from './changes.ts';
import {joinTranscripts} from './join.ts';
import {withNamesOf} from './speaker-names.ts';
import {type ErrorRate, rateText} from './word-error-rate.ts';

/** What a second pass is written as. */
export const SECOND_PASS_FORMATS: readonly OutputFormat[] = ['txt', 'json', 'srt'];
const STEM = 'second-pass';

export interface SecondPassOptions {
	/** The parts of one recording, in their order. */
	readonly recordingPaths: readonly string[];
	readonly live: Transcript;
	/** As the batch tab and command have them: the ledger in it keeps a recording from being paid for twice. */
	readonly engine: Omit<EngineOptions, 'emit' | 'onTranscript'>;
	readonly account: string;
	/** What is asked of the service; `secondPassConfig` makes it of what is asked live. */
	readonly config: JobConfig;
	/** Where the outputs go; nothing is written where it is left out. */
	readonly outputDir?: string | undefined;
	/** Whether nobody else may read them, as in a session's own folder. */
	readonly isPrivate?: boolean;
	readonly signal: AbortSignal;
	readonly emit?: ((event: BatchEvent) => void) | undefined;
}

export interface SecondPass {
	/** Its speakers bear the names they had live. */
	readonly transcript: Transcript;
	/** From what was live to what it became. */
	readonly changes: readonly Change[];
	/** Of what was live, where the second pass counts as right. */
	readonly rate: ErrorRate;
	/** The files. */
	readonly outputs: readonly string[];
}

/** The recording could not be transcribed, or not all of it. Its message is one sentence. */
export class SecondPassError extends Error {
	override readonly name = 'SecondPassError';
	readonly reason: FailureCause;

	constructor(message: string, reason: FailureCause) {
		super(message);
		this.reason = reason;
	}
}

/**
 * Transcribes a recording with a batch job, or takes the transcript it was given before, and compares.
 *
 * @throws SecondPassError where there is no transcript, or the file system's error where the outputs cannot be written
 */
export async function secondPass(options: SecondPassOptions): Promise<SecondPass> {
	const {recordingPaths, live, outputDir, isPrivate = false} = options;
	const {sources, unusable} = await findSources(recordingPaths);
	const [problem] = unusable;
	if (problem !== undefined) throw new SecondPassError(`${problem.path}: ${problem.reason}`, 'input');
	if (sources.length === 0) throw new SecondPassError('There is no recording to send', 'input');
	const files = sources as FileSource[];
	const transcripts = await transcribed(files, options);
	const parts = files.map(({seconds = 0}, index) => ({transcript: transcripts[index]!, seconds}));
	const transcript = withNamesOf(live, joinTranscripts(parts));
	const place = {stem: STEM, formats: SECOND_PASS_FORMATS, isPrivate};
	const outputs =
		outputDir === undefined ? [] : await writeOutputs(transcript, {...place, folder: outputDir});
	const {changes, rate} = compareTranscripts(live, transcript);
	return {transcript, changes, rate, outputs};
}

/** What changed, as lines for people: how much, then each change. */
export function secondPassLines({transcript, changes, rate}: Omit<SecondPass, 'outputs'>): string[] {
	const {substitutions, insertions, deletions, words} = rate;
	const counts = `${substitutions} replaced, ${deletions} missed, ${insertions} too many`;
	const summary = `Live word error rate against the second pass: ${rateText(rate.rate)} of ${words} words (${counts}).`;
	const mark = isSimulated(transcript.metadata.orchestrator_version) ? [SIMULATED_MARK] : [];
	return [...mark, changes.length === 0 ? 'No word changed.' : summary, ...changes.map(changeLine)];
}

async function transcribed(files: readonly FileSource[], options: SecondPassOptions): Promise<Transcript[]> {
	const {engine, account, config, signal, emit} = options;
	const found = new Map<string, Transcript>();
	let failure: SecondPassError | undefined;
	const {interrupted} = await runBatch({
		...engine,
		// The outputs are written here: the parts of a recording become one transcript.
		orders: ordersOf(files, {account, config, output: {to: 'print', formats: ['txt']}}),
		unusable: [],
		signal,
		onTranscript: (file, transcript) => found.set(file, transcript),
		emit: (event) => {
			if (event.type === 'failed') failure ??= new SecondPassError(event.reason, event.cause);
			emit?.(event);
		},
	});
	if (failure !== undefined) throw failure;
	const transcripts = files.flatMap(({file}) => found.get(file) ?? []);
	if (transcripts.length === files.length) return transcripts;
	throw interrupted
		? new SecondPassError('It was stopped; sent again, nothing is paid for twice', 'interrupted')
		: new SecondPassError('The service gave no transcript', 'service');
}
