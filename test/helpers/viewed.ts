/** Transcripts to be read in tests, and a viewer that tells what it was asked to do. */
import type {OutputFormat} from '../../src/captions/render.ts';
import type {Playback} from '../../src/platform/player.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {TranscriptViewer} from '../../src/tui/controllers/transcript-viewer.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {viewerBindings} from '../../src/tui/keys/viewer-bindings.ts';
import {viewerScreen} from '../../src/tui/presentation/viewer-lines.ts';
import type {ViewedDocument} from '../../src/tui/reading/viewed-document.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {text} from './presentation.ts';
import {mark, word} from './results.ts';

/**
 * Results of a text: a word a second; `S2:` begins what another speaker says, a `?` behind a word makes it unsure (0.5),
 * and a full stop ends a sentence.
 */
export function spoken(said: string): RecognitionResult[] {
	let speaker: string | undefined;
	let time = 0;
	return said.split(/\s+/).flatMap((part) => {
		const label = /^(\w+):$/.exec(part)?.[1];
		if (label !== undefined) {
			speaker = label;
			return [];
		}
		const [, content = '', doubt, stop] = /^(.*?)(\?)?(\.)?$/.exec(part)!;
		const said = word(content, time, speaker === undefined ? {} : {speaker});
		time += 1;
		const [alternative] = said.alternatives!;
		const sure = {...said, alternatives: [{...alternative!, confidence: doubt === undefined ? 0.95 : 0.5}]};
		return [
			sure,
			...(stop === undefined ? [] : [mark('.', time - 0.5, speaker === undefined ? {} : {speaker})]),
		];
	});
}

export function transcriptOf(said: string, more: Partial<Transcript> = {}): Transcript {
	const results = spoken(said);
	return {
		format: '2.9',
		job: {id: 'j', duration: results.at(-1)?.end_time ?? 0},
		metadata: {transcription_config: {language: 'en', operating_point: 'enhanced'}},
		results,
		...more,
	};
}

/** A viewer of a document in a window, driven by keys. */
export function viewing(
	said: string | Transcript,
	{columns = 80, rows = 20, ...document}: Partial<ViewedDocument> & {columns?: number; rows?: number} = {},
) {
	const size = {columns, rows};
	const told: string[] = [];
	const copied: string[] = [];
	const exported: OutputFormat[][] = [];
	const played: {path: string; from: number; seconds: number | undefined; isStopped: boolean; end(): void}[] =
		[];
	const shown: string[] = [];
	const viewer = new TranscriptViewer({
		tell: (text) => told.push(text),
		handOver: (work) => work(),
		copy: async (text) => {
			copied.push(text);
			return {by: undefined, isWhole: true};
		},
		export: async (_document, formats) => {
			exported.push([...formats]);
			return formats.map((format) => `/out/talk.${format}`);
		},
		player: {
			play(path, from, seconds): Playback {
				const {promise, resolve} = Promise.withResolvers<undefined>();
				const one = {path, from, seconds, isStopped: false, end: () => resolve(undefined)};
				played.push(one);
				return {
					ended: promise,
					stop: () => {
						one.isStopped = true;
						resolve(undefined);
					},
				};
			},
		},
		show: async (_document, program) => {
			shown.push(program);
		},
	});
	const transcript = typeof said === 'string' ? transcriptOf(said) : said;
	viewer.open({title: 'talk.wav', transcript, simulated: false, ...document});
	const look = lookOf({LANG: 'C.UTF-8'}, 'linux');
	const screen = () => viewerScreen(viewer, size, look);
	return {
		viewer,
		told,
		copied,
		exported,
		played,
		shown,
		size,
		/** Presses keys as the window does: what is typed goes into the field first. */
		press(...keys: string[]): void {
			for (const key of keys) {
				if (viewer.field?.take(key)) continue;
				dispatch(key, viewerBindings(viewer, size), (reason) => told.push(reason));
			}
		},
		type(letters: string): void {
			this.press(...[...letters].map((letter) => (letter === ' ' ? 'space' : letter)));
		},
		/** The word the cursor is on. */
		get word(): string {
			const {cursor} = viewer.store.getState();
			const {from, to} = viewer.text.word(cursor);
			return viewer.text.lines[viewer.text.lineOf(cursor)]!.text.slice(from, to);
		},
		screen,
		get body(): string[] {
			return screen().body.map(text);
		},
		get status(): string {
			return text(screen().status);
		},
	};
}
