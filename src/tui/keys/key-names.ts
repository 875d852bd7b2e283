import type {Key} from 'ink';

const SPECIAL: ReadonlyArray<readonly [keyof Key, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

/** Keys that come as plain characters when several are typed at once. */
const CHARACTERS: Readonly<Record<string, string>> = {
	' ': 'space',
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\b': 'backspace',
	'\u007F': 'backspace',
};

/** Before the name of a key that was let go. */
export const RELEASE = 'release:';

/**
 * The keys of one input event by name: `up`, `enter`, `shift+tab`, `ctrl+c`, `space`, or the character itself.
 * Fast typing may bring several at once. A key that was let go, where the terminal tells it, is `release:` and its name
 * without Shift, Ctrl and Alt, which may be let go before it.
 */
export function keyNames(input: string, key: Key): string[] {
	if (key.eventType === 'release') {
		const held = {...key, eventType: 'press', shift: false, ctrl: false, meta: false} as const;
		return keyNames(input, held).map((name) => RELEASE + name);
	}
	if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
	const special = SPECIAL.find(([name]) => key[name]);
	if (special !== undefined) return [special[1]];
	if (key.ctrl) return [`ctrl+${input}`];
	if (key.meta) return [`alt+${input}`];
	// A terminal that tells apart that a key is held names the key, and not what it types.
	const typed = key.eventType === 'repeat' && key.shift ? input.toUpperCase() : input;
	return [...typed].map((character) => CHARACTERS[character] ?? controlName(character) ?? character);
}

/** `ctrl+u` where it comes as the character that a terminal sends for it. */
function controlName(character: string): string | undefined {
	const code = character.charCodeAt(0);
	return code >= 1 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : undefined;
}

const SHOWN: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	escape: 'Esc',
	space: 'Space',
	tab: 'Tab',
	'shift+tab': 'Shift-Tab',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	backspace: 'Backspace',
	delete: 'Del',
};

/** A key's name as people write it: `Ctrl-C`, `Enter`, `a`. */
export function shownKey(name: string): string {
	const control = /^ctrl\+(.)$/.exec(name);
	if (control !== null) return `Ctrl-${control[1]!.toUpperCase()}`;
	return SHOWN[name] ?? name;
}
