import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileName} from '../../platform/file-name.ts';
import {openInEditor, openInPager} from './handover.ts';

/**
 * Shows a text in the user's pager or editor, out of a file that nobody else can read and that is gone afterwards.
 *
 * @param name of that file, without its ending
 * @throws as `openInPager`
 */
export async function showText(text: string, name: string, program: 'pager' | 'editor'): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'speechdeck-'));
	try {
		const path = join(folder, fileName(name, '.txt'));
		await writeFile(path, text, {mode: 0o600});
		await showFile(path, program);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

/** Shows a file in the user's pager or editor. @throws as `openInPager` */
export function showFile(path: string, program: 'pager' | 'editor'): Promise<void> {
	return program === 'pager' ? openInPager(path) : openInEditor(path);
}
