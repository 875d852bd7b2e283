/** What the viewer does outside of the screen. */
import {existsSync} from 'node:fs';
import {type OutputFormat, renderTranscript} from '../../captions/render.ts';
import {copyText} from '../../platform/clipboard.ts';
import {findPlayer} from '../../platform/player.ts';
import {writeOutputs} from '../../realtime/outputs.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import {showFile, showText} from '../terminal/shown-text.ts';
import type {ViewerOptions} from './transcript-viewer.ts';

/** The options of a viewer in this terminal. @param write to the terminal */
export function viewerEffects(
	write: (sequence: string) => void = (sequence) => process.stdout.write(sequence),
): Pick<ViewerOptions, 'copy' | 'export' | 'player' | 'show'> {
	return {
		copy: (text) => copyText(text, {write}),
		export: exportDocument,
		player: findPlayer(),
		show: showDocument,
	};
}

/**
 * Writes a document and its translations, over no file that is there; what was written before is not written again.
 *
 * @returns the files, those of before among them
 * @throws the file system's error, or a sentence
 */
export async function exportDocument(
	{transcript, title, place}: ViewedDocument,
	formats: readonly OutputFormat[],
): Promise<readonly string[]> {
	if (place === undefined) throw new Error('no file may be written of this');
	const paths: string[] = [];
	for (const format of formats) {
		const rendering = {title, ...place.rendering};
		paths.push(...(await writeOutputs(transcript, {...place, formats: [format], rendering})));
	}
	return paths;
}

/** Its saved text, or one made for this. */
export async function showDocument(
	{savedPath, transcript, title}: ViewedDocument,
	program: 'pager' | 'editor',
): Promise<void> {
	if (savedPath !== undefined && existsSync(savedPath)) await showFile(savedPath, program);
	else await showText(renderTranscript(transcript, 'txt'), title, program);
}
