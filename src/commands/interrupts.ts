import {EXIT} from './failure.ts';

/** How the user tells a running command to end. */
export interface Interrupts extends Disposable {
	/** Aborts at the first Ctrl-C, SIGTERM or hang-up. */
	readonly signal: AbortSignal;
}

/**
 * Listens for Ctrl-C and its like: the first one asks the command to end well, the second leaves at once.
 *
 * @param onFirst called at the first one, to tell the user what happens now
 */
export function listenForInterrupts(onFirst: () => void): Interrupts {
	const controller = new AbortController();
	const onSignal = () => {
		if (controller.signal.aborted) process.exit(EXIT.interrupted);
		onFirst();
		controller.abort();
	};
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.on(signal, onSignal);
	return {
		signal: controller.signal,
		[Symbol.dispose]() {
			for (const signal of signals) process.off(signal, onSignal);
		},
	};
}
