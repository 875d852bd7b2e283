/** Transcripts of the parts of one recording, as one. Pure. */
import type {Transcript} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';

export interface TranscribedPart {
	readonly transcript: Transcript;
	/** Length of the part's audio. */
	readonly seconds: number;
}

/**
 * Puts the words of each part behind those of the parts before. A recording in one part stays as it is; of several, what
 * is not words (a summary, translations) is left out, as it is about a part only.
 *
 * @param parts at least one
 */
export function joinTranscripts(parts: readonly TranscribedPart[]): Transcript {
	const [first] = parts;
	if (first === undefined) throw new RangeError('there is nothing to join');
	if (parts.length === 1) return first.transcript;
	let offset = 0;
	const results: RecognitionResult[] = [];
	for (const {transcript, seconds} of parts) {
		for (const result of transcript.results) results.push(moved(result, offset));
		offset += seconds;
	}
	const {format, metadata} = first.transcript;
	return {format, metadata, results};
}

function moved(result: RecognitionResult, by: number): RecognitionResult {
	return {...result, start_time: result.start_time + by, end_time: result.end_time + by};
}
