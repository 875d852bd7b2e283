/** A comparison as text for people. Pure. */
import {SIMULATED_MARK} from '../captions/render.ts';
import {changeLine, type Difference} from '../compare/changes.ts';
import type {Comparison} from '../compare/comparison.ts';
import {differenceText, type FigureRow, figureRows} from '../compare/figure-rows.ts';
import type {Rates} from '../compare/figures.ts';
import {guideOf} from '../compare/guide.ts';
import {printable} from '../platform/printable.ts';
import {clockTime} from '../platform/units.ts';
import {wrap} from '../platform/width.ts';
import type {SessionStart} from '../realtime/session.ts';
import type {JobConfig} from '../speechmatics/config.ts';
import {ended} from './failure.ts';
import {type Column, tableLines} from './text-table.ts';

export interface About {
	readonly rates: Rates;
	/** The file with what was said. */
	readonly reference: string | undefined;
	readonly requests: {readonly job: JobConfig; readonly start: SessionStart};
	/** Whether the demo answered. */
	readonly simulated: boolean;
}

/** Wider text is no easier to read. */
export const WIDEST = 80;
/** More changes than these are for `--json`. */
const MOST_CHANGES = 20;

/** The report, no line wider than the terminal or 80 columns. */
export function comparisonLines(
	comparison: Comparison,
	{columns, ...about}: About & {readonly columns: number},
): string[] {
	const width = Math.min(columns, WIDEST);
	const simulated = about.simulated || comparison.simulated;
	return [
		...(simulated
			? [
					...wrap(`${SIMULATED_MARK} The emulator answered: no figure here is one of Speechmatics.`, width),
					'',
				]
			: []),
		...wrap(headline(comparison, about), width),
		...failures(comparison).flatMap((line) => wrap(line, width)),
		'',
		...(isMeasured(comparison)
			? [
					...tableLines(figureRows(comparison, about.rates), FIGURE_COLUMNS, width),
					...costHint(about.rates, width),
					'',
				]
			: []),
		...differences(comparison, width),
		'',
		...guideLines(comparison, about.rates, width),
	];
}

/** Whether any word came: a table of nothing tells nothing. */
function isMeasured({batch, realtime}: Comparison): boolean {
	return batch.firstWordAt !== undefined || realtime.firstWordAt !== undefined;
}

function headline({file, seconds}: Comparison, {requests, reference}: About): string {
	const {job, start} = requests;
	const [one, other] = [asked(job.transcription_config), asked(start.transcriptionConfig)];
	const length = seconds === undefined ? 'of unknown length' : clockTime(seconds);
	const against = reference === undefined ? '' : `; reference ${reference}`;
	return printable(
		`${file}, ${length}; ${one === other ? one : `batch ${one}, realtime ${other}`}${against}`,
	);
}

function asked({model, language}: {readonly model?: string | undefined; readonly language: string}): string {
	return [model, language].filter((part) => part !== undefined).join(' ');
}

function failures({batch, realtime}: Comparison): string[] {
	return Object.entries({Batch: batch, Realtime: realtime}).flatMap(([name, {phase, reason}]) =>
		phase === 'failed' ? [ended(`${name} failed: ${reason}`)] : [],
	);
}

const FIGURE_COLUMNS: readonly Column<FigureRow>[] = [
	{title: '', text: ({name}) => name, rank: 0, least: 16},
	{title: 'batch', text: ({batch}) => batch, align: 'right', rank: 1},
	{title: 'realtime', text: ({realtime}) => realtime, align: 'right', rank: 2},
];

function costHint({batch, realtime}: Rates, width: number): string[] {
	if (batch !== undefined && realtime !== undefined) return [];
	return wrap(
		'Set what an hour costs you with --batch-rate and --realtime-rate, or with batch_rate and realtime_rate under [compare] in config.toml.',
		width,
	);
}

function differences({findings}: Comparison, width: number): string[] {
	const {realtimeAgainstBatch, batchAgainstReference, realtimeAgainstReference} = findings ?? {};
	const blocks = [
		...(realtimeAgainstBatch ? [block('Realtime against batch', realtimeAgainstBatch, width)] : []),
		...(batchAgainstReference ? [block('Batch against the reference', batchAgainstReference, width)] : []),
		...(realtimeAgainstReference
			? [block('Realtime against the reference', realtimeAgainstReference, width)]
			: []),
	];
	if (blocks.length === 0) return ['There is nothing to compare.'];
	return [...blocks.flatMap((lines) => [...lines, '']), ...wrap('Case and punctuation do not count.', width)];
}

function block(name: string, difference: Difference, width: number): string[] {
	const {changes} = difference;
	const more = changes.length - MOST_CHANGES;
	return [
		...wrap(differenceText(name, difference), width),
		...changes
			.slice(0, MOST_CHANGES)
			.flatMap((change) => wrap(changeLine(change), width - 2).map((line) => `  ${line}`)),
		...(more > 0 ? [`  and ${more} more: --json has them all`] : []),
	];
}

interface GuideLine {
	readonly work: string;
	readonly mode: string;
	readonly why: string;
}

/** What stands between two columns of a table. */
const GAP = 2;

function guideLines(comparison: Comparison, rates: Rates, width: number): string[] {
	const guide = guideOf(comparison, rates);
	const before = Math.max(...guide.map(({work}) => work.length)) + 'realtime'.length + 2 * GAP;
	const rows = guide.flatMap(({work, mode, why}) =>
		wrap(why, Math.max(16, width - before)).map(
			(line, index): GuideLine => (index === 0 ? {work, mode, why: line} : {work: '', mode: '', why: line}),
		),
	);
	return tableLines(rows, GUIDE_COLUMNS, width);
}

const GUIDE_COLUMNS: readonly Column<GuideLine>[] = [
	{title: 'for', text: ({work}) => work, rank: 0, least: 12},
	{title: 'take', text: ({mode}) => mode, rank: 1},
	{title: 'because', text: ({why}) => why, rank: 2, least: 16},
];
