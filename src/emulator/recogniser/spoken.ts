/** What the recogniser has heard, before it takes the form that an API wants. */
import type {RecognitionResult} from '../../speechmatics/results.ts';

export interface Spoken {
	readonly type: 'word' | 'punctuation';
	readonly content: string;
	/** Seconds from the start of the audio. A mark has no length. */
	readonly start: number;
	readonly end: number;
	readonly speaker: string;
	/** Counted from 0, where each channel was listened to by itself. */
	readonly channel?: number;
	readonly confidence: number;
}

/** Word times of the service are multiples of this in all that was seen of it. */
const TIME_GRID = 0.04;

export function onTimeGrid(seconds: number): number {
	return Number((Math.round(seconds / TIME_GRID) * TIME_GRID).toFixed(2));
}

export function isSentenceEnd({type, content}: Spoken): boolean {
	return type === 'punctuation' && /^[.?!]$/.test(content);
}

/** A confidence that looks like one and is the same for the same word each time. */
export function confidenceOf(content: string): number {
	let sum = 0;
	for (const character of content) sum += character.charCodeAt(0);
	return 1 - (sum % 9) / 100;
}

export interface ResultOptions {
	readonly language: string;
	/** Speaker of an item as the API names it; `undefined` leaves the key out. */
	readonly speaker: (spoken: Spoken) => string | undefined;
}

/** The item as both APIs send it. Source: json-v2, result item. */
export function toResult(spoken: Spoken, {language, speaker}: ResultOptions): RecognitionResult {
	const {type, content, confidence} = spoken;
	const label = speaker(spoken);
	return {
		alternatives: [{confidence, content, language, ...(label === undefined ? {} : {speaker: label})}],
		...(type === 'punctuation' ? {attaches_to: 'previous', is_eos: isSentenceEnd(spoken)} : {}),
		end_time: spoken.end,
		start_time: spoken.start,
		type,
	};
}
