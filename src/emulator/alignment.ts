/** Alignment jobs: the words of a given text, with the times at which they are said. Source: docs, alignment. */
import type {AlignmentJobConfig} from '../speechmatics/config.ts';
import {Refusal} from './answers.ts';
import type {Job} from './jobs.ts';
import type {Spoken} from './recogniser/spoken.ts';
import type {Upload} from './upload.ts';

const TAGS = ['word_start_and_end', 'one_per_line'] as const;
export type AlignmentTags = (typeof TAGS)[number];

/** Words with less silence than this between them are one stretch of speech. Seconds. */
const PAUSE = 0.3;

/** What a job has besides when it is to align. */
export interface Alignment {
	readonly config: AlignmentJobConfig;
	/** The name the text was uploaded under. */
	readonly textName: string;
	/** As it was uploaded. */
	text: string;
}

interface Stretch {
	readonly start: number;
	end: number;
}

interface TimedWord extends Stretch {
	readonly content: string;
}

/** Reads the query parameter `tags`. @throws Refusal where it is none that is known */
export function tagsOf(query: URLSearchParams): AlignmentTags {
	const wanted = query.get('tags') ?? TAGS[0];
	const tags = TAGS.find((known) => known === wanted);
	if (tags === undefined) throw new Refusal(422, `tags in query should be one of [${TAGS.join(' ')}]`);
	return tags;
}

/** Joins what was asked with the text that came along. @throws Refusal where there is none */
export function newAlignment(config: AlignmentJobConfig, text: Upload['text']): Alignment {
	if (config.fetch_text !== undefined)
		throw new Refusal(400, 'Job rejected', 'The emulator does not fetch texts');
	if (text === undefined) throw new Refusal(400, 'Missing text_file');
	return {config, text: text.content, textName: text.name};
}

/** The alignment of a job. @throws Refusal of a job that is no alignment */
export function alignmentOf(job: Job): Alignment {
	if (job.alignment === undefined) throw new Refusal(404, 'Job is not of type alignment');
	return job.alignment;
}

/** The text of a finished job with its times in it: at every word, or before every line. */
export function alignedText(job: Job, tags: AlignmentTags): string {
	const lines = readable(alignmentOf(job).text)
		.split(/\r?\n/)
		.map((line) => line.split(/\s+/).filter((word) => word !== ''));
	const timed = timedWords(lines.flat(), job).values();
	return lines.map((line) => written([...timed.take(line.length)], tags)).join('\n');
}

/** The text without what the service ignores: comments, and what stands between angle brackets. */
function readable(text: string): string {
	return text.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '');
}

function written(line: readonly TimedWord[], tags: AlignmentTags): string {
	if (tags === 'word_start_and_end')
		return line
			.map(({content, start, end}) => `<time=${start.toFixed(2)}>${content}<time=${end.toFixed(2)}>`)
			.join(' ');
	const [first] = line;
	if (first === undefined) return '';
	return `[${clock(first.start)}] ${line.map(({content}) => content).join(' ')}`;
}

/**
 * Shares the speech out among the words by their lengths. No word goes on through a pause: its middle decides in
 * which stretch it is said.
 */
function timedWords(words: readonly string[], {spoken, duration}: Job): TimedWord[] {
	const stretches = stretchesOf(spoken, duration);
	const speech = lengthOf(stretches);
	const letters = words.join('').length;
	const groups = stretches.map(() => [] as string[]);
	let before = 0;
	for (const word of words) {
		const middle = ((before + word.length / 2) / letters) * speech;
		groups[stretchAt(stretches, middle)]!.push(word);
		before += word.length;
	}
	return stretches.flatMap((stretch, index) => spread(groups[index]!, stretch));
}

function spread(words: readonly string[], {start, end}: Stretch): TimedWord[] {
	const letters = words.join('').length;
	let before = 0;
	return words.map((content) => {
		const at = start + (before / letters) * (end - start);
		before += content.length;
		return {content, start: at, end: start + (before / letters) * (end - start)};
	});
}

/** Where somebody speaks; where nobody does, the whole recording has to do. */
function stretchesOf(spoken: readonly Spoken[], duration: number): Stretch[] {
	const stretches: Stretch[] = [];
	for (const {type, start, end} of spoken) {
		if (type !== 'word') continue;
		const last = stretches.at(-1);
		if (last !== undefined && start - last.end < PAUSE) last.end = end;
		else stretches.push({start, end});
	}
	return stretches.length > 0 ? stretches : [{start: 0, end: duration}];
}

function stretchAt(stretches: readonly Stretch[], moment: number): number {
	let passed = 0;
	const at = stretches.findIndex(({start, end}) => {
		passed += end - start;
		return moment < passed;
	});
	return at < 0 ? stretches.length - 1 : at;
}

function lengthOf(stretches: readonly Stretch[]): number {
	return stretches.reduce((sum, {start, end}) => sum + end - start, 0);
}

function clock(seconds: number): string {
	const tenths = Math.round(seconds * 10);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(tenths / 36_000)}:${two((tenths / 600) % 60)}:${two((tenths / 10) % 60)}.${tenths % 10}`;
}
