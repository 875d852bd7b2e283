/** What to do about what failed. */
import type {FailureCause} from './events.ts';

interface Remedy {
	/** A part of the service's reason. */
	readonly reason: RegExp;
	/** After a colon, without a full stop: as the commands say it. */
	readonly byCommand: string;
	/** In sentences, with the keys of the batch tab. */
	readonly inApp: string;
}

/** By the reasons the service gives for a job that failed; the first that fits. Source: batch OpenAPI and docs. */
const REJECTIONS: readonly Remedy[] = [
	{
		reason: /fetch/i,
		byCommand:
			'check that the address can be reached from outside, that its signature has not run out, and that it needs no login; then submit it again',
		inApp:
			'Check that the address can be reached from outside, that its signature has not run out, and that it needs no login; then r tries again.',
	},
	{
		reason: /identified language|language identification|speech found for language/i,
		byCommand: 'name the language when you submit it again: --language CODE',
		inApp: 'Name the language with c, then add the recording again.',
	},
	{
		reason: /audio|media|decod|format/i,
		byCommand: 'convert it and submit it again: ffmpeg -i FILE -ac 1 -ar 16000 OUT.wav',
		inApp: 'Convert it and add what comes out: ffmpeg -i FILE -ac 1 -ar 16000 OUT.wav',
	},
	{
		reason: /notification/i,
		byCommand: 'the transcript is not affected: get it with speechdeck jobs get',
		inApp: 'The transcript is not affected: r fetches it.',
	},
];

const CAUSES: Readonly<Record<FailureCause, string>> = {
	input: 'When that is mended, r tries again.',
	authentication: 'Quit, run "speechdeck login", and start again: r goes on from here.',
	service:
		'r tries again, and pays nothing twice. If it stays so, tell the support of Speechmatics the ids of the job and the request: y copies them.',
	output: 'When there is room, r writes the files again. The transcript is kept: no new job is made.',
	interrupted: 'The next start goes on with it.',
};

/** @param reason why the service rejected a job @returns what to do about it, or undefined where nothing is known */
export function remedyFor(reason: string): string | undefined {
	return rejection(reason)?.byCommand;
}

/** @param rejected whether the service took the job, and then said that nothing will come of it */
export function remedyInApp(cause: FailureCause, reason: string, rejected: boolean): string {
	// An upload may also be refused at once, for the same reasons.
	const isRefused = rejected || REFUSED.test(reason);
	return (isRefused ? rejection(reason)?.inApp : undefined) ?? CAUSES[cause];
}

const REFUSED = /\banswered 4\d\d\b/;

const rejection = (reason: string) => REJECTIONS.find((one) => one.reason.test(reason));
