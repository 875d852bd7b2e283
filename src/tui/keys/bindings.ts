/** One record says all about a key: it feeds the router, the footer, the help and the palette. */

export interface Binding {
	/** Names as in key-names.ts; the first one is shown. None: it is found in the palette only. */
	readonly keys: readonly string[];
	/** A word or two, for the footer. */
	readonly label: string;
	/** A sentence, for the help. */
	readonly description: string;
	readonly run: () => void;
	/** Why it does nothing now; `undefined` where it does. */
	readonly disabled?: () => string | undefined;
	/** Shown in the footer while it does something. */
	readonly inFooter?: boolean;
	/** It only moves through what is shown: nothing to look for in the palette. */
	readonly moves?: boolean;
}

/** The bindings of one place, named for the help. */
export interface BindingGroup {
	readonly title: string;
	readonly bindings: readonly Binding[];
}

/**
 * Runs what a key is bound to. The first group that knows the key answers.
 *
 * @param onDisabled told why, where the binding does nothing now
 * @returns whether any group knows the key
 */
export function dispatch(
	key: string,
	groups: readonly BindingGroup[],
	onDisabled: (reason: string) => void,
): boolean {
	for (const {bindings} of groups) {
		const binding = bindings.find(({keys}) => keys.includes(key));
		if (binding === undefined) continue;
		runBinding(binding, onDisabled);
		return true;
	}
	return false;
}

/** Runs it, or tells why it does nothing now. */
export function runBinding({disabled, run}: Binding, onDisabled: (reason: string) => void): void {
	const reason = disabled?.();
	if (reason === undefined) run();
	else onDisabled(reason);
}
