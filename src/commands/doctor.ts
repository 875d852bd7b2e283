/** `speechdeck doctor`: what works here, what does not, and what to do about it. */

import {demoAccount} from '../doctor/account.ts';
import {type CheckResult, examine, worst} from '../doctor/check.ts';
import {type CheckupOptions, checkup} from '../doctor/checkup.ts';
import {counted} from '../platform/units.ts';
import {VERSION} from '../platform/version.ts';
import {wrap} from '../platform/width.ts';
import {EXIT} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {startDemo} from './service.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface DoctorFlags {
	readonly json?: boolean;
	readonly demo?: boolean;
	readonly profile?: string;
}

const DEMO_NOTICE = 'SIMULATED: a service inside this program answers, not Speechmatics.';

/**
 * @param surroundings for tests
 * @returns the exit code: failed where something is wrong, authentication where that is the key alone
 */
export async function doctorCommand(
	{json = false, demo = false, profile}: DoctorFlags,
	{out, err}: Streams,
	surroundings: Partial<CheckupOptions> = {},
): Promise<number> {
	using interrupts = listenForInterrupts(() => {});
	const {signal} = interrupts;
	await using simulated = demo ? await startDemo() : undefined;
	const account = simulated && demoAccount({batch: simulated.batch.url, realtime: simulated.realtime.url});
	const checks = checkup({environment: process.env, profile, ...surroundings, ...(account && {account})});
	const width = Math.min(out.columns, WIDEST);
	if (demo && !json) err.line(DEMO_NOTICE);

	const inOrder = new InOrder(
		checks.map(({id}) => id),
		(result) => {
			for (const line of resultLines(result, width)) out.line(line);
		},
	);
	try {
		const results = await examine(checks, {signal, onResult: (result) => json || inOrder.add(result)});
		if (json) out.line(ndjsonLine(documentOf(results, demo)));
		else for (const line of wrap(conclusion(results), width)) err.line(line);
		return exitCode(results);
	} catch (error) {
		if (!signal.aborted) throw error;
		err.line('Interrupted.');
		return EXIT.interrupted;
	}
}

/** Passes results on in a fixed order, each as soon as those before it are there. */
class InOrder {
	readonly #waiting = new Map<string, CheckResult>();
	readonly #next: string[];
	readonly #pass: (result: CheckResult) => void;

	constructor(ids: readonly string[], pass: (result: CheckResult) => void) {
		this.#next = [...ids];
		this.#pass = pass;
	}

	add(result: CheckResult): void {
		this.#waiting.set(result.id, result);
		for (let id = this.#next[0]; id !== undefined; id = this.#next[0]) {
			const next = this.#waiting.get(id);
			if (next === undefined) return;
			this.#pass(next);
			this.#next.shift();
		}
	}
}

const WIDEST = 80;
/** Columns of the word, and of the title with it. */
const WORD_COLUMNS = 9;
const HEAD_COLUMNS = WORD_COLUMNS + 18;
/** A window as narrow as this has the facts below the title. */
const NARROW = 50;
const INDENT = 4;

const WORDS: Readonly<Record<CheckResult['state'], string>> = {
	ok: 'ok',
	warn: 'warning',
	error: 'problem',
	skipped: 'skipped',
};

/** One check as lines of at most `width` columns. */
export function resultLines({state, title, facts, remedy}: CheckResult, width: number): string[] {
	const head = WORDS[state].padEnd(WORD_COLUMNS) + title;
	const indent = width < NARROW ? INDENT : HEAD_COLUMNS;
	const indented = (text: string) => wrap(text, width - indent).map((line) => ' '.repeat(indent) + line);
	const said = [...indented(facts), ...(remedy === undefined ? [] : indented(`-> ${remedy}`))];
	if (width < NARROW) return [head, ...said];
	return [head.padEnd(HEAD_COLUMNS) + said[0]!.slice(HEAD_COLUMNS), ...said.slice(1)];
}

function conclusion(results: readonly CheckResult[]): string {
	const count = (wanted: CheckResult['state']) => results.filter(({state}) => state === wanted).length;
	const [problems, warnings] = [count('error'), count('warn')];
	const told = [
		...(problems > 0 ? [counted(problems, 'problem')] : []),
		...(warnings > 0 ? [counted(warnings, 'warning')] : []),
	].join(' and ');
	if (told === '') return 'All is well.';
	return problems === 0
		? `All that is needed works; ${told} above.`
		: `Found ${told}: what to do is said after each arrow.`;
}

function documentOf(results: readonly CheckResult[], simulated: boolean): object {
	return {version: VERSION, state: worst(results), ...(simulated && {simulated}), checks: results};
}

function exitCode(results: readonly CheckResult[]): number {
	const wrong = results.filter(({state}) => state === 'error');
	if (wrong.length === 0) return EXIT.ok;
	return wrong.every(({id}) => id === 'key') ? EXIT.authentication : EXIT.failed;
}
