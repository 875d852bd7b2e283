/** Shows a session that was kept once more, as fast as it was spoken or faster. */
import type {Clock} from '../speechmatics/clock.ts';
import {type Delimiter, delimiterOf, joinResults} from '../speechmatics/transcript.ts';
import type {RealtimeEvent} from './events.ts';
import type {JournaledEvent} from './journal.ts';
import {readJournal} from './journal-reader.ts';

/** An event and when it was seen: seconds on the session's own timeline, never going back. */
export interface TimedEvent {
	readonly time: number;
	readonly event: RealtimeEvent;
}

export interface ReplayOptions {
	/** 1: as it was spoken. */
	readonly speed: number;
	readonly show: (event: RealtimeEvent) => void;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

/**
 * Shows the events of a journal at the pace of the audio.
 *
 * @param path of the journal
 * @throws the signal's reason, or the file system's error
 */
export async function replayJournal(path: string, options: ReplayOptions): Promise<void> {
	const {speed, show, clock, signal} = options;
	const begun = clock.now();
	for await (const {time, event} of timed(readJournal(path))) {
		const early = begun + (time * 1000) / speed - clock.now();
		if (early > 0) await clock.sleep(early, signal);
		signal.throwIfAborted();
		show(event);
	}
}

/**
 * The events of a session as one run, however often it was taken up again. A final comes after the partials that its words
 * would have made: those are not in a journal.
 */
export async function* timed(events: AsyncIterable<JournaledEvent>): AsyncGenerator<TimedEvent, void, void> {
	let time = 0;
	let connections = 0;
	let delimiter: Delimiter = ' ';
	let end: RealtimeEvent | undefined;
	for await (const {at: _, ...journaled} of events) {
		const event = journaled as RealtimeEvent;
		if (event.type === 'saved' || event.type === 'error' || event.type === 'recording') continue;
		if (event.type === 'ended') {
			end = event;
			continue;
		}
		if (
			event.type === 'state' &&
			(event.state === 'ended' || (connections > 0 && OPENING.includes(event.state)))
		)
			continue;
		if (event.type === 'started') {
			delimiter = delimiterOf(event.languagePack);
			connections += 1;
			yield {time, event: {...event, connection: connections}};
			continue;
		}
		if (event.type === 'final') {
			for (const partial of partialsOf(event, delimiter)) {
				time = Math.max(time, partial.endTime);
				yield {time, event: partial};
			}
		}
		time = Math.max(time, momentOf(event) ?? time);
		yield {time, event};
	}
	yield {time, event: {type: 'state', state: 'ended'}};
	if (end !== undefined) yield {time, event: end};
}

/** A session begins once. */
const OPENING: readonly string[] = ['starting microphone', 'opening audio', 'connecting'];

/** When an event was seen, seconds on the timeline; `undefined` where it has no place there. */
function momentOf(event: RealtimeEvent): number | undefined {
	switch (event.type) {
		case 'final':
			return (event.results.at(-1)?.end_time ?? event.endTime) + (event.latency ?? 0);
		case 'translation':
			return event.segments.at(-1)?.end;
		case 'audio-event':
		case 'utterance-end':
		case 'mark':
			return event.time;
		case 'gap':
			return event.from;
		default:
			return undefined;
	}
}

type Final = Extract<RealtimeEvent, {type: 'final'}>;
type Partial = Extract<RealtimeEvent, {type: 'partial'}>;

/** What was heard of a final's words after each of them but the last. */
function partialsOf({results, startTime}: Final, delimiter: Delimiter): Partial[] {
	const words = results.filter(({type}) => type !== 'punctuation').slice(0, -1);
	return words.map((word) => {
		const heard = results.slice(0, results.indexOf(word) + 1);
		const text = joinResults(heard, delimiter);
		return {type: 'partial', text, startTime, endTime: word.end_time, results: heard};
	});
}
