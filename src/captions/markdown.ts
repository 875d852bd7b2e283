/** A transcript as a document to read. */
import {type AudioEventTotals, audioEventTotals, sentimentOf} from '../speechmatics/add-ons.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {delimiterOf, joinResults, type Turn, turnLabel, turnsOf} from '../speechmatics/transcript.ts';
import {clock} from './clock.ts';
import {transcriptLanguage} from './language.ts';

/** @param options.note stands under the title, such as that nobody recognised this */
export function markdownText(
	transcript: Transcript,
	{title, note}: {readonly title?: string | undefined; readonly note?: string | undefined},
): string {
	const turns = turnsOf(transcript.results);
	const sections: Array<readonly [title: string | undefined, body: readonly string[]]> = [
		[undefined, [...(note === undefined ? [] : [`> ${note}`]), facts(transcript)]],
		['Summary', summary(transcript)],
		['Chapters', chapters(transcript)],
		['Topics', topics(transcript)],
		['Sentiment', sentiment(transcript)],
		['Sounds', sounds(transcript)],
		['Speakers', speakers(turns)],
		['Transcript', paragraphs(transcript, turns)],
	];
	const heading = `# ${escaped(title ?? transcript.job?.data_name ?? 'Transcript')}`;
	const parts = sections.flatMap(([name, body]) => {
		const filled = body.filter((paragraph) => paragraph !== '');
		return filled.length === 0 || name === undefined ? filled : [`## ${name}`, ...filled];
	});
	return `${[heading, ...parts].join('\n\n')}\n`;
}

function facts(transcript: Transcript): string {
	const {job} = transcript;
	return list([
		job?.created_at && `Date: ${escaped(job.created_at)}`,
		typeof job?.duration === 'number' && `Length: ${clock(job.duration)}`,
		transcriptLanguage(transcript) !== undefined && `Language: ${escaped(transcriptLanguage(transcript)!)}`,
		job?.id && `Job: ${escaped(job.id)}`,
	]);
}

function summary({summary}: Transcript): string[] {
	return summary === null || summary === undefined ? [] : proseParagraphs(summary.content);
}

/** Paragraphs stay apart, and bullets stay a list. */
function proseParagraphs(prose: string): string[] {
	const lines = prose.split(/\n+/).filter((line) => line.trim() !== '');
	const bullets = lines.flatMap((line) => /^\s*[-*•]\s+(.*)$/.exec(line)?.slice(1) ?? []);
	return bullets.length === lines.length ? [list(bullets.map(escaped))] : lines.map(escaped);
}

function chapters({chapters}: Transcript): string[] {
	return (chapters ?? []).flatMap(({title, summary, start_time}) => [
		`### ${clock(start_time)} ${escaped(title)}`,
		...proseParagraphs(summary),
	]);
}

function topics({topics}: Transcript): string[] {
	const found = Object.entries(topics?.summary?.overall ?? {}).filter(([, count]) => count > 0);
	return [list(found.sort((a, b) => b[1] - a[1]).map(([topic, count]) => `${escaped(topic)}: ${count}`))];
}

type SentimentCounts = {
	readonly positive_count?: number | null | undefined;
	readonly neutral_count?: number | null | undefined;
	readonly negative_count?: number | null | undefined;
};

function sentiment(transcript: Transcript): string[] {
	const summary = sentimentOf(transcript)?.summary;
	if (summary === null || summary === undefined) return [];
	const row = (who: string, counts: SentimentCounts) =>
		`${escaped(who)}: ${counts.positive_count ?? 0} positive, ${counts.neutral_count ?? 0} neutral, ${counts.negative_count ?? 0} negative`;
	return [
		list([
			summary.overall && row('Overall', summary.overall),
			...(summary.speakers ?? []).map((counts) => row(counts.speaker ?? 'Unknown speaker', counts)),
			...(summary.channels ?? []).map((counts) => row(counts.channel ?? 'Unknown channel', counts)),
		]),
	];
}

function sounds(transcript: Transcript): string[] {
	const totals: AudioEventTotals = audioEventTotals(transcript)?.overall ?? {};
	return [
		list(
			Object.entries(totals).map(([type, {count, total_duration: duration}]) => {
				const length = typeof duration === 'number' ? `, ${clock(duration)}` : '';
				return `${escaped(type)}: ${count ?? 0}${length}`;
			}),
		),
	];
}

/** Who speaks for how long; nothing where nobody is told apart. */
function speakers(turns: readonly Turn[]): string[] {
	const found = new Map<string, {seconds: number; turns: number; words: number}>();
	for (const turn of turns) {
		const label = turnLabel(turn);
		if (label === undefined) continue;
		const so = found.get(label) ?? {seconds: 0, turns: 0, words: 0};
		found.set(label, {
			seconds: so.seconds + turn.endTime - turn.startTime,
			turns: so.turns + 1,
			words: so.words + turn.results.filter(({type}) => type !== 'punctuation').length,
		});
	}
	const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
	return [
		list(
			[...found].map(
				([label, {seconds, turns, words}]) =>
					`${escaped(label)}: ${clock(seconds)}, ${counted(turns, 'turn')}, ${counted(words, 'word')}`,
			),
		),
	];
}

function paragraphs({metadata}: Transcript, turns: readonly Turn[]): string[] {
	const delimiter = delimiterOf(metadata.language_pack_info);
	return turns.map((turn) => {
		const label = turnLabel(turn);
		const head = label === undefined ? clock(turn.startTime) : `${clock(turn.startTime)} ${escaped(label)}`;
		return `**${head}** ${escaped(joinResults(turn.results, delimiter))}`;
	});
}

function list(rows: ReadonlyArray<string | false | null | undefined>): string {
	return rows
		.filter((row) => typeof row === 'string' && row !== '')
		.map((row) => `- ${row}`)
		.join('\n');
}

/** What was said must not become a heading, a link or a tag. */
function escaped(text: string): string {
	return text
		.replace(/[\\`*_[\]<>|~&]/g, '\\$&')
		.replace(/^(\s*)([#+-]|\d+(?=[.)]))/, (_, space: string, mark: string) =>
			/\d/.test(mark) ? `${space}${mark}` : `${space}\\${mark}`,
		)
		.replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
