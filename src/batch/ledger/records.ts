/** Rows of the ledger as the engine knows them. */
import type {JobConfig} from '../../speechmatics/config.ts';
import type {Delivery} from '../delivery.ts';

/** A recording, what is to be made of it, and where it goes. */
export interface Order {
	readonly account: string;
	/** Absolute path, the whole address, or `job:` and the reference of a job that another machine made. */
	readonly source: string;
	readonly kind: 'file' | 'url' | 'job';
	/** As the user named or found it: what tells the rows of a table apart. Without the query of an address. */
	readonly file: string;
	readonly name: string;
	/** Bytes; unknown for an address. */
	readonly size: number | undefined;
	/** Seconds of audio, where its container tells. */
	readonly seconds: number | undefined;
	/** Whether it has to be converted before it is sent. */
	readonly transcode: boolean;
	readonly config: JobConfig;
	readonly configHash: string;
	readonly delivery: Delivery;
	/** The higher, the sooner. */
	readonly priority: number;
}

export interface RecordingRecord extends Order {
	readonly id: number;
	readonly state: 'pending' | 'submitted' | 'done' | 'failed' | 'cancelled';
	readonly reason: string | undefined;
	readonly reference: string | undefined;
}

export type JobState = 'submitting' | 'submitted' | 'fetched' | 'rejected' | 'gone';

export interface JobRecord {
	readonly account: string;
	/** What the service was given to find the job by. */
	readonly reference: string;
	/** The reference of the first attempt. */
	readonly base: string;
	readonly attempt: number;
	/** Hash of the recording's bytes, or of its address. */
	readonly content: string;
	readonly configHash: string;
	readonly size: number | undefined;
	readonly state: JobState;
	readonly jobId: string | undefined;
	readonly requestIds: readonly string[];
	readonly model: string | undefined;
	readonly language: string | undefined;
	readonly audioSeconds: number | undefined;
	readonly processingSeconds: number | undefined;
	/** Milliseconds since 1970. */
	readonly submittingAt: number;
	readonly submittedAt: number | undefined;
	/** When its transcript was saved here. */
	readonly fetchedAt: number | undefined;
	readonly run: number | undefined;
}

/** What is known of a job before it is asked for. */
export type IntendedJob = Pick<
	JobRecord,
	| 'account'
	| 'reference'
	| 'base'
	| 'attempt'
	| 'content'
	| 'configHash'
	| 'size'
	| 'model'
	| 'language'
	| 'audioSeconds'
>;

type Row = Record<string, unknown>;

const optional = <Value>(value: unknown) => (value ?? undefined) as Value | undefined;

export function recordingRecord(row: Row): RecordingRecord {
	return {
		id: row.id as number,
		account: row.account as string,
		source: row.source as string,
		kind: row.kind as Order['kind'],
		file: row.file as string,
		name: row.name as string,
		size: optional<number>(row.size),
		seconds: optional<number>(row.seconds),
		transcode: row.transcode === 1,
		config: JSON.parse(row.config as string) as JobConfig,
		configHash: row.config_hash as string,
		delivery: JSON.parse(row.delivery as string) as Delivery,
		priority: row.priority as number,
		state: row.state as RecordingRecord['state'],
		reason: optional<string>(row.reason),
		reference: optional<string>(row.reference),
	};
}

export function jobRecord(row: Row): JobRecord {
	return {
		account: row.account as string,
		reference: row.reference as string,
		base: row.base as string,
		attempt: row.attempt as number,
		content: row.content as string,
		configHash: row.config_hash as string,
		size: optional<number>(row.size),
		state: row.state as JobState,
		jobId: optional<string>(row.job_id),
		requestIds: (JSON.parse(row.request_ids as string) as unknown[]).filter((id) => id !== null) as string[],
		model: optional<string>(row.model),
		language: optional<string>(row.language),
		audioSeconds: optional<number>(row.audio_seconds),
		processingSeconds: optional<number>(row.processing_seconds),
		submittingAt: row.submitting_at as number,
		submittedAt: optional<number>(row.submitted_at),
		fetchedAt: optional<number>(row.fetched_at),
		run: optional<number>(row.run),
	};
}
