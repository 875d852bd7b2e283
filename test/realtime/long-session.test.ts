import {expect, test} from 'bun:test';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {LiveView} from '../../src/realtime/live-view.ts';
import type {SessionResult} from '../../src/realtime/session.ts';
import {speechLines} from '../../src/tui/presentation/speech-lines.ts';
import {longSession, type Speech, TWO_DAYS, wordsOf} from '../helpers/long-session.ts';

const HOUR = 3600;

/** As a transcript has them: content and where it begins. */
const said = ({transcript}: SessionResult) =>
	(transcript?.results ?? []).map(
		({alternatives, start_time}) => `${alternatives?.[0]?.content}@${start_time}`,
	);

const expected = (speech: Speech) =>
	[...wordsOf(speech)].map(({content, start}) => `${content}@${Math.round(start * 1000) / 1000}`);

/** Where two lists differ first; the whole of them could not be printed. */
function firstDifference(found: readonly string[], wanted: readonly string[]): string | undefined {
	const at = wanted.findIndex((word, index) => word !== found[index]);
	if (at >= 0) return `${at}: ${found.slice(at - 2, at + 3)} instead of ${wanted.slice(at - 2, at + 3)}`;
	return found.length > wanted.length ? `${wanted.length}: ${found[wanted.length]} is too much` : undefined;
}

test('48 hours and 430 000 words over six connections: each word once, in its place', async () => {
	const view = new LiveView();
	const kinds = new Map<string, number>();
	const lastHour: WeakRef<Uint8Array>[] = [];
	let alive = 0;
	const result = await longSession(TWO_DAYS, {
		warnAfter: 9 * HOUR,
		onEvent: (event, seconds) => {
			kinds.set(event.type, (kinds.get(event.type) ?? 0) + 1);
			view.apply(event, seconds * 1000);
		},
		onPiece: (piece, seconds) => {
			if (seconds > 46 * HOUR && seconds < 47 * HOUR) lastHour.push(new WeakRef(piece));
			if (seconds < 47 * HOUR || alive > 0) return;
			Bun.gc(true);
			alive = lastHour.filter((piece) => piece.deref() !== undefined).length;
		},
	});
	expect(result.reason).toBe('source');
	expect(firstDifference(said(result), expected(TWO_DAYS))).toBeUndefined();
	const words = view.lines
		.map(({text}) => text)
		.join(' ')
		.split(' ');
	expect(words).toHaveLength(430_000);
	expect(view.lines.every(({start}, index) => index === 0 || start > view.lines[index - 1]!.start)).toBe(
		true,
	);
	expect(speechLines(view.lines.at(-1)!, undefined, 140)[0]![0]!.text).toBe('47:59:52  ');
	expect(kinds.get('started')).toBe(6);
	expect(kinds.get('gap')).toBeUndefined();
	expect(kinds.get('error')).toBeUndefined();
	// Translations are cut by time: a piece at a hand-over may come from both, or neither.
	const translated = result.transcript?.translations?.de
		?.map(({content}) => content)
		.join(' ')
		.match(/w\d+/g);
	expect(new Set(translated).size).toBeGreaterThan(429_900);
	// Of 1700 pieces, those of the last seconds are kept.
	expect(lastHour.length).toBeGreaterThan(1700);
	expect(alive).toBeGreaterThan(0);
	expect(alive).toBeLessThan(20);
}, 60_000);

test('100 hours: a connection ends before the service would end it, warned or not', async () => {
	const speech: Speech = {hours: 100, isSpoken: (block) => block % 150 === 0};
	const events: RealtimeEvent[] = [];
	const result = await longSession(speech, {
		piece: 9.9,
		onEvent: (event) => {
			if (['started', 'gap', 'error', 'state'].includes(event.type)) events.push(event);
		},
	});
	expect(firstDifference(said(result), expected(speech))).toBeUndefined();
	const offsets = events.flatMap((event) => (event.type === 'started' ? [event.offset / HOUR] : []));
	expect(offsets).toHaveLength(3);
	for (const [index, offset] of offsets.entries()) expect(offset).toBeCloseTo(index * (48 - 50 / 60), 1);
	expect(events.filter(({type}) => type === 'gap' || type === 'error')).toEqual([]);
}, 60_000);
