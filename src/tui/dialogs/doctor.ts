import {createStore} from 'zustand/vanilla';
import {type CheckResult, examine, worst} from '../../doctor/check.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {ControllerOptions} from '../controllers/controller-options.ts';
import {checkLines} from '../presentation/check-lines.ts';
import {type Line, span} from '../presentation/line.ts';
import type {BodySize, Dialog} from '../screens/screen.ts';
import {Scroll} from './scroll.ts';

interface DoctorState {
	readonly titles: ReadonlyArray<{readonly id: string; readonly title: string}>;
	readonly results: ReadonlyMap<string, CheckResult>;
}

/** Checks everything the program needs, and says what to do about what is missing. */
export function doctorDialog({services, open, tell}: ControllerOptions): Dialog | undefined {
	const {checkup} = services;
	if (checkup === undefined) return undefined;
	const store = createStore<DoctorState>(() => ({titles: [], results: new Map()}));
	const scroll = new Scroll();
	let running: AbortController | undefined;

	function run(): void {
		running?.abort();
		running = new AbortController();
		const {signal} = running;
		const checks = checkup!();
		store.setState({titles: checks, results: new Map()});
		scroll.toStart();
		const onResult = (result: CheckResult) =>
			store.setState(({results}) => ({results: new Map(results).set(result.id, result)}));
		examine(checks, {signal, onResult}).catch((error) => {
			if (!signal.aborted) tell(messageOf(error), 'problem');
		});
	}

	const close = () => {
		running?.abort();
		open(undefined);
	};
	const linesOf = (columns: number, glyphs = PLAIN) => {
		const {titles, results} = store.getState();
		return checkLines(titles, results, glyphs, columns);
	};
	run();
	return {
		stores: [store, scroll.store],
		lines: ({rows, columns}, {glyphs}) => scroll.shown(linesOf(columns, glyphs.checks), rows),
		status: () => statusLine(store.getState()),
		bindings({rows, columns}: BodySize) {
			return [
				{
					title: 'Checkup',
					bindings: [
						{
							keys: ['escape', 'q', 'enter', 'ctrl+c'],
							label: 'close',
							description: 'Close the checkup',
							inFooter: true,
							run: close,
						},
						{
							keys: ['r'],
							label: 'again',
							description: 'Check everything once more',
							inFooter: true,
							run,
						},
						...scroll.bindings(linesOf(columns).length, rows),
					],
				},
			];
		},
	};
}

/** Enough to count lines with. */
const PLAIN = {ok: '', warn: '', error: '', skipped: '', checking: ''};

function statusLine({titles, results}: DoctorState): Line {
	if (results.size < titles.length) return [span(` Checking: ${results.size} of ${titles.length}`, 'accent')];
	const all = [...results.values()];
	const count = (state: CheckResult['state']) => all.filter((result) => result.state === state).length;
	const warnings = count('warn') === 0 ? '' : `, ${count('warn')} to look at`;
	switch (worst(all)) {
		case 'error':
			return [span(` ${count('error')} wrong${warnings}: what to do stands below each`, 'error')];
		case 'warn':
			return [span(` Nothing is wrong${warnings}`, 'warn')];
		default:
			return [span(' All is well', 'ok')];
	}
}
