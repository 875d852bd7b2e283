import type {RecognitionResult} from '../../src/speechmatics/results.ts';

/** A recognised word, half a second long unless said otherwise. */
export function word(
	content: string,
	start: number,
	{end = start + 0.5, speaker}: {end?: number; speaker?: string} = {},
): RecognitionResult {
	return {
		type: 'word',
		start_time: start,
		end_time: end,
		alternatives: [{content, confidence: 1, ...(speaker !== undefined && {speaker})}],
	};
}

/** A punctuation mark at a moment. */
export function mark(
	content: string,
	time: number,
	{
		attaches = 'previous',
		speaker,
		eos = /[.?!]/.test(content),
	}: {attaches?: string; speaker?: string; eos?: boolean} = {},
): RecognitionResult {
	return {
		type: 'punctuation',
		start_time: time,
		end_time: time,
		attaches_to: attaches,
		is_eos: eos,
		alternatives: [{content, confidence: 1, ...(speaker !== undefined && {speaker})}],
	};
}
