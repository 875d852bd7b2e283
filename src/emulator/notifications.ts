/** Tells others of finished jobs, as `notification_config` asks. Source: docs, notifications. */
import {readFile} from 'node:fs/promises';
import {z} from 'zod';
import {messageOf} from '../platform/message-of.ts';
import type {Clock} from '../speechmatics/clock.ts';
import {type AlignmentTags, alignedText} from './alignment.ts';
import {headersOf, isLoopback} from './fetching.ts';
import type {Job} from './jobs.ts';
import {jobDetails, transcriptAs} from './server-formats.ts';

/** Waits before each attempt but the first, in milliseconds, and how long an answer may take. */
const WAITS = [15_000, 20_000, 30_000];
const PATIENCE = 30_000;

const Notifications = z
	.array(
		z.looseObject({
			url: z.string(),
			contents: z.array(z.string()).nullish(),
			method: z.enum(['post', 'put']).nullish(),
			auth_headers: z.array(z.string()).nullish(),
		}),
	)
	.catch([]);
type Notification = z.infer<typeof Notifications>[number];

interface Part {
	readonly name: string;
	readonly type: string;
	readonly body: string | Uint8Array<ArrayBuffer>;
}

export interface NotifyOptions {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Called with what the service writes into the job. */
	readonly onFailure: (message: string) => void;
	readonly log: (line: object) => void;
}

/** Calls every address that a job names, side by side. */
export async function notify(job: Job, options: NotifyOptions): Promise<void> {
	const notifications = Notifications.parse(job.config.notification_config ?? []);
	await Promise.all(notifications.map((notification) => notifyOne(job, notification, options)));
}

async function notifyOne(job: Job, notification: Notification, options: NotifyOptions): Promise<void> {
	const {clock, signal, onFailure, log} = options;
	const {url, method, auth_headers} = notification;
	if (!isLoopback(url)) {
		onFailure('Sending notification failed');
		log({type: 'notification', id: job.id, url, error: 'the emulator reaches no other machine'});
		return;
	}
	const target = new URL(url);
	target.searchParams.set('id', job.id);
	target.searchParams.set('status', statusOf(job));
	const headers = headersOf(auth_headers ?? []);
	const body = bodyOf(await partsOf(job, notification), notification.contents ?? undefined, headers);
	for (let attempt = 0; attempt <= WAITS.length; attempt++) {
		try {
			if (attempt > 0) await clock.sleep(WAITS[attempt - 1]!, signal);
			const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
			const init = {
				method: (method ?? 'post').toUpperCase(),
				headers,
				body,
				redirect: 'manual',
				signal: patience,
			} as const;
			const failure = await attemptOnce(target, init);
			log({type: 'notification', id: job.id, url, ...(failure === undefined ? {} : {error: failure})});
			if (failure === undefined) return;
			const text = `unable to send notification: ${failure}`;
			const last = attempt === WAITS.length;
			onFailure(
				last ? `unable to send notification: ${text}` : `Error in sending notification: ${text}, retrying`,
			);
		} catch (error) {
			if (signal.aborted) return;
			throw error;
		}
	}
	onFailure('Sending notification failed');
}

async function attemptOnce(url: URL, init: RequestInit): Promise<string | undefined> {
	try {
		const response = await fetch(url, init);
		await response.body?.cancel();
		return response.ok ? undefined : `Response status: ${response.status}`;
	} catch (error) {
		return `HTTPError: ${messageOf(error)}`;
	}
}

/** Not the statuses of jobs. */
function statusOf(job: Job): string {
	if (job.status === 'done') return 'success';
	return job.errors[0]?.message.startsWith('unable to fetch') ? 'fetch_error' : 'error';
}

/** What is sent; what there is not, is left out. Of a job that failed only its details are sent. */
async function partsOf(job: Job, {contents}: Notification): Promise<Part[]> {
	const json = 'application/json';
	const parts: Part[] = [];
	const text = (name: string, body: string) => parts.push({name, type: 'text/plain', body});
	for (const content of contents ?? [job.alignment === undefined ? 'transcript' : 'alignment']) {
		if (content === 'jobinfo') {
			parts.push({name: content, type: json, body: JSON.stringify({job: jobDetails(job)})});
		} else if (job.status === 'done' && content === 'data' && job.recording !== undefined) {
			const body = new Uint8Array(await readFile(job.recording));
			parts.push({name: 'data', type: 'application/octet-stream', body});
		} else if (job.alignment !== undefined) {
			if (job.status !== 'done') continue;
			if (content === 'text') text(content, job.alignment.text);
			const [, tags = 'word_start_and_end'] = content.split('.');
			if (/^alignment(\.|$)/.test(content)) text(content, alignedText(job, tags as AlignmentTags));
		} else if (job.status === 'done' && /^transcript(\.json-v2)?$/.test(content)) {
			parts.push({name: content, type: json, body: JSON.stringify(transcriptAs('json-v2', job))});
		} else if (job.status === 'done' && (content === 'transcript.txt' || content === 'transcript.srt')) {
			const format = content === 'transcript.txt' ? 'txt' : 'srt';
			text(content, String(transcriptAs(format, job)));
		}
	}
	return parts;
}

/** The form is decided by what was asked for, not by what there is. */
function bodyOf(
	parts: readonly Part[],
	contents: readonly string[] | undefined,
	headers: Headers,
): FormData | string | Uint8Array<ArrayBuffer> {
	if (contents?.length === 0) return '';
	if (contents?.length === 1 && contents[0] !== 'data') {
		const [part] = parts;
		if (part !== undefined) headers.set('Content-Type', part.type);
		return part?.body ?? '';
	}
	const form = new FormData();
	for (const {name, type, body} of parts) {
		const partName = contents === undefined ? 'data_file' : name;
		form.append(partName, new Blob([body], {type}), partName);
	}
	return form;
}
