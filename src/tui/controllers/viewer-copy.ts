import {renderTranscript, SIMULATED_MARK} from '../../captions/render.ts';
import type {Copied} from '../../platform/clipboard.ts';
import {messageOf} from '../../platform/message-of.ts';
import type {Section} from '../reading/sections.ts';
import type {ViewedDocument} from '../reading/viewed-document.ts';
import type {Tell} from './notices.ts';

/**
 * Copies a line's text, or all of a section, and tells what became of it.
 *
 * @param line by its index; `undefined`: all
 */
export async function copySection(
	document: ViewedDocument,
	section: Section,
	line: number | undefined,
	{copy, tell}: {readonly copy: (text: string) => Promise<Copied>; readonly tell: Tell},
): Promise<void> {
	const all = section.isTranscript ? 'the whole text' : 'the whole section';
	try {
		const {isWhole} = await copy(textToCopy(document, section, line));
		if (isWhole) tell(`Copied ${line === undefined ? all : 'the sentence'}`);
		else tell('That is more than a terminal can copy: s saves it to a file', 'problem');
	} catch (error) {
		tell(messageOf(error), 'problem');
	}
}

/** What the emulator made says so. */
function textToCopy(
	{transcript, simulated}: ViewedDocument,
	{isTranscript, text}: Section,
	line: number | undefined,
): string {
	if (line === undefined && isTranscript) return renderTranscript(transcript, 'txt');
	const chosen = line === undefined ? text.lines : [text.lines[line]!];
	const copied = chosen.map(({text}) => text).join('\n');
	return simulated ? `${SIMULATED_MARK} ${copied}` : copied;
}
