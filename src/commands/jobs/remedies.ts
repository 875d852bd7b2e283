/** What to do about the reasons the service gives for a job that failed. Source: batch OpenAPI and docs. */

const REMEDIES: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/fetch/i,
		'check that the address can be reached from outside, that its signature has not run out, and that it needs no login; then submit it again',
	],
	[
		/identified language|language identification|speech found for language/i,
		'name the language when you submit it again: --language CODE',
	],
	[/audio|media|decod|format/i, 'convert it and submit it again: ffmpeg -i FILE -ac 1 -ar 16000 OUT.wav'],
	[/notification/i, 'the transcript is not affected: get it with speechdeck jobs get'],
];

/** @returns what to do about it, or undefined where nothing is known */
export function remedyFor(reason: string): string | undefined {
	return REMEDIES.find(([pattern]) => pattern.test(reason))?.[1];
}
