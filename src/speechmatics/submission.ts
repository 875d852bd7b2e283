/** From what a caller gives to what is sent: one config, checked, and the files that go with it. */
import {AlignmentJobConfig, type AnyJobConfig, JobConfig} from './batch-config.ts';
import type {RemoteMedia, SubmitOptions, SubmittedJob} from './batch-options.ts';
import type {BatchTransport, Call} from './batch-transport.ts';
import {checkConfig, unknownFields} from './check-config.ts';
import {AuthenticationError, ConfigurationError, ConnectionError} from './errors.ts';
import type {HttpBody} from './http.ts';
import {CreatedJob, Transcript, type TranscriptFormat} from './jobs.ts';
import {type MediaInput, openMedia} from './media.ts';
import {jobBody} from './multipart.ts';
import {parsed, requestIdOf} from './responses.ts';
import {DEFAULT_LANGUAGE, DEFAULT_MODEL, withModel} from './shared-config.ts';

/** On-prem workers read how to work from this header. Source: docs, "Batch persistent worker". */
const PROCESSING_DATA_HEADER = 'X-SM-Processing-Data';

export interface Submission {
	readonly body: HttpBody;
	readonly headers: Readonly<Record<string, string>>;
	/** Bytes of the recording; 0 where the service fetches it. */
	readonly size: number;
	/** Fields that this library does not know. */
	readonly unknownFields: readonly string[];
}

/** What is sent when the caller asks for nothing special. */
export function defaultJobConfig(): JobConfig {
	return {
		type: 'transcription',
		transcription_config: {language: DEFAULT_LANGUAGE, model: DEFAULT_MODEL},
	};
}

/**
 * Prepares a job for sending.
 *
 * @throws ConfigurationError when the config is wrong, or the recording is given twice, not at all, or unreadable
 */
export async function prepareSubmission(
	input: MediaInput | RemoteMedia | undefined,
	{config: asked = defaultJobConfig(), text, parallelEngines, userId}: SubmitOptions,
): Promise<Submission> {
	const schema = asked.type === 'alignment' ? AlignmentJobConfig : JobConfig;
	const config = sentConfig(checkConfig(schema, asked, 'The job config'));
	if (isRemote(input)) {
		if (config.fetch_data !== undefined) throw twice('an address');
		const {url, authHeaders} = input;
		config.fetch_data = {url, ...(authHeaders && {auth_headers: [...authHeaders]})};
		checkConfig(schema, config, 'The job config');
	} else if (input !== undefined && config.fetch_data !== undefined) throw twice('a file');
	else if (input === undefined && config.fetch_data === undefined)
		throw new ConfigurationError(
			'There is nothing to transcribe: give a recording, or fetch_data in the config',
		);
	if (text !== undefined && config.type !== 'alignment')
		throw new ConfigurationError('A text can only be given to an alignment job');

	const dataFile = input === undefined || isRemote(input) ? undefined : await openMedia(input);
	const textFile = text === undefined ? undefined : await openMedia(text);
	return {
		body: jobBody(JSON.stringify(config), {data_file: dataFile, text_file: textFile}),
		headers: processingData(parallelEngines, userId),
		size: dataFile?.size ?? 0,
		unknownFields: unknownFields(schema, asked),
	};
}

function sentConfig(config: AnyJobConfig): AnyJobConfig {
	if (config.type === 'alignment') return {...config};
	return {...config, transcription_config: withModel(config.transcription_config)};
}

function isRemote(input: MediaInput | RemoteMedia | undefined): input is RemoteMedia {
	return typeof input === 'object' && 'url' in input;
}

function twice(what: string): ConfigurationError {
	return new ConfigurationError(`The recording is given twice: as ${what} and as fetch_data in the config`);
}

/** Only ASCII may stand in a header, so that everything else is escaped, which JSON allows. */
function processingData(parallelEngines?: number, userId?: string): Record<string, string> {
	if (parallelEngines === undefined && userId === undefined) return {};
	if (parallelEngines !== undefined && (!Number.isSafeInteger(parallelEngines) || parallelEngines < 1))
		throw new ConfigurationError(`parallelEngines must be a whole number from 1, not ${parallelEngines}`);
	const json = JSON.stringify({parallel_engines: parallelEngines, user_id: userId});
	const ascii = json.replace(
		/[^\x20-\x7E]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return {[PROCESSING_DATA_HEADER]: ascii};
}

/** Makes a job: sent once only, as the client's `submitJob` explains. */
export async function submit(
	transport: BatchTransport,
	input: MediaInput | RemoteMedia | undefined,
	options: SubmitOptions,
): Promise<SubmittedJob> {
	const {wait, format = 'json-v2', signal} = options;
	const {body, headers, size, unknownFields} = await prepareSubmission(input, options);
	for (const field of unknownFields) {
		transport.log({
			level: 'warn',
			event: 'unknown-field',
			message: `The config has an unknown ${field}`,
		});
	}
	const report = options.onUploadProgress;
	// Counted are the recording's own bytes: those of the frame around it are of no interest to anyone.
	const onUploadProgress =
		report && ((sent: number) => report(Math.max(0, Math.min(size, sent - (body.length - size))), size));
	const query = wait === undefined ? {} : {wait, format: formatParameter(format)};
	const call: Call = {method: 'POST', path: ['jobs'], query, headers, body, onUploadProgress, signal};
	const response = await transport
		.once(call)
		.catch((error: unknown) => explainBrokenUpload(transport, error, signal));

	const created = parsed(CreatedJob, response);
	const {id} = created;
	const requestId = requestIdOf(response);
	transport.log({level: 'info', event: 'job-submitted', jobId: id, requestId});
	const transcript =
		format === 'json-v2' ? Transcript.safeParse(created['json-v2']).data : (created[format] ?? undefined);
	return {id, url: transport.url.href, requestId, outcome: created.status ?? undefined, transcript};
}

/**
 * A server that refuses the key may close the connection in the middle of the upload, and its 401 is then lost
 * with it. Reading the job list tells whether that was it.
 */
async function explainBrokenUpload(
	transport: BatchTransport,
	error: unknown,
	signal: AbortSignal | undefined,
): Promise<never> {
	if (error instanceof ConnectionError) {
		await transport.once({path: ['jobs'], query: {limit: 1}, signal}).catch((second: unknown) => {
			if (second instanceof AuthenticationError) throw second;
		});
	}
	throw error;
}

/** On-prem workers know json-v2 by another name, so the default goes unnamed. */
export function formatParameter(format: TranscriptFormat): TranscriptFormat | undefined {
	return format === 'json-v2' ? undefined : format;
}
