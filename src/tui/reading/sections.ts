/** What a transcript holds beside its words, each as a text to read. */
import {addOnErrors, type Sentiment, sentimentOf} from '../../speechmatics/add-ons.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import type {StyleName} from '../theme/styles.ts';
import {spokenText, translatedText, type ViewedDocument} from './viewed-document.ts';
import {type ViewedLine, ViewedText, wordsIn} from './viewed-text.ts';

export interface Section {
	readonly title: string;
	/** Whether it is the transcript itself. */
	readonly isTranscript: boolean;
	/** Made when it is first asked for. */
	readonly text: ViewedText;
}

/** All there are, the transcript first. */
export function sectionsOf(document: ViewedDocument): Section[] {
	const {transcript} = document;
	const {summary, chapters, topics, translations} = transcript;
	const sentiment = sentimentOf(transcript);
	const errors = addOnErrors(transcript);
	const plain = (title: string, lines: () => ViewedLine[]) => section(title, () => textOf(lines()));
	return [
		section('Transcript', () => spokenText(document), true),
		...(summary?.content ? [plain('Summary', () => paragraphs(summary.content))] : []),
		...(chapters?.length ? [plain('Chapters', () => chapterLines(chapters))] : []),
		...(hasTopics(topics) ? [plain('Topics', () => topicLines(topics))] : []),
		...(sentiment === undefined ? [] : [plain('Sentiment', () => sentimentLines(sentiment))]),
		...Object.keys(translations ?? {}).map((language) =>
			section(`In ${languageName(language)}`, () => translatedText(document, language)),
		),
		...(errors.length > 0
			? [plain('Missing', () => errors.map(({addOn, message}) => untimed(`${addOn}: ${message}`, 'warn')))]
			: []),
	];
}

const names = new Intl.DisplayNames(['en'], {type: 'language'});

/** Such as `German`; the code itself where nobody knows it. */
function languageName(code: string): string {
	try {
		return names.of(code) ?? code;
	} catch {
		return code;
	}
}

function section(title: string, make: () => ViewedText, isTranscript = false): Section {
	let made: ViewedText | undefined;
	return {
		title,
		isTranscript,
		get text() {
			made ??= make();
			return made;
		},
	};
}

function textOf(lines: readonly ViewedLine[]): ViewedText {
	const composed = lines.map((line) => ({...line, text: line.text.normalize()}));
	return new ViewedText(composed.map((line) => ({line, words: wordsIn(line)})));
}

const untimed = (text: string, style?: StyleName): ViewedLine => ({
	start: undefined,
	text,
	...(style !== undefined && {style}),
});

const labelled = (label: string, text: string, style: StyleName): ViewedLine => ({
	start: undefined,
	speaker: label,
	speakerStyle: style,
	text,
});

/** Paragraphs stay apart. */
function paragraphs(prose: string): ViewedLine[] {
	const lines = prose.split('\n').map((line) => line.trim());
	return lines
		.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '')
		.map((line) => untimed(line));
}

function chapterLines(chapters: NonNullable<Transcript['chapters']>): ViewedLine[] {
	return chapters.flatMap(({title, summary, start_time: start, end_time: end}, index) => [
		...(index === 0 ? [] : [untimed('')]),
		{start, end, text: title, style: 'strong'} as const,
		...paragraphs(summary),
	]);
}

type Topics = NonNullable<Transcript['topics']>;

function hasTopics(topics: Transcript['topics']): topics is Topics {
	return Object.keys(topics?.summary?.overall ?? {}).length > 0 || (topics?.segments ?? []).length > 0;
}

function topicLines({summary, segments}: Topics): ViewedLine[] {
	const found = Object.entries(summary?.overall ?? {}).filter(([, count]) => count > 0);
	const counts = found.sort((one, other) => other[1] - one[1]);
	const places = (segments ?? []).map(
		({start_time: start, end_time: end, text, topics}): ViewedLine => ({
			start,
			end,
			text: `${topics.map(({topic}) => topic).join(', ')}: ${text}`,
		}),
	);
	return [
		...counts.map(([topic, count]) => labelled(String(count), topic, 'accent')),
		...(counts.length > 0 && places.length > 0 ? [untimed('')] : []),
		...places,
	];
}

const FEELINGS: Readonly<Record<string, StyleName>> = {positive: 'ok', negative: 'error'};

interface Counts {
	readonly positive_count?: number | null | undefined;
	readonly neutral_count?: number | null | undefined;
	readonly negative_count?: number | null | undefined;
}

function sentimentLines({summary, segments}: Sentiment): ViewedLine[] {
	const counted = (who: string | null | undefined, counts: Counts) =>
		untimed(
			`${who ?? 'Unknown'}: ${counts.positive_count ?? 0} positive, ${counts.neutral_count ?? 0} neutral, ${counts.negative_count ?? 0} negative`,
		);
	const counts = [
		...(summary?.overall ? [counted('All', summary.overall)] : []),
		...(summary?.speakers ?? []).map((one) => counted(one.speaker, one)),
		...(summary?.channels ?? []).map((one) => counted(one.channel, one)),
	];
	const said = (segments ?? []).map(
		({start_time: start, end_time: end, text, sentiment, speaker, channel}): ViewedLine => ({
			start,
			end,
			speaker: sentiment,
			speakerStyle: FEELINGS[sentiment] ?? 'muted',
			text: [speaker ?? channel, text].filter(Boolean).join(': '),
		}),
	);
	return [...counts, ...(counts.length > 0 && said.length > 0 ? [untimed('')] : []), ...said];
}
