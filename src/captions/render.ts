import type {Transcript} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {isSimulated} from '../speechmatics/simulated.ts';
import {delimiterOf, transcriptText} from '../speechmatics/transcript.ts';
import {cuesOf} from './cues.ts';
import {srtText} from './srt.ts';

/** What a transcript can be written as; each is also the ending of its file. */
export const OUTPUT_FORMATS = ['txt', 'srt', 'json'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Stands in everything that was made by the emulator and not by Speechmatics. */
export const SIMULATED_MARK = '[SIMULATED]';

/**
 * A transcript in one of the formats, ended by a line feed.
 *
 * What the emulator made is marked: a first line in text, the first words of the captions (SubRip knows no
 * comments), and the key `simulated` in JSON.
 */
export function renderTranscript(transcript: Transcript, format: OutputFormat): string {
	const simulated = isSimulated(transcript.metadata.orchestrator_version);
	switch (format) {
		case 'txt': {
			const text = `${transcriptText(transcript)}\n`;
			return simulated ? `${SIMULATED_MARK}\n\n${text}` : text;
		}
		case 'srt': {
			const results = simulated ? marked(transcript.results) : transcript.results;
			return srtText(cuesOf(results, delimiterOf(transcript.metadata.language_pack_info)));
		}
		case 'json': {
			const content = simulated ? {simulated: true, ...transcript} : transcript;
			return `${JSON.stringify(content, undefined, '\t')}\n`;
		}
	}
}

function marked(results: readonly RecognitionResult[]): RecognitionResult[] {
	const first = results[0];
	const time = first?.start_time ?? 0;
	const mark: RecognitionResult = {
		...first,
		type: 'word',
		start_time: time,
		end_time: first?.start_time ?? 1,
		attaches_to: undefined,
		alternatives: [{...first?.alternatives?.[0], content: SIMULATED_MARK}],
	};
	return [mark, ...results];
}
