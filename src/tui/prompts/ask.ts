import {emitKeypressEvents, type Interface} from 'node:readline';
import {styleText} from 'node:util';
import {StdinHub, type TerminalInput} from '../terminal/stdin-hub.ts';

/** The streams of a prompt where they are not the process's own. */
export interface PromptStreams {
	readonly input?: TerminalInput;
	readonly output?: NodeJS.WritableStream;
}

/** What an Inquirer prompt takes beside its question. */
export interface PromptContext {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
	readonly signal: AbortSignal;
	readonly clearPromptOnDone: boolean;
}

/** How a choice among few looks: with signs that every terminal has. */
export const SELECT_THEME = {
	icon: {cursor: '>'},
	style: {keysHelpTip: () => styleText('dim', 'Up/Down move  Enter choose  Esc back')},
};

export type Answer<Value> =
	| {readonly type: 'given'; readonly value: Value}
	/** Esc: one step back. */
	| {readonly type: 'back'}
	/** Ctrl-C or Ctrl-D. */
	| {readonly type: 'interrupted'};

interface AskOptions {
	readonly streams?: PromptStreams | undefined;
	readonly ownsEscape?: boolean;
	readonly ownsScreen?: boolean;
}

const ENTER_SCREEN = '\u001B[?1049h\u001B[H';
const LEAVE_SCREEN = '\u001B[?1049l';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_Z = '\u001A';

/** The hub has told Escape from longer sequences already. Milliseconds; Node would wait for 500. */
const ESCAPE_PATIENCE = 5;

/** Keys for a prompt, without those that readline answers in its own way. */
class PromptInput extends StdinHub {
	override _transform(
		chunk: Buffer,
		_encoding: BufferEncoding,
		callback: (error: null, text: string) => void,
	) {
		// Ctrl-D closes readline, but Inquirer goes on waiting. Ctrl-Z stops this process, but not those it was started
		// through, so that no shell would take the terminal.
		callback(null, chunk.toString().replaceAll(CTRL_D, CTRL_C).replaceAll(CTRL_Z, ''));
	}
}

/**
 * Runs an Inquirer prompt on an input of its own, read only while the prompt is there.
 *
 * @param show starts the prompt with the context it is given
 * @param options.ownsEscape true for a prompt that handles Esc itself
 * @param options.ownsScreen true for a prompt that leaves no trace among what the shell has shown
 */
export async function ask<Value>(
	show: (context: PromptContext) => Promise<Value>,
	{streams = {}, ownsEscape = false, ownsScreen = false}: AskOptions = {},
): Promise<Answer<Value>> {
	const input = new PromptInput(streams.input);
	const leaving = new AbortController();
	emitKeypressEvents(input, {escapeCodeTimeout: ESCAPE_PATIENCE} as unknown as Interface);
	if (!ownsEscape) {
		input.on('keypress', (_text, key: {name?: string}) => {
			if (key.name === 'escape') leaving.abort();
		});
	}
	const output = streams.output ?? process.stdout;
	const leaveScreen = () => output.write(LEAVE_SCREEN);
	if (ownsScreen) {
		output.write(ENTER_SCREEN);
		process.once('exit', leaveScreen);
	}
	try {
		const value = await show({input, output, signal: leaving.signal, clearPromptOnDone: true});
		return {type: 'given', value};
	} catch (error) {
		const {name} = error as Error;
		if (name === 'AbortPromptError') return {type: 'back'};
		if (name === 'ExitPromptError') return {type: 'interrupted'};
		throw error;
	} finally {
		input.setRawMode(false);
		input.destroy();
		if (ownsScreen) {
			process.off('exit', leaveScreen);
			leaveScreen();
		}
	}
}
