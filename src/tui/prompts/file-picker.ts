import {resolve} from 'node:path';
import {createPrompt, useEffect, useKeypress, useState} from '@inquirer/core';
import {ask, type PromptStreams} from './ask.ts';
import {countAudio, readFolder} from './folder-reader.ts';
import {folderCounted, folderRead, keyPressed, openedPicker, type PickerKey} from './picker-state.ts';
import {pageSize, pickerLines, type ScreenSize} from './picker-view.ts';

/** What was picked, and the folder to begin in the next time. */
export interface Picked {
	/** Absolute; a folder stands for all audio below it. */
	readonly paths: string[];
	readonly folder: string;
}

type PickerOutput = NodeJS.WritableStream & {readonly columns?: number; readonly rows?: number};

const HIDE_CURSOR = '\u001B[?25l';
const CLEAR = '\u001B[2J\u001B[H';

/**
 * Lets the user pick recordings and folders in the terminal.
 *
 * @param options.folder where to begin
 * @returns undefined where the user picked nothing after all
 */
export async function pickFiles({
	folder,
	mark,
	streams,
}: {
	readonly folder: string;
	/** Stands on the screen all the time, such as `DEMO`. */
	readonly mark?: string;
	readonly streams?: PromptStreams;
}): Promise<Picked | undefined> {
	const output: PickerOutput = streams?.output ?? process.stdout;
	const answer = await ask((context) => filePicker({folder: resolve(folder), mark, output}, context), {
		streams,
		ownsEscape: true,
		ownsScreen: true,
	});
	return answer.type === 'given' ? answer.value : undefined;
}

const filePicker = createPrompt<
	Picked | undefined,
	{folder: string; mark: string | undefined; output: PickerOutput}
>(({folder, mark, output}, done) => {
	const [state, setState] = useState(openedPicker(folder));
	const [size, setSize] = useState<ScreenSize>(sizeOf(output));

	useEffect(() => {
		const onResize = () => {
			// Lines that were wrapped by a narrower screen are more than Inquirer would erase.
			output.write(CLEAR);
			setSize(sizeOf(output));
		};
		output.on('resize', onResize);
		return () => output.off('resize', onResize);
	}, []);

	useEffect(() => {
		const current = state.folder;
		let isLeft = false;
		const tell = (outcome: Parameters<typeof folderRead>[2]) => {
			if (!isLeft) setState((state) => folderRead(state, current, outcome));
		};
		readFolder(current).then(
			(entries) => tell({entries}),
			({message: problem}: Error) => tell({problem}),
		);
		return () => {
			isLeft = true;
		};
	}, [state.folder]);

	const uncounted = [...state.marked].find(([, amount]) => amount === undefined)?.[0];
	useEffect(() => {
		if (uncounted === undefined) return;
		const counting = new AbortController();
		countAudio(uncounted, counting.signal).then((amount) => {
			if (!counting.signal.aborted) setState((state) => folderCounted(state, uncounted, amount));
		});
		return () => counting.abort();
	}, [uncounted]);

	useKeypress((key, readline) => {
		// What readline has gathered as a line would move its cursor.
		readline.clearLine(0);
		setState((state) => keyPressed(state, key as PickerKey, pageSize(size)));
	});

	if (state.result === 'cancelled') done(undefined);
	else if (state.result !== undefined) done({paths: [...state.result], folder: state.folder});
	return pickerLines(state, size, mark).join('\n') + HIDE_CURSOR;
});

function sizeOf({columns = 80, rows = 24}: PickerOutput): ScreenSize {
	return {columns, rows};
}
