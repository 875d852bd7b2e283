/** Tells a batch's events to people (stderr, and stdout for results) or to programs (NDJSON). */
import {isAbsolute, relative} from 'node:path';
import type {BatchEvent} from '../batch/events.ts';
import {timeLeft} from '../batch/progress.ts';
import {BatchTable} from '../batch/table.ts';
import {printable} from '../platform/printable.ts';
import {fileSize, pauseText, timeSpan} from '../platform/units.ts';
import {ended} from './failure.ts';
import {StatusLine} from './status-line.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface BatchReporter {
	report(event: BatchEvent): void;
	/** Something to tell the user beside the events. */
	note(text: string): void;
}

/** Where there is no line to rewrite, only uploads that take a while tell their progress, each this many per cent. */
const PROGRESS_STEP = 25;
const LONG_UPLOAD = 8_000_000;
/** The first failures of a row pass by themselves and are nobody's business. */
const WORTH_TELLING = 2;

export function batchReporter(
	{out, err}: Streams,
	{json, simulated, now = () => performance.now()}: {json: boolean; simulated: boolean; now?: () => number},
): BatchReporter {
	const status = new StatusLine(err);
	const table = new BatchTable();
	const told = new Map<string, number>();
	const filesOfName = new Map<string, number>();

	/** A recording's name, and its path only where another one has the same name. */
	const label = (file: string) => {
		const name = table.row(file)?.name;
		return printable(name !== undefined && filesOfName.get(name) === 1 ? name : file);
	};
	const say = (file: string, what: string) => status.above(`${label(file)}: ${what}`);

	const tellUpload = (file: string, sentBytes: number, totalBytes: number) => {
		const percent = Math.floor((sentBytes / (totalBytes || 1)) * 100);
		const step = totalBytes < LONG_UPLOAD ? 0 : Math.floor(percent / PROGRESS_STEP);
		if (!err.isTerminal && told.get(file) !== step)
			say(file, step === 0 ? 'uploading' : `uploading ${percent} %`);
		told.set(file, step);
	};

	const tell = (event: BatchEvent) => {
		switch (event.type) {
			case 'queued':
				filesOfName.set(event.name, (filesOfName.get(event.name) ?? 0) + 1);
				if (!err.isTerminal) say(event.file, event.bytes === undefined ? 'queued' : fileSize(event.bytes));
				break;
			case 'converting':
				if (!err.isTerminal) say(event.file, 'converting');
				break;
			case 'uploading':
				tellUpload(event.file, event.sentBytes, event.totalBytes);
				break;
			case 'submitted':
				if (!err.isTerminal) say(event.file, `transcribing (job ${printable(event.jobId)})`);
				break;
			case 'retrying':
				if (event.times < WORTH_TELLING) break;
				say(event.file, `${ended(event.reason)} Trying again in ${pauseText(event.inSeconds)}.`);
				break;
			case 'done':
				say(
					event.file,
					event.isFromBefore ? 'done, without a new job' : `done in ${timeSpan(event.seconds)}`,
				);
				break;
			case 'left':
				say(event.file, `submitted (job ${printable(event.jobId)})`);
				break;
			case 'failed': {
				// Said once for all of them, at the end.
				if (event.cause === 'interrupted') break;
				const job = event.jobId === undefined ? '' : ` The job is ${printable(event.jobId)}.`;
				say(event.file, `failed: ${ended(event.reason)}${job}`);
				break;
			}
			case 'finished':
				status.clear();
				err.line(summary(event));
				return;
		}
		status.draw(progress(table, now()));
	};

	return {
		note: (text) => status.above(text),
		report(event) {
			table.apply(event, now());
			tell(event);
			if (json) {
				out.line(ndjsonLine(simulated ? {...event, simulated} : event));
			} else if (event.type === 'done') {
				status.clear();
				for (const path of event.outputs) out.line(printable(shortPath(path)));
				if (event.text !== undefined) {
					out.write(table.rows.length > 1 ? `${label(event.file)}:\n${event.text}\n` : event.text);
				}
			}
		},
	};
}

/** Such as `12/500 done · uploading 4 (2.1 MB/s) · transcribing 80, the first in ~40s`. */
function progress(table: BatchTable, now: number): string {
	const parts = [`${table.count('done', 'left')}/${table.rows.length} done`];
	const failed = table.count('failed');
	if (failed > 0) parts.push(`${failed} failed`);
	const uploading = table.count('uploading');
	if (uploading > 0) parts.push(`uploading ${uploading} (${fileSize(table.uploadRate(now))}/s)`);
	const transcribing = table.count('transcribing');
	if (transcribing > 0) parts.push(`transcribing ${transcribing}${nextResult(table, now)}`);
	const waiting = table.count('queued', 'checking', 'converting');
	if (waiting > 0) parts.push(`${waiting} waiting`);
	return parts.join(' · ');
}

/** A table of thousands is not searched at every event for one line of text. */
const SEARCHED_ROWS = 200;

function nextResult(table: BatchTable, now: number): string {
	if (table.rows.length > SEARCHED_ROWS) return '';
	const left = table.rows
		.filter(({state}) => state === 'transcribing')
		.map((row) => timeLeft(row, now))
		.filter((time) => time !== undefined)
		.sort((a, b) => a.seconds - b.seconds)[0];
	return left === undefined ? '' : `, the first in ${left.isSure ? '' : '~'}${pauseText(left.seconds)}`;
}

function summary({
	done,
	fromBefore,
	left,
	failed,
	interrupted,
	seconds,
}: Extract<BatchEvent, {type: 'finished'}>) {
	const parts = [`${done} done${fromBefore > 0 ? ` (${fromBefore} without a new job)` : ''}`];
	if (left > 0) parts.push(`${left} submitted`);
	parts.push(interrupted ? `${failed} not done` : `${failed} failed`);
	return `${parts.join(', ')}. Processing time ${timeSpan(seconds)}`;
}

/** A path as the user would type it here. */
function shortPath(path: string): string {
	const below = relative(process.cwd(), path);
	return below.startsWith('..') || isAbsolute(below) ? path : below;
}
