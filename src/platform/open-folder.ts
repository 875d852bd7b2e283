import {spawn} from 'node:child_process';

/** What shows a folder, by system. */
const PROGRAMS: Readonly<Record<string, string>> = {darwin: 'open', win32: 'explorer'};

/**
 * Shows a folder in the system's own window for folders.
 *
 * @throws Error in one sentence where there is no program that shows folders
 */
export async function openFolder(folder: string, system: string = process.platform): Promise<void> {
	const program = PROGRAMS[system] ?? 'xdg-open';
	await new Promise<void>((resolve, reject) => {
		const child = spawn(program, [folder], {detached: true, stdio: 'ignore'});
		child.on('error', () => reject(new Error(`There is no ${program} here to show ${folder} with`)));
		child.on('spawn', () => {
			child.unref();
			resolve();
		});
	});
}
