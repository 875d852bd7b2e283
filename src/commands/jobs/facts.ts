/** What is told of a job, taken from the service's own description of it. Pure. */
import type {JobDetails} from '../../speechmatics/jobs.ts';

/** How long the service keeps a job and its transcript. Source: docs, batch limits. Milliseconds. */
const RETENTION = 7 * 24 * 3_600_000;

export interface JobFacts {
	readonly id: string;
	readonly status: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number | undefined;
	/** When the service forgets it, counted from its creation: never later than in truth. Milliseconds since 1970. */
	readonly expiresAt: number | undefined;
	/** Seconds of audio. */
	readonly duration: number | undefined;
	/** Of the recording; for one that the service fetched, the end of its address. */
	readonly name: string | undefined;
	readonly language: string | undefined;
	readonly model: string | undefined;
	readonly reference: string | undefined;
	readonly errors: readonly string[];
}

export function factsOf(job: JobDetails): JobFacts {
	const config = job.config ?? {};
	const transcription = objectIn(config, 'transcription_config') ?? objectIn(config, 'alignment_config');
	const createdAt = Date.parse(job.created_at ?? '');
	const isKept = job.status === 'done' || job.status === 'rejected';
	return {
		id: job.id,
		status: job.status,
		createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
		expiresAt: isKept && !Number.isNaN(createdAt) ? createdAt + RETENTION : undefined,
		// A fetched recording has no length before it was fetched.
		duration: job.duration || undefined,
		name: job.data_name || fetchedName(textIn(objectIn(config, 'fetch_data'), 'url')),
		language: textIn(transcription, 'language'),
		model: textIn(transcription, 'model') ?? textIn(transcription, 'operating_point'),
		reference: textIn(objectIn(config, 'tracking'), 'reference'),
		errors: job.errors?.map(({message}) => message) ?? [],
	};
}

function fetchedName(url: string | undefined): string | undefined {
	if (url === undefined || !URL.canParse(url)) return undefined;
	const end = new URL(url).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(end) || undefined;
	} catch {
		return end;
	}
}

type Fields = Readonly<Record<string, unknown>>;

function objectIn(of: Fields | undefined, key: string): Fields | undefined {
	const value = of?.[key];
	return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function textIn(of: Fields | undefined, key: string): string | undefined {
	const value = of?.[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
