/** What the overlay page is told: all that it shows, small enough to be sent anew each time. */
import type {LiveView} from '../live-view.ts';

/** Sentences; the page shows as many rows of them as it was asked for. */
const SENTENCES = 8;

export interface OverlaySnapshot {
	/** Whether somebody is captioned now. */
	readonly isRunning: boolean;
	readonly state: string | undefined;
	readonly simulated: boolean;
	readonly direction: 'ltr' | 'rtl';
	readonly lines: readonly OverlayLine[];
}

export interface OverlayLine {
	/** The same as long as it is the same line; from 0. */
	readonly id: number;
	/** Absent where it is who spoke before. */
	readonly speaker?: string;
	/** Words that are final, then those seen twice, then those that may change any moment. */
	readonly text: string;
	readonly stable?: string;
	readonly unstable?: string;
	/** By language code. */
	readonly translations?: Readonly<Record<string, string>>;
}

export function snapshotOf(view: LiveView): OverlaySnapshot {
	const {lines, tails} = view;
	const shown: OverlayLine[] = [];
	for (let index = Math.max(0, lines.length - SENTENCES); index < lines.length; index++) {
		const line = lines[index]!;
		if (line.kind === 'gap' || line.kind === 'mark') continue;
		const tail = tails.find((one) => one.line === line);
		const isSame = line.speaker === undefined || line.speaker === lines[index - 1]?.speaker;
		const translations = Object.fromEntries(
			view.translationLanguages
				.map((language) => [language, view.translationOf(line, language)] as const)
				.filter(([, text]) => text !== ''),
		);
		shown.push({
			id: index,
			...(!isSame && {speaker: line.speaker!}),
			text: line.text,
			...(tail !== undefined && withSpace(tail)),
			...(Object.keys(translations).length > 0 && {translations}),
		});
	}
	let id = lines.length;
	let last = lines.at(-1)?.speaker;
	for (const {line, speaker, stable, unstable} of tails) {
		if (line !== undefined) continue;
		// What is final later must stand where it stands now.
		const isSame = speaker === undefined || speaker === last;
		shown.push({id, ...(!isSame && {speaker}), text: '', stable, unstable});
		id += 1;
		last = speaker;
	}
	return {
		isRunning: view.isRunning,
		state: view.state,
		simulated: view.simulated,
		direction: view.direction === 'right-to-left' ? 'rtl' : 'ltr',
		lines: shown,
	};
}

function withSpace({space, stable, unstable}: {space: string; stable: string; unstable: string}) {
	return stable === '' ? {stable, unstable: space + unstable} : {stable: space + stable, unstable};
}
