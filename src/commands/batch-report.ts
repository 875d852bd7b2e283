/** Tells a batch's events to people (stderr, and stdout for results) or to programs (NDJSON). */
import type {BatchEvent} from '../batch/events.ts';
import {printable} from '../platform/printable.ts';
import {fileSize, timeSpan} from '../platform/units.ts';
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

export function batchReporter(
	{out, err}: Streams,
	{json, simulated}: {json: boolean; simulated: boolean},
): BatchReporter {
	const status = new StatusLine(err);
	const told = new Map<string, number>();
	const under = new Map<string, string>();
	const names = new Map<string, string>();
	const filesOfName = new Map<string, number>();
	let queued = 0;
	let over = 0;

	/** A recording's name, and its path only where another one has the same name. */
	const label = (file: string) => {
		const name = names.get(file);
		return printable(name !== undefined && filesOfName.get(name) === 1 ? name : file);
	};

	const drawStatus = () => {
		const first = under.entries().next().value;
		if (first === undefined) return status.clear();
		status.draw(
			`${over}/${queued} done · ${label(first[0])}: ${first[1]}${under.size > 1 ? ` · ${under.size - 1} more` : ''}`,
		);
	};
	const say = (file: string, what: string) => status.above(`${label(file)}: ${what}`);

	const tell = (event: BatchEvent) => {
		switch (event.type) {
			case 'queued':
				queued += 1;
				names.set(event.file, event.name);
				filesOfName.set(event.name, (filesOfName.get(event.name) ?? 0) + 1);
				say(event.file, fileSize(event.bytes));
				break;
			case 'uploading': {
				const percent = Math.floor((event.sentBytes / event.totalBytes) * 100);
				under.set(event.file, `uploading ${percent} %`);
				const step = event.totalBytes < LONG_UPLOAD ? 0 : Math.floor(percent / PROGRESS_STEP);
				if (!err.isTerminal && told.get(event.file) !== step) {
					say(event.file, step === 0 ? 'uploading' : `uploading ${percent} %`);
				}
				told.set(event.file, step);
				break;
			}
			case 'submitted':
				under.set(event.file, 'transcribing');
				if (!err.isTerminal) say(event.file, `transcribing (job ${printable(event.jobId)})`);
				break;
			case 'saving':
				under.set(event.file, 'saving');
				break;
			case 'done':
				over += 1;
				under.delete(event.file);
				say(event.file, `done in ${timeSpan(event.seconds)}`);
				break;
			case 'failed':
				under.delete(event.file);
				say(
					event.file,
					`failed: ${ended(event.reason)}${event.jobId === undefined ? '' : ` The job is ${printable(event.jobId)}.`}`,
				);
				break;
			case 'cancelled':
				break;
			case 'finished':
				status.clear();
				err.line(`${event.done} done, ${event.failed} failed. Processing time ${timeSpan(event.seconds)}`);
				return;
		}
		drawStatus();
	};

	return {
		note: (text) => status.above(text),
		report(event) {
			tell(event);
			if (json) {
				out.line(ndjsonLine(simulated ? {...event, simulated} : event));
			} else if (event.type === 'done') {
				status.clear();
				for (const path of event.outputs) out.line(printable(path));
				if (event.text !== undefined)
					out.write(queued > 1 ? `${label(event.file)}:\n${event.text}\n` : event.text);
			}
		},
	};
}
