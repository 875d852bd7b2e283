/** One thing that is looked at, and how all of them are: at the same time, each within its time. */
import {messageOf} from '../platform/message-of.ts';
import {printable} from '../platform/printable.ts';
import {type Clock, systemClock} from '../speechmatics/clock.ts';

export type CheckId =
	| 'program'
	| 'configuration'
	| 'folders'
	| 'keychain'
	| 'key'
	| 'clock'
	| 'batch'
	| 'realtime'
	| 'proxy'
	| 'portaudio'
	| 'microphone'
	| 'ffmpeg'
	| 'terminal';

/**
 * What was found. An `error` stops work that the program is made for; a `warn` stops a part of it, or may; what is
 * `skipped` could not be looked at, or need not.
 */
export type Finding =
	| {readonly state: 'ok' | 'skipped'; readonly facts: string; readonly remedy?: undefined}
	/** `remedy` says what to do, as a whole sentence. */
	| {readonly state: 'warn' | 'error'; readonly facts: string; readonly remedy: string};

export interface Check {
	readonly id: CheckId;
	/** One or two words. */
	readonly title: string;
	/** What to do where it does not end in time. */
	readonly late: string;
	/** @param signal aborts when nobody waits for it any more */
	run(signal: AbortSignal): Promise<Finding>;
}

/** Facts and remedy are safe to be shown, and hold no secret. */
export type CheckResult = Finding & Pick<Check, 'id' | 'title'>;

export interface ExamineOptions {
	readonly signal?: AbortSignal;
	/** Called with each result as it comes. */
	readonly onResult?: (result: CheckResult) => void;
	readonly clock?: Clock;
}

/** A network that says nothing is given up after 5 s, with a better sentence; this is for what hangs all the same. */
const LONGEST_CHECK = 6000;

/**
 * Runs all checks at once. None of them can fail or hang the others.
 *
 * @returns the results in the order of the checks
 * @throws the signal's reason
 */
export function examine(
	checks: readonly Check[],
	{signal = new AbortController().signal, onResult = () => {}, clock = systemClock}: ExamineOptions = {},
): Promise<CheckResult[]> {
	return Promise.all(
		checks.map(async (check) => {
			const {state, facts, remedy} = await findingOf(check, signal, clock);
			signal.throwIfAborted();
			const {id, title} = check;
			const said = {id, title, state, facts: printable(facts)};
			const result = (remedy === undefined ? said : {...said, remedy: printable(remedy)}) as CheckResult;
			onResult(result);
			return result;
		}),
	);
}

async function findingOf({run, late}: Check, signal: AbortSignal, clock: Clock): Promise<Finding> {
	const over = new AbortController();
	const stop = AbortSignal.any([signal, over.signal]);
	const tooLong = clock.sleep(LONGEST_CHECK, stop).then(
		(): Finding => ({
			state: 'error',
			facts: `no answer in ${LONGEST_CHECK / 1000} s`,
			remedy: late,
		}),
	);
	try {
		return await Promise.race([run(stop), tooLong]);
	} catch (error) {
		signal.throwIfAborted();
		return {
			state: 'error',
			facts: `could not be looked at: ${messageOf(error)}`,
			remedy: 'Run "speechdeck support", and report this with the file it writes.',
		};
	} finally {
		over.abort();
	}
}

/** The worst that was found: `error` before `warn` before the rest. */
export function worst(results: readonly CheckResult[]): 'ok' | 'warn' | 'error' {
	const has = (wanted: CheckResult['state']) => results.some(({state}) => state === wanted);
	return has('error') ? 'error' : has('warn') ? 'warn' : 'ok';
}

/** The same text, to stand within a sentence. */
export function uncapital(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
