import type {TranscriptViewer} from '../controllers/transcript-viewer.ts';
import {viewerRows} from '../presentation/viewer-lines.ts';
import type {BodySize} from '../screens/screen.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {move, movement} from './movement.ts';

export interface ViewerKeys {
	/** What Esc does where nothing else is to be left. Default: closes the document. */
	readonly close?: () => void;
	/** What else can be done where it is read; not while something is typed or chosen. */
	readonly more?: readonly Binding[];
}

/**
 * The keys while a document is read.
 *
 * @param size of the body
 */
export function viewerBindings(
	viewer: TranscriptViewer,
	size: BodySize,
	{close = () => viewer.close(), more = []}: ViewerKeys = {},
): BindingGroup[] {
	if (viewer.chooser.store.getState().isOpen) return [formatBindings(viewer)];
	if (viewer.field !== undefined) return [searchBindings(viewer)];
	return [
		{
			title: viewer.section.title,
			bindings: [
				...leaveBindings(viewer, close),
				...findBindings(viewer),
				...(viewer.section.isTranscript ? wordBindings(viewer) : []),
				...documentBindings(viewer),
				...more,
				...sectionBindings(viewer),
				...movement('line', viewerRows(viewer, size.rows), {
					by: (rows) => viewer.moveRows(rows, size.columns),
					toStart: () => viewer.moveTo(0),
					toEnd: () => viewer.moveTo(Number.POSITIVE_INFINITY),
				}),
			],
		},
	];
}

function leaveBindings(viewer: TranscriptViewer, close: () => void): Binding[] {
	const isSearching = viewer.store.getState().query !== '';
	return [
		{
			keys: ['escape', ...(isSearching ? [] : ['backspace'])],
			label: isSearching ? 'forget' : 'back',
			description: isSearching ? 'Forget what was looked for' : 'Back to where you were',
			inFooter: true,
			run: () => (isSearching ? viewer.clearSearch() : close()),
		},
	];
}

function findBindings(viewer: TranscriptViewer): Binding[] {
	const hasNone = () => {
		if (viewer.store.getState().query === '') return 'nothing was looked for: press /';
		return viewer.found.count === 0 ? 'nothing was found' : undefined;
	};
	return [
		{
			keys: ['/'],
			label: 'search',
			description: 'Look for words in this text',
			inFooter: true,
			run: () => viewer.startSearch(),
		},
		{
			keys: ['n'],
			label: 'next',
			description: 'The next one found',
			inFooter: viewer.found.count > 0,
			disabled: hasNone,
			run: () => viewer.moveToHit(1),
		},
		{
			keys: ['N'],
			label: 'previous',
			description: 'The one found before',
			disabled: hasNone,
			run: () => viewer.moveToHit(-1),
		},
	];
}

function wordBindings(viewer: TranscriptViewer): Binding[] {
	const {threshold} = viewer.store.getState();
	const isSure = () => {
		if (threshold === 0) return 'no words are marked: press c';
		return viewer.unsureCount === 0 ? 'no word is marked' : undefined;
	};
	return [
		{
			keys: ['u'],
			label: 'unsure',
			description: 'The next word that may be wrong',
			inFooter: true,
			disabled: isSure,
			run: () => viewer.moveToUnsure(1),
		},
		{
			keys: ['U'],
			label: 'unsure before',
			description: 'The word before that may be wrong',
			disabled: isSure,
			run: () => viewer.moveToUnsure(-1),
		},
		{
			keys: ['c'],
			label: 'confidence',
			description: 'Mark words below 0.9, 0.5, or none',
			run: () => viewer.cycleThreshold(),
		},
	];
}

function documentBindings(viewer: TranscriptViewer): Binding[] {
	const {isTranscript} = viewer.section;
	const {isPlaying} = viewer.sound.store.getState();
	const document = viewer.store.getState().document!;
	const stop = {label: 'stop', description: 'Stop what is playing'};
	const play: Binding = {
		keys: isTranscript ? ['enter', 'space'] : ['space'],
		...(isPlaying ? stop : {label: 'play', description: 'Play the sentence from this word'}),
		inFooter: isTranscript || isPlaying,
		disabled: () => viewer.whyNoSound,
		run: () => viewer.play('sentence'),
	};
	const show: Binding = {
		keys: ['enter'],
		label: 'show',
		description: 'Show this place in the transcript',
		inFooter: true,
		run: () => viewer.showInTranscript(),
	};
	return [
		...(isTranscript ? [play] : [show, play]),
		{
			keys: ['p'],
			...(isPlaying ? stop : {label: 'play on', description: 'Play on from this word'}),
			disabled: () => viewer.whyNoSound,
			run: () => viewer.play('end'),
		},
		{
			keys: ['y'],
			label: 'copy',
			description: 'Copy this sentence',
			inFooter: true,
			run: () => void viewer.copy('sentence'),
		},
		{
			keys: ['Y'],
			label: 'copy all',
			description: 'Copy all of this text',
			run: () => void viewer.copy('all'),
		},
		{
			keys: ['s', 'x'],
			label: 'save',
			description: 'Save as text, captions, a document',
			inFooter: true,
			disabled: () => (document.place === undefined ? 'the demo writes no files' : undefined),
			run: () => viewer.chooser.open(),
		},
		{
			keys: ['o'],
			label: 'pager',
			description: 'Open it in $PAGER',
			run: () => void viewer.openWith('pager'),
		},
		{
			keys: ['e'],
			label: 'editor',
			description: 'Open it in $EDITOR',
			run: () => void viewer.openWith('editor'),
		},
	];
}

function sectionBindings(viewer: TranscriptViewer): Binding[] {
	const isAlone = () => (viewer.sections.length > 1 ? undefined : 'there is only the transcript');
	return [
		{
			keys: ['right', 'l'],
			label: 'section',
			description: 'The next section, such as chapters',
			inFooter: viewer.sections.length > 1,
			disabled: isAlone,
			run: () => viewer.switchSection(1),
		},
		{
			keys: ['left', 'h'],
			label: 'section before',
			description: 'The section before',
			disabled: isAlone,
			run: () => viewer.switchSection(-1),
		},
		move(['w'], 'word', 'One word on', () => viewer.moveWords(1)),
		move(['b'], 'word back', 'One word back', () => viewer.moveWords(-1)),
	];
}

/** While what is looked for is typed. */
function searchBindings(viewer: TranscriptViewer): BindingGroup {
	return {
		title: 'Search',
		bindings: [
			{
				keys: ['enter'],
				label: 'keep',
				description: 'Stay here; n goes on to the next',
				inFooter: true,
				run: () => viewer.keepSearch(),
			},
			{
				keys: ['escape', 'ctrl+c'],
				label: 'cancel',
				description: 'Back to where you were',
				inFooter: true,
				run: () => viewer.clearSearch(),
			},
			{
				keys: ['down', 'ctrl+n'],
				label: 'next',
				description: 'The next one found',
				moves: true,
				run: () => viewer.moveToHit(1),
			},
			{
				keys: ['up', 'ctrl+p'],
				label: 'previous',
				description: 'The one found before',
				moves: true,
				run: () => viewer.moveToHit(-1),
			},
		],
	};
}

/** While formats are chosen. */
export function formatBindings({chooser}: Pick<TranscriptViewer, 'chooser'>): BindingGroup {
	return {
		title: 'Save',
		bindings: [
			{
				keys: ['enter', 's'],
				label: 'save',
				description: 'Save in the chosen formats',
				inFooter: true,
				run: () => void chooser.save(),
			},
			{
				keys: ['space'],
				label: 'choose',
				description: 'Choose this format, or no longer',
				inFooter: true,
				run: () => chooser.toggle(),
			},
			{
				keys: ['escape', 'q', 'ctrl+c'],
				label: 'cancel',
				description: 'Save nothing',
				inFooter: true,
				run: () => chooser.close(),
			},
			...movement('format', 3, {
				by: (rows) => chooser.move(rows),
				toStart: () => chooser.move(Number.NEGATIVE_INFINITY),
				toEnd: () => chooser.move(Number.POSITIVE_INFINITY),
			}),
		],
	};
}
