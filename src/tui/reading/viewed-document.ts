/** What the viewer shows: one form for recordings and live sessions, and the sections of it. */
import {wordsOfTranslation} from '../../captions/translations.ts';
import type {OutputPlace} from '../../realtime/outputs.ts';
import {type LiveLine, TranscriptLines} from '../../realtime/transcript-lines.ts';
import type {Transcript} from '../../speechmatics/jobs.ts';
import type {RecognitionResult} from '../../speechmatics/results.ts';
import {contentOf, type Delimiter, delimiterOf} from '../../speechmatics/transcript.ts';
import {type ViewedLine, ViewedText, type ViewedWord} from './viewed-text.ts';

export interface ViewedDocument {
	readonly title: string;
	/** As the service gave it, or as a session's words were put together; see `FinalWords`. */
	readonly transcript: Transcript;
	/** A session's lines: its gaps, marks and sounds, and which label the name of a speaker belongs to. */
	readonly lines?: readonly LiveLine[] | undefined;
	readonly simulated: boolean;
	/** Seconds of audio; otherwise as the transcript says. */
	readonly seconds?: number | undefined;
	/** What can be played: the recording. */
	readonly audioPath?: string | undefined;
	/** Seconds: where it opens. */
	readonly at?: number | undefined;
	/** Where it is exported to; absent where nothing may be written, as in the demo. */
	readonly place?: Omit<OutputPlace, 'formats' | 'instead'> | undefined;
	/** A file that holds its text, for other programs. */
	readonly savedPath?: string | undefined;
}

const NUMBERS = {start: Number.NaN, end: Number.NaN, confidence: Number.NaN};

/** The transcript itself: a line a sentence, as everywhere, with what else happened between them. */
export function spokenText({transcript, lines = []}: ViewedDocument): ViewedText {
	const labels = new Map(lines.flatMap(({speaker, label}) => (speaker && label ? [[speaker, label]] : [])));
	const spoken = linesOf(transcript.results, delimiterOf(transcript.metadata.language_pack_info), labels);
	const notes = lines
		.filter(({kind}) => kind !== undefined)
		.map(({start, end, text, kind}) => ({start, end, text, kind}));
	return textOf(merged(spoken, notes.length > 0 ? notes : soundsOf(transcript)));
}

/** A translation, by sentences. */
export function translatedText({transcript, lines = []}: ViewedDocument, language: string): ViewedText {
	const sentences = transcript.translations?.[language] ?? [];
	const labels = new Map(lines.flatMap(({speaker, label}) => (speaker && label ? [[speaker, label]] : [])));
	return textOf(linesOf(wordsOfTranslation(sentences, language), '', labels));
}

/** An empty text could not be read, and would leave the reader to wonder. */
function textOf(lines: readonly WordedLine[]): ViewedText {
	const nothing: ViewedLine = {start: undefined, text: 'Nothing was said', style: 'muted'};
	return new ViewedText(lines.length > 0 ? lines : [{line: nothing, words: []}]);
}

interface WordedLine {
	readonly line: ViewedLine;
	readonly words: readonly ViewedWord[];
}

/** Results as lines, by the one rule of where a line ends, and where each word went. */
function linesOf(
	results: readonly RecognitionResult[],
	delimiter: Delimiter,
	labels: ReadonlyMap<string, string>,
): WordedLine[] {
	const lines = new TranscriptLines(delimiter);
	const words = new Map<LiveLine, ViewedWord[]>();
	/** The last one of each channel. */
	const open = new Map<string | undefined, LiveLine>();
	for (const given of results) {
		const result = normalized(given);
		const content = contentOf(result);
		if (content === '') continue;
		const channel = result.channel ?? undefined;
		const {length} = lines.lines;
		lines.add([result]);
		if (lines.lines.length > length) open.set(channel, lines.lines[length]!);
		const line = open.get(channel)!;
		const known = words.get(line) ?? [];
		words.set(line, known);
		if (result.type === 'punctuation') continue;
		const to = line.text.length;
		const from = to - content.trimStart().length;
		const confidence = result.alternatives?.[0]?.confidence ?? Number.NaN;
		known.push({from, to, start: result.start_time, end: result.end_time, confidence});
	}
	return lines.lines.map(({start, end, speaker, text}, index) => ({
		line: {
			start,
			end,
			text,
			...(speaker !== undefined && {
				speaker,
				speakerStyle: `speaker:${labels.get(speaker) ?? speaker}` as const,
			}),
		},
		words: words.get(lines.lines[index]!) ?? [],
	}));
}

/** Wrapping makes letters and their accents one: places in the text must be those of the wrapped one. */
function normalized(result: RecognitionResult): RecognitionResult {
	const content = contentOf(result);
	const composed = content.normalize();
	if (composed === content) return result;
	const [first, ...others] = result.alternatives ?? [];
	return {...result, alternatives: [{...first, content: composed}, ...others]};
}

function merged(spoken: readonly WordedLine[], notes: readonly ViewedLine[]): WordedLine[] {
	const waiting = [...notes].sort((one, other) => one.start! - other.start!);
	const all: WordedLine[] = [];
	for (const worded of spoken) {
		while (waiting[0] !== undefined && waiting[0].start! < worded.line.start!)
			all.push(noted(waiting.shift()!));
		all.push(worded);
	}
	return [...all, ...waiting.map(noted)];
}

const noted = (line: ViewedLine): WordedLine => ({
	line,
	words: [
		{...NUMBERS, from: 0, to: line.text.length, start: line.start ?? Number.NaN, end: line.end ?? Number.NaN},
	],
});

function soundsOf({audio_events: events}: Transcript): ViewedLine[] {
	return (events ?? []).map(({type, start_time, end_time}) => ({
		start: start_time,
		end: end_time,
		text: `[${type}]`,
		kind: 'event',
	}));
}
