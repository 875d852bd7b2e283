/**
 * What two days of speech cost at their beginning and at their end: `bun scripts/bench/long-session.ts` runs them in
 * virtual time and says it as JSON. A process of its own, so that the memory is the session's.
 */
import {LiveView} from '../../src/realtime/live-view.ts';
import {realtimeLines} from '../../src/tui/presentation/realtime-lines.ts';
import {glyphsFor} from '../../src/tui/theme/glyphs.ts';
import {longSession, TWO_DAYS} from '../../test/helpers/long-session.ts';
import {median, percentile} from './figures.ts';

const HOURS = [1, 47] as const;
const WINDOW = {columns: 140, rows: 50};
/** Seconds before and after an hour in which costs are taken: of some hundred appends and frames. */
const AROUND = 600;
const WARN_AFTER = 9 * 3600;

export interface HourCost {
	readonly hour: number;
	/** Words until then. */
	readonly words: number;
	/** MB that are in use. */
	readonly memory: number;
	/** Microseconds. */
	readonly append: Spread;
	readonly frame: Spread;
	readonly samples: number;
}

interface Spread {
	readonly p50: number;
	readonly p95: number;
}

export interface LongSession {
	readonly hours: readonly HourCost[];
	readonly words: number;
	readonly connections: number;
	/** Seconds that it really took. */
	readonly seconds: number;
}

async function take(): Promise<LongSession> {
	const glyphs = glyphsFor({LANG: 'C.UTF-8', TERM: 'xterm-256color'}, 'linux');
	const view = new LiveView();
	const taken = HOURS.map((hour) => ({
		hour,
		words: 0,
		memory: 0,
		append: [] as number[],
		frame: [] as number[],
	}));
	let words = 0;
	const start = performance.now();
	await longSession(TWO_DAYS, {
		warnAfter: WARN_AFTER,
		onEvent: (event, seconds) => {
			const now = seconds * 1000;
			const cost = taken.find(({hour}) => Math.abs(seconds - hour * 3600) < AROUND);
			if (cost === undefined || event.type !== 'final') {
				view.apply(event, now);
				if (event.type === 'final') words += wordsIn(event);
				return;
			}
			const before = performance.now();
			view.apply(event, now);
			cost.append.push((performance.now() - before) * 1000);
			words += wordsIn(event);
			const model = {view, scroll: undefined, sourceName: 'microphone', config: {}, now};
			const beforeFrame = performance.now();
			realtimeLines(model, glyphs, WINDOW.rows, WINDOW.columns);
			cost.frame.push((performance.now() - beforeFrame) * 1000);
			if (cost.memory > 0 || seconds < cost.hour * 3600) return;
			cost.words = words;
			cost.memory = memoryInUse();
		},
	});
	return {
		hours: taken.map(({append, frame, ...cost}) => ({
			...cost,
			append: spreadOf(append),
			frame: spreadOf(frame),
			samples: append.length,
		})),
		words,
		connections: view.connections,
		seconds: (performance.now() - start) / 1000,
	};
}

const wordsIn = ({results}: {readonly results: ReadonlyArray<{readonly type: string}>}) =>
	results.filter(({type}) => type === 'word').length;

const spreadOf = (values: readonly number[]): Spread => ({p50: median(values), p95: percentile(values, 95)});

function memoryInUse(): number {
	Bun.gc(true);
	return process.memoryUsage().heapUsed / 1e6;
}

if (import.meta.main) console.log(JSON.stringify(await take()));
