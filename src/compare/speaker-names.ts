/** Gives the speakers of a second pass the names they had live. Pure. */
import type {Transcript} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {speakerOf} from '../speechmatics/transcript.ts';

/** What the service calls people by itself. */
const GENERIC_LABEL = /^S\d+$/;
/** The share of a speaker's time that somebody must have spoken live to be taken for them. */
const MOST = 0.5;

/**
 * Who spoke at the same time is the same person: each label becomes the name that was heard live during most of its
 * words. A name goes to one label only, the one with most of its time; who has none keeps the label.
 */
export function withNamesOf(live: Pick<Transcript, 'results'>, transcript: Transcript): Transcript {
	const names = namesByLabel(live.results, transcript.results);
	if (names.size === 0) return transcript;
	const named = (label: string) => names.get(label) ?? label;
	return {
		...transcript,
		results: transcript.results.map((result) => withSpeaker(result, named)),
		...(transcript.speakers && {
			speakers: transcript.speakers.map((speaker) => ({...speaker, label: named(speaker.label)})),
		}),
	};
}

function namesByLabel(
	live: readonly RecognitionResult[],
	results: readonly RecognitionResult[],
): Map<string, string> {
	const known = live.filter((result) => isNamed(speakerOf(result)) && result.end_time > result.start_time);
	const totals = new Map<string, number>();
	const shared = new Map<string, Map<string, number>>();
	let from = 0;
	for (const {start_time, end_time, ...result} of results) {
		const label = speakerOf(result as RecognitionResult);
		if (label === undefined || !GENERIC_LABEL.test(label)) continue;
		totals.set(label, (totals.get(label) ?? 0) + end_time - start_time);
		while (from < known.length && known[from]!.end_time <= start_time) from++;
		for (let index = from; index < known.length && known[index]!.start_time < end_time; index++) {
			const other = known[index]!;
			const time = Math.min(end_time, other.end_time) - Math.max(start_time, other.start_time);
			if (time <= 0) continue;
			const byName = shared.get(label) ?? new Map<string, number>();
			shared.set(label, byName);
			const name = speakerOf(other)!;
			byName.set(name, (byName.get(name) ?? 0) + time);
		}
	}
	const pairs = [...shared].flatMap(([label, byName]) =>
		[...byName].map(([name, time]) => ({label, name, time})),
	);
	const names = new Map<string, string>();
	for (const {label, name, time} of pairs.sort((one, other) => other.time - one.time)) {
		const isTaken = names.has(label) || [...names.values()].includes(name);
		if (!isTaken && time > MOST * totals.get(label)!) names.set(label, name);
	}
	return names;
}

function isNamed(speaker: string | undefined): boolean {
	return speaker !== undefined && speaker !== 'UU' && !GENERIC_LABEL.test(speaker);
}

function withSpeaker(result: RecognitionResult, named: (label: string) => string): RecognitionResult {
	const label = speakerOf(result);
	if (label === undefined || named(label) === label) return result;
	return {
		...result,
		alternatives: result.alternatives!.map((one) =>
			one.speaker ? {...one, speaker: named(one.speaker)} : one,
		),
	};
}
