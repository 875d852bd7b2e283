/** Tells how a comparison goes while it lasts: what is there for good as lines, the rest as one that is rewritten. */
import type {CompareEvent} from '../compare/compare-events.ts';
import {type Comparison, NEW_COMPARISON, reduceComparison} from '../compare/comparison.ts';
import {secondsText} from '../compare/guide.ts';
import {clockTime} from '../platform/units.ts';
import {ended} from './failure.ts';
import {StatusLine} from './status-line.ts';
import type {OutputStream} from './streams.ts';

/** Seconds between two drawings: levels come ten a second. */
const DRAW_EVERY = 0.1;

export function compareProgress(err: OutputStream) {
	const status = new StatusLine(err);
	let state = NEW_COMPARISON;
	let drawnAt = Number.NEGATIVE_INFINITY;
	return {
		note: (text: string) => status.above(text),
		end: () => status.clear(),
		take(event: CompareEvent) {
			state = reduceComparison(state, event);
			const line = lineOf(event);
			if (line !== undefined) status.above(line);
			if (line === undefined && event.at - drawnAt < DRAW_EVERY) return;
			drawnAt = event.at;
			status.draw(statusOf(state));
		},
	};
}

function lineOf(event: CompareEvent): string | undefined {
	switch (event.type) {
		case 'began':
			return event.seconds === undefined
				? 'Both begin now; realtime takes as long as the recording.'
				: `Both begin now; realtime takes as long as the recording, ${clockTime(event.seconds)}.`;
		case 'submitted': {
			const request = event.requestId === undefined ? '' : ` (request ${event.requestId})`;
			return ended(`Job ${event.jobId}${request} is under way`);
		}
		case 'transcribed':
			return `${nameOf(event.mode)}: whole text after ${secondsText(event.at)}.`;
		case 'failed':
			return ended(`${nameOf(event.mode)} failed: ${event.reason}`);
		case 'live':
			return noticeOf(event.event);
		default:
			return undefined;
	}
}

function noticeOf(event: Extract<CompareEvent, {type: 'live'}>['event']): string | undefined {
	if (event.type === 'warning') return ended(`Realtime warns: ${event.reason}`);
	const isTrouble =
		event.type === 'state' && (event.state === 'connecting' || event.state === 'reconnecting');
	if (!isTrouble || event.reason === undefined || (event.attempt ?? 1) > 1) return undefined;
	return `${ended(`Realtime: ${event.reason}`)} Trying again.`;
}

const nameOf = (mode: 'batch' | 'realtime') => (mode === 'batch' ? 'Batch' : 'Realtime');

function statusOf({batch, realtime, seconds}: Comparison): string {
	const percent = batch.phase === 'uploading' && batch.progress !== undefined;
	const upload = percent ? ` ${Math.round(batch.progress! * 100)} %` : '';
	const heard = realtime.heard === 0 || realtime.phase === 'done' ? '' : ` ${clockTime(realtime.heard)}`;
	const of = heard === '' || seconds === undefined ? '' : ` of ${clockTime(seconds)}`;
	const words = realtime.words === 0 ? '' : `, ${realtime.words} words`;
	return `batch ${batch.phase}${upload} | realtime ${realtime.phase}${heard}${of}${words}`;
}
