import {Box, useApp, useInput, usePaste, useWindowSize} from 'ink';
import {Component, type ReactNode, useEffect, useMemo} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {LEAST_WINDOW} from '../doctor/terminal-check.ts';
import {Lines} from './components/lines.tsx';
import type {AppController} from './controllers/app-controller.ts';
import {keyNames, RELEASE} from './keys/key-names.ts';
import {press} from './keys/press.ts';
import {clipLine, span} from './presentation/line.ts';
import type {SpokenScreen} from './presentation/spoken-lines.ts';
import {windowOf} from './presentation/window.ts';
import {useChanges} from './stores/use-changes.ts';
import type {Pointer} from './terminal/pointer.ts';
import {type Look, LookProvider, useLook} from './theme/look.tsx';

export interface AppProps {
	readonly app: AppController;
	/** Changes when the terminal says that it is light or dark. */
	readonly look: StoreApi<Look>;
	readonly pointer: Pointer;
	/** There where the screen is read aloud. */
	readonly spoken: SpokenScreen | undefined;
	/** Called with every key. */
	readonly onKey: () => void;
	readonly onCrash: (error: Error) => void;
}

export function App(props: AppProps) {
	return (
		<CrashGuard onCrash={props.onCrash}>
			<LookProvider value={useStore(props.look)}>
				<Window {...props} />
			</LookProvider>
		</CrashGuard>
	);
}

function Window({app, pointer, spoken, onKey}: AppProps) {
	const {columns: shown, rows} = useWindowSize();
	const {exit, suspendTerminal} = useApp();
	const look = useLook();
	// What is read aloud need not be cut.
	const columns = spoken === undefined ? shown : Math.max(shown, SPOKEN_COLUMNS);
	useChanges(useMemo(() => app.watched, [app]));
	const {dialog} = app.store.getState();
	useChanges(dialog?.stores ?? NOTHING);
	const size = {columns, rows};

	useEffect(() => app.attach({suspend: suspendTerminal, exit}), [app, exit, suspendTerminal]);
	useInput((input, key) => {
		onKey();
		for (const name of keyNames(input, key)) {
			if (name.startsWith(RELEASE)) app.realtime.released(name.slice(RELEASE.length));
			else press(app, name, size);
		}
	});
	usePaste((text) => void app.dropped(text));

	if (columns < LEAST_WINDOW.columns || rows < LEAST_WINDOW.rows) {
		const message = `Too small: ${LEAST_WINDOW.columns}x${LEAST_WINDOW.rows} is needed`;
		return <Lines lines={[clipLine([span(message)], columns)]} />;
	}
	const {lines, targets} = windowOf(app, size, look);
	pointer.targets = targets;
	pointer.onKey = (name) => press(app, name, size);
	if (spoken !== undefined) return <Lines lines={spoken.next(lines)} />;
	return (
		<Box flexDirection="column" width={columns} height={rows}>
			<Lines lines={lines} />
		</Box>
	);
}

const NOTHING = [] as const;
const SPOKEN_COLUMNS = 200;

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
