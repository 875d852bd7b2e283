/** What terminals are told in control characters. Source: xterm control sequences. */
import {printable} from '../../platform/printable.ts';

/** Private modes that this program switches on. */
export const MODE = {
	/** Presses, releases and the wheel. */
	mouse: 1000,
	/** Focus gained and lost. */
	focus: 1004,
	/** Mouse reports in digits, for windows of any width. */
	mouseInDigits: 1006,
	/** Reports when the terminal goes from dark to light, or back. Source: contour, "VT extension: color palette updates". */
	scheme: 2031,
} as const;

export const BELL = '\u0007';

/** Leaves the title on the terminal's stack, and takes it from there. */
export const PUSH_TITLE = '\u001B[22;2t';
export const POP_TITLE = '\u001B[23;2t';

export const modesOn = (...modes: readonly number[]) => modes.map((mode) => `\u001B[?${mode}h`).join('');
export const modesOff = (...modes: readonly number[]) => modes.map((mode) => `\u001B[?${mode}l`).join('');

/** An operating system command. It ends with BEL, which the oldest terminals know too. */
export const osc = (...parts: ReadonlyArray<string | number>) => `\u001B]${parts.join(';')}${BELL}`;

/** Text that can stand within a command: without anything that would end it, or move the cursor after it. */
export function oscText(text: string): string {
	return printable(text).replaceAll('\uFFFD', '');
}
