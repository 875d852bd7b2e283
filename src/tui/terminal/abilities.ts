/** What a terminal takes beyond text and colours, as far as its environment tells. */

/** How a notification is sent. Source: iTerm2 (9), rxvt-unicode (777), kitty (99). */
export type NotificationCommand = 9 | 99 | 777;

export interface Abilities {
	/** False where nothing but text may be sent. */
	readonly controls: boolean;
	/** False where operating system commands are shown instead of obeyed. */
	readonly commands: boolean;
	/** Whether OSC 9;4 is progress there. To others it is a notification, and so one each time. */
	readonly progress: boolean;
	/** `undefined`: the bell has to do. */
	readonly notification: NotificationCommand | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function abilitiesOf(environment: Environment): Abilities {
	const {TERM = ''} = environment;
	const controls = TERM !== 'dumb';
	const commands = controls && TERM !== 'linux';
	// What is within tmux and its like does not reach the terminal, and what they were started from may be another by now.
	const isReached = commands && !isMultiplexed(environment);
	return {
		controls,
		commands,
		progress: isReached && takesProgress(environment),
		notification: isReached ? notificationOf(environment) : undefined,
	};
}

function isMultiplexed({TERM = '', TMUX, STY, ZELLIJ}: Environment): boolean {
	return Boolean(TMUX || STY || ZELLIJ) || /^(screen|tmux)/.test(TERM);
}

/**
 * Sources: each terminal's release notes. iTerm2 took it for a notification up to 3.6.5, and says since 3.6.6 in
 * TERM_FEATURES (`P`) that it no longer does; Ptyxis since 48; VTE since 0.79.
 */
function takesProgress(environment: Environment): boolean {
	const {TERM, TERM_PROGRAM, TERM_FEATURES, WT_SESSION, ConEmuANSI, PTYXIS_VERSION, VTE_VERSION} =
		environment;
	return (
		TERM_PROGRAM === 'ghostty' ||
		TERM === 'xterm-ghostty' ||
		TERM_PROGRAM === 'WezTerm' ||
		TERM === 'wezterm' ||
		Boolean(WT_SESSION) ||
		ConEmuANSI === 'ON' ||
		Number.parseInt(PTYXIS_VERSION ?? '', 10) >= 48 ||
		Number(VTE_VERSION) >= 7900 ||
		(TERM_FEATURES?.match(/[A-Z][a-z]*\d*/g)?.includes('P') ?? false)
	);
}

function notificationOf({
	TERM = '',
	TERM_PROGRAM,
	KITTY_WINDOW_ID,
}: Environment): NotificationCommand | undefined {
	if (TERM === 'xterm-kitty' || KITTY_WINDOW_ID) return 99;
	if (TERM_PROGRAM === 'iTerm.app') return 9;
	const isOther = TERM_PROGRAM === 'ghostty' || TERM_PROGRAM === 'WezTerm';
	return isOther || /^(xterm-ghostty|wezterm|foot)/.test(TERM) ? 777 : undefined;
}
