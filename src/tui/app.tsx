import {Box, useApp, useInput, usePaste, useWindowSize} from 'ink';
import {Component, type ReactNode, useEffect} from 'react';
import {useStore} from 'zustand';
import {Lines} from './components/lines.tsx';
import type {AppController} from './controllers/app-controller.ts';
import {activeBindings, bindingsBelow} from './keys/active-bindings.ts';
import {dispatch} from './keys/bindings.ts';
import {keyNames} from './keys/key-names.ts';
import {footerLine} from './presentation/footer-lines.ts';
import {headerLines} from './presentation/header-lines.ts';
import {helpLines} from './presentation/help-lines.ts';
import {clipLine, filled, type Line, span} from './presentation/line.ts';
import {questionLines} from './presentation/question-lines.ts';
import {storedText} from './presentation/stored-text.ts';
import {useBatchScreen} from './screens/batch-screen.ts';
import {useRealtimeScreen} from './screens/realtime-screen.ts';
import {type Look, LookProvider, useLook} from './theme/look.tsx';

/** Below this there is no room for a screen that is of use. */
const SMALLEST = {columns: 40, rows: 10};

/** What a tab shows: the lines of its body and the line below it. */
export interface Screen {
	readonly body: readonly Line[];
	readonly status: Line;
	/** What runs there, for the tab's label; empty where nothing does. */
	readonly running: string;
}

export function App({app, look, onCrash}: {app: AppController; look: Look; onCrash: (error: Error) => void}) {
	return (
		<CrashGuard onCrash={onCrash}>
			<LookProvider value={look}>
				<Window app={app} />
			</LookProvider>
		</CrashGuard>
	);
}

function Window({app}: {app: AppController}) {
	const {columns, rows} = useWindowSize();
	const {exit, suspendTerminal} = useApp();
	const {glyphs} = useLook();
	const {tab, overlay, helpTop, notice, leaving} = useStore(app.store);
	// Header and rule above; status and footer below.
	const bodyRows = rows - 4;
	const batch = useBatchScreen(app, bodyRows, columns);
	const realtime = useRealtimeScreen(app, bodyRows, columns);
	const screen = tab === 'batch' ? batch : realtime;
	const size = {rows: bodyRows, columns};

	useEffect(() => app.attach({suspend: suspendTerminal, exit}), [app, exit, suspendTerminal]);
	useInput((input, key) => {
		for (const name of keyNames(input, key)) {
			// Nothing but the wish to leave at once counts while leaving.
			if (app.store.getState().leaving) name === 'ctrl+c' && void app.leave();
			// Each key may change what the next one means, so the bindings are asked for anew.
			else dispatch(name, activeBindings(app, size), (reason) => app.tell(`Not now: ${reason}`));
		}
	});
	usePaste((text) => void app.dropped(text));

	if (columns < SMALLEST.columns || rows < SMALLEST.rows) {
		const message = `Too small: ${SMALLEST.columns}x${SMALLEST.rows} is needed`;
		return <Lines lines={[clipLine([span(message)], columns)]} />;
	}
	const body =
		overlay === 'help'
			? helpLines(bindingsBelow(app, size), columns).slice(helpTop)
			: overlay === 'quit'
				? quitLines(app, bodyRows, columns)
				: overlay === 'recover'
					? recoverLines(app, bodyRows, columns)
					: screen.body;
	const status: Line = leaving
		? [span(' Finishing what is running… Ctrl-C leaves at once', 'warn')]
		: notice !== undefined
			? [span(` ${notice.text}`, notice.kind === 'problem' ? 'error' : 'accent')]
			: screen.status;
	const header = {tab, batch: batch.running, realtime: realtime.running, demo: app.services.demo};
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			<Lines
				lines={[
					...headerLines(header, glyphs, columns),
					...filled(body, bodyRows),
					clipLine(status, columns),
					clipLine(footerLine(activeBindings(app, size), columns), columns),
				]}
			/>
		</Box>
	);
}

function quitLines({running, consequences}: AppController, rows: number, columns: number): Line[] {
	const what =
		running.length === 0 ? 'Nothing is running any more' : `Still running: ${running.join(' and ')}`;
	return questionLines(what, 'Quit?', consequences, rows, columns);
}

function recoverLines({store}: AppController, rows: number, columns: number): Line[] {
	const [session, ...others] = store.getState().crashed;
	if (session === undefined) return [];
	const consequences = [
		'What was final is kept. What was recorded after its last word',
		'is sent to the service once more, to become words too.',
		...(others.length === 0 ? [] : [`${others.length} more broke off.`]),
	];
	const what = 'A session of an earlier run broke off';
	const question = `Recover ${storedText(session, new Date())}?`;
	return questionLines(what, question, consequences, rows, columns);
}

/** A fault in a screen must not leave a stack trace on the terminal. */
class CrashGuard extends Component<{onCrash: (error: Error) => void; children: ReactNode}> {
	override state = {crashed: false};

	static getDerivedStateFromError() {
		return {crashed: true};
	}

	override componentDidCatch(error: Error) {
		this.props.onCrash(error);
	}

	override render() {
		return this.state.crashed ? null : this.props.children;
	}
}
