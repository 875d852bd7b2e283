/** `speechdeck history show`. */
import {localTime} from '../../platform/local-time.ts';
import {printable} from '../../platform/printable.ts';
import {clockTime, timeSpan} from '../../platform/units.ts';
import type {LiveLine} from '../../realtime/transcript-lines.ts';
import {speechLines} from '../../tui/presentation/speech-lines.ts';
import {EXIT, UsageError} from '../failure.ts';
import {ndjsonLine, type Streams} from '../streams.ts';
import {rounded} from './facts.ts';
import {findEntry} from './find.ts';
import {withHistory} from './with-history.ts';

export interface HistoryShowFlags {
	/** Seconds from the beginning of the audio. */
	readonly at?: number;
	/** Seconds before and after. */
	readonly around?: number;
	readonly json?: boolean;
}

/** @returns the exit code: 1 where there is nothing to read */
export function historyShowCommand(id: string, flags: HistoryShowFlags, streams: Streams): Promise<number> {
	const {at, around, json} = flags;
	if (around !== undefined && at === undefined) {
		throw new UsageError('--around needs a place: add --at, such as --at 12:03');
	}
	return withHistory(streams, async (history) => {
		const {out, err} = streams;
		const {entry, lines} = await history.open(findEntry(history, id).id);
		const {name, startedAt, seconds, language} = entry;
		const wanted = linesAt(lines, at, around);
		if (lines.length === 0) {
			err.line(`${printable(name)} has no word yet.`);
			return EXIT.failed;
		}
		if (wanted.length === 0) {
			err.line(`Nothing is said there: the last words begin at ${clockTime(lines.at(-1)!.start)}.`);
			return EXIT.failed;
		}
		if (json === true) for (const line of wanted) out.line(ndjsonLine(lineRecord(line)));
		else if (out.isTerminal) {
			const facts = [printable(name), localTime(startedAt), timeSpan(seconds), language];
			err.line(facts.filter((fact) => fact !== undefined).join(', '));
			showLines(wanted, out);
		} else for (const line of wanted) out.line(plainLine(line));
		return EXIT.ok;
	});
}

/**
 * The lines from a moment on, or those that are spoken within so many seconds of it.
 *
 * @param at seconds; `undefined` takes all
 */
function linesAt(lines: readonly LiveLine[], at: number | undefined, around?: number): LiveLine[] {
	if (at === undefined) return [...lines];
	// A clock shows whole seconds, and a line must be found by the time that was shown.
	const from = at - (around ?? 0);
	const until = around === undefined ? Number.POSITIVE_INFINITY : at + around;
	return lines.filter(
		({start, end}) => Math.max(end, Math.floor(start)) >= from && Math.floor(start) <= until,
	);
}

function showLines(lines: readonly LiveLine[], out: Streams['out']): void {
	let speaker: string | undefined;
	for (const line of lines) {
		for (const row of speechLines(line, speaker, out.columns)) {
			out.line(
				row
					.map(({text}) => printable(text))
					.join('')
					.trimEnd(),
			);
		}
		if (line.kind === undefined) speaker = line.speaker;
	}
}

function plainLine({start, speaker, text, kind}: LiveLine): string {
	const said = speaker === undefined ? text : `${speaker}: ${text}`;
	return printable(
		`${clockTime(start)}  ${kind === undefined || kind === 'event' ? said : `${kind}: ${said}`}`,
	);
}

function lineRecord({start, end, speaker, text, kind}: LiveLine): object {
	return {kind: kind ?? 'speech', start: rounded(start), end: rounded(end), speaker, text};
}
