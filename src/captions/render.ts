import type {Transcript} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {delimiterOf, joinResults, transcriptText, turnLabel, turnsOf} from '../speechmatics/transcript.ts';
import {clock} from './clock.ts';
import {csvText} from './csv.ts';
import {type Cue, cuesOf} from './cues.ts';
import {transcriptLanguage} from './language.ts';
import {markdownText} from './markdown.ts';
import {type CaptionRules, presetRules} from './rules.ts';
import {srtText} from './srt.ts';
import {wordsOfTranslation} from './translations.ts';
import {vttText} from './vtt.ts';

/** What a transcript can be written as; each is also the ending of its file. */
export const OUTPUT_FORMATS = ['txt', 'json', 'srt', 'vtt', 'csv', 'md'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Stands in everything that was made by the emulator and not by Speechmatics. */
export const SIMULATED_MARK = '[SIMULATED]';
const SIMULATED_NOTE = `${SIMULATED_MARK} The emulator made this; nobody recognised any speech.`;

export interface RenderOptions {
	/** Whether each turn of a text begins with its time. */
	readonly timestamps?: boolean | undefined;
	/** What captions are held to; a function gives the rules of a language. By default the preset `default`. */
	readonly captions?: CaptionRules | ((language: string | undefined) => CaptionRules) | undefined;
	/** Of a document; by default the recording's name. */
	readonly title?: string | undefined;
}

/**
 * A transcript in one of the formats, ended by a line end.
 *
 * What the emulator made is marked: a first line in text, the first words of SubRip captions (SubRip knows no comments), a
 * note in WebVTT, the key `simulated` in JSON, a column of that name in CSV, and a quotation in Markdown.
 */
export function renderTranscript(
	transcript: Transcript,
	format: OutputFormat,
	options: RenderOptions = {},
): string {
	const simulated = isSimulated(transcript.metadata.orchestrator_version);
	switch (format) {
		case 'txt':
			return plainText(textOf(transcript, options), simulated);
		case 'json': {
			const content = simulated ? {simulated: true, ...transcript} : transcript;
			return `${JSON.stringify(content, undefined, '\t')}\n`;
		}
		case 'srt': {
			const results = simulated ? marked(transcript.results) : transcript.results;
			return srtText(transcriptCues({...transcript, results}, options));
		}
		case 'vtt':
			return vttText(transcriptCues(transcript, options), simulated ? SIMULATED_NOTE : undefined);
		case 'csv':
			return csvText(transcript.results, {simulated});
		case 'md':
			return markdownText(transcript, {
				title: options.title,
				note: simulated ? SIMULATED_NOTE : undefined,
			});
	}
}

/** The captions of a transcript, without any mark. */
export function transcriptCues(transcript: Transcript, options: Pick<RenderOptions, 'captions'> = {}): Cue[] {
	const language = transcriptLanguage(transcript);
	const delimiter = delimiterOf(transcript.metadata.language_pack_info);
	return cuesOf(transcript.results, delimiter, rulesFor(options, language), language);
}

/** Codes of the languages a transcript was translated to. */
export function translationTargets({translations}: Pick<Transcript, 'translations'>): string[] {
	return Object.keys(translations ?? {});
}

/**
 * One of a transcript's translations in one of the formats, marked as the transcript is.
 *
 * @returns `undefined` where there is no such translation, or the format has no translated form: JSON holds them all
 */
export function renderTranslation(
	transcript: Transcript,
	target: string,
	format: OutputFormat,
	options: RenderOptions = {},
): string | undefined {
	const {translations} = transcript;
	if (translations === null || translations === undefined || !Object.hasOwn(translations, target)) {
		return undefined;
	}
	const words = wordsOfTranslation(translations[target]!, target);
	const simulated = isSimulated(transcript.metadata.orchestrator_version);
	const cues = (results: readonly RecognitionResult[]) =>
		cuesOf(results, '', rulesFor(options, target), target);
	switch (format) {
		case 'txt': {
			const metadata = {language_pack_info: {word_delimiter: ''}};
			return plainText(textOf({results: words, metadata}, options), simulated);
		}
		case 'srt':
			return srtText(cues(simulated ? marked(words, ' ') : words));
		case 'vtt':
			return vttText(cues(words), simulated ? SIMULATED_NOTE : undefined);
		default:
			return undefined;
	}
}

function rulesFor({captions}: Pick<RenderOptions, 'captions'>, language: string | undefined): CaptionRules {
	if (captions === undefined) return presetRules('default', language);
	return typeof captions === 'function' ? captions(language) : captions;
}

function textOf(transcript: Pick<Transcript, 'results' | 'metadata'>, {timestamps}: RenderOptions): string {
	if (timestamps !== true) return transcriptText(transcript);
	const delimiter = delimiterOf(transcript.metadata.language_pack_info);
	return turnsOf(transcript.results)
		.map((turn) => {
			const label = turnLabel(turn);
			const text = joinResults(turn.results, delimiter).trimStart();
			return `[${clock(turn.startTime)}] ${label === undefined ? '' : `${label}: `}${text}`;
		})
		.join('\n\n');
}

function plainText(text: string, simulated: boolean): string {
	return simulated ? `${SIMULATED_MARK}\n\n${text}\n` : `${text}\n`;
}

function marked(results: readonly RecognitionResult[], space = ''): RecognitionResult[] {
	const first = results[0];
	const time = first?.start_time ?? 0;
	const mark: RecognitionResult = {
		...first,
		type: 'word',
		start_time: time,
		end_time: first?.start_time ?? 1,
		attaches_to: undefined,
		is_eos: false,
		alternatives: [{...first?.alternatives?.[0], content: SIMULATED_MARK + space}],
	};
	return [mark, ...results];
}
