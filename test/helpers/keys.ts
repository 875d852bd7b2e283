const NAMED: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	'shift+tab': '\x1b[Z',
	escape: '\x1b',
	space: ' ',
	backspace: '\x7f',
	insert: '\x1b[2~',
	delete: '\x1b[3~',
	pageup: '\x1b[5~',
	pagedown: '\x1b[6~',
	f1: '\x1bOP',
	f2: '\x1bOQ',
	f3: '\x1bOR',
	f4: '\x1bOS',
	f5: '\x1b[15~',
};

/** Keys whose bytes depend on the cursor key mode, and which take modifiers. */
const CURSOR: Readonly<Record<string, string>> = {
	up: 'A',
	down: 'B',
	right: 'C',
	left: 'D',
	end: 'F',
	home: 'H',
};

/** The number xterm gives a modifier in a cursor key's report. */
const MODIFIERS: Readonly<Record<string, number>> = {shift: 2, alt: 3, ctrl: 5};

/**
 * What a terminal sends for a key.
 *
 * @param key a name such as `enter`, `pageup`, `ctrl+c`, `alt+x`, `shift+up`, or a single character
 * @param application whether the program has asked for application cursor keys, as pagers and editors do
 * @throws when there is no such key
 */
export function keyBytes(key: string, application = false): string {
	const named = NAMED[key];
	if (named !== undefined) return named;
	const cursor = CURSOR[key];
	if (cursor !== undefined) return `\x1b${application ? 'O' : '['}${cursor}`;
	const [, modifier, base] = /^(shift|alt|ctrl)\+(.+)$/.exec(key) ?? [];
	if (modifier !== undefined && base !== undefined) {
		if (CURSOR[base] !== undefined) return `\x1b[1;${MODIFIERS[modifier]}${CURSOR[base]}`;
		if (modifier === 'alt') return `\x1b${keyBytes(base)}`;
		if (modifier === 'ctrl' && base === 'space') return '\0';
		// The control characters are the letters without their three top bits.
		if (modifier === 'ctrl' && /^[a-z[\\\]^_]$/.test(base))
			return String.fromCharCode(base.toUpperCase().charCodeAt(0) & 0x1f);
	}
	if ([...key].length === 1) return key;
	throw new Error(`There is no key "${key}".`);
}
