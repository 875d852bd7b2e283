/** What identifies a recording, a config and the job made of both, the same on every machine. */
import {sha256} from '../platform/hash.ts';
import type {AnyJobConfig} from '../speechmatics/batch-config.ts';
import type {JobDetails} from '../speechmatics/jobs.ts';

const PREFIX = 'speechdeck-';
/** Hexadecimal digits: 128 bits, far beyond any chance of a collision. */
const LENGTH = 32;

/**
 * The hash of what a config asks for. Labels, notifications and where the recording lies are left out: they do not change
 * the transcript.
 */
export function configHash(config: AnyJobConfig): string {
	const {tracking: _labels, notification_config: _calls, fetch_data: _source, ...asked} = config;
	return sha256(JSON.stringify(sorted(asked)));
}

/**
 * The reference of the first job for a content and a config.
 *
 * @param content hash of the recording's bytes, or of the address it is fetched from
 */
export function baseReference(content: string, config: string): string {
	return PREFIX + sha256(`${content}\n${config}`).slice(0, LENGTH);
}

/** References of later jobs, after one that came to nothing, differ from the first one's: each is found by itself. */
export function referenceOf(base: string, attempt: number): string {
	return attempt === 1 ? base : `${base}.${attempt}`;
}

/** The reference of the first attempt. */
export const baseOf = (reference: string) => reference.replace(/\.\d+$/, '');

/** Which attempt a reference is of. */
export const attemptOf = (reference: string) => Number(/\.(\d+)$/.exec(reference)?.[1] ?? 1);

/** Hash of an address without what a signature adds to it: the same recording signed twice is one recording. */
export function addressHash(address: string): string {
	const url = new URL(address);
	return sha256(`${url.origin}${url.pathname}`);
}

/**
 * A config with labels by which the job is found again: the reference, and the recording's name as title. Where the user
 * has a reference of their own, ours stands among the details.
 */
export function labelled<Config extends AnyJobConfig>(
	config: Config,
	reference: string,
	name: string,
): Config {
	const {tracking = {}} = config;
	const ours =
		tracking.reference === undefined
			? {reference}
			: {details: {...tracking.details, speechdeck_reference: reference}};
	return {...config, tracking: {title: name, ...tracking, ...ours}};
}

/** The reference that `labelled` gave to a job, or `undefined` where the job is none of ours. */
export function referenceIn({config}: Pick<JobDetails, 'config'>): string | undefined {
	const tracking = config?.tracking as {reference?: unknown; details?: Record<string, unknown>} | undefined;
	return [tracking?.reference, tracking?.details?.speechdeck_reference].find(
		(text): text is string => typeof text === 'string' && text.startsWith(PREFIX),
	);
}

/** With the keys of every object in order, so that equal configs have equal texts. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, field]) => [key, sorted(field)]),
	);
}
