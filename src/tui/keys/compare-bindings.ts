import type {CompareController} from '../controllers/compare-controller.ts';
import type {ReadDocument} from '../controllers/compare-reader.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

export interface CompareKeys {
	/** What is read now; `undefined` before the first comparison has ended. */
	readonly document: ReadDocument | undefined;
	/** How many there are to switch between. */
	readonly views: number;
	/** Rows of it that are seen. */
	readonly visible: number;
	readonly demo: boolean;
}

/** The keys of the tab, or of the question that is asked there. */
export function compareBindings(compare: CompareController, keys: CompareKeys): BindingGroup {
	if (compare.questions.asked !== undefined) return questionBindings(compare);
	return {
		title: 'Compare',
		bindings: [
			...runBindings(compare),
			...readBindings(compare, keys),
			...startBindings(compare, keys),
			...(keys.document === undefined ? [] : moves(compare, keys.document, keys.visible)),
		],
	};
}

function runBindings(compare: CompareController): Binding[] {
	return [
		{
			keys: ['x', ...(compare.running ? ['space'] : [])],
			label: 'stop',
			description: 'Stop both; the job itself goes on',
			inFooter: true,
			disabled: () => (compare.running ? undefined : 'nothing is running'),
			run: () => compare.stop(),
		},
	];
}

const whileRunning = (compare: CompareController) => () =>
	compare.running ? 'stop the comparison first' : undefined;

function readBindings(compare: CompareController, {document, views, visible}: CompareKeys): Binding[] {
	const {reader} = compare;
	const isEmpty = () =>
		whileRunning(compare)() ?? (document === undefined ? 'nothing was compared yet' : undefined);
	const hasNone = () => isEmpty() ?? (document?.places.length === 0 ? 'no word differs' : undefined);
	const move = (by: 1 | -1) => document && reader.moveToPlace(by, document, visible);
	const isReport = reader.store.getState().view === 0;
	return [
		{
			keys: ['v', 'right', 'l'],
			label: views > 2 || isReport ? 'texts' : 'report',
			description: 'Both whole texts, or the report again',
			inFooter: true,
			disabled: () => isEmpty() ?? (views < 2 ? 'there are no two texts' : undefined),
			run: () => reader.switchView(1, views),
		},
		{
			keys: ['left', 'h', ...(isReport ? [] : ['escape', 'backspace'])],
			label: 'back',
			description: 'The texts before, or the report',
			inFooter: !isReport,
			disabled: () => isEmpty() ?? (views < 2 ? 'there are no two texts' : undefined),
			run: () => reader.switchView(-1, views),
		},
		{
			keys: ['n'],
			label: 'next place',
			description: 'The next place where words differ',
			inFooter: true,
			disabled: hasNone,
			run: () => move(1),
		},
		{
			keys: ['N'],
			label: 'place before',
			description: 'The place before where words differ',
			disabled: hasNone,
			run: () => move(-1),
		},
		{
			keys: ['enter', ...(compare.running ? [] : ['space'])],
			...(reader.sound.store.getState().isPlaying
				? {label: 'hush', description: 'Stop what is playing'}
				: {label: 'play', description: 'Hear the place that is chosen'}),
			inFooter: true,
			disabled: () => isEmpty() ?? (document && reader.whyNoSound(document)),
			run: () => document && reader.play(document),
		},
		{
			keys: ['w'],
			label: 'save',
			description: 'Save the report and both transcripts',
			inFooter: true,
			disabled: () => isEmpty() ?? reader.whyNotSaved,
			run: () => void reader.save(),
		},
		{
			keys: ['y'],
			label: 'copy',
			description: 'Copy the report as text',
			inFooter: true,
			disabled: isEmpty,
			run: () => void reader.copy(),
		},
	];
}

function startBindings(compare: CompareController, {demo}: CompareKeys): Binding[] {
	const disabled = whileRunning(compare);
	const {comparison} = compare.store.getState();
	return [
		{
			keys: ['a', 'f'],
			label: 'pick a file',
			description: 'Pick a recording, and send it both ways',
			inFooter: true,
			disabled,
			run: () => void compare.pick(),
		},
		...(demo
			? [
					{
						keys: ['s'],
						label: 'sample',
						description: 'Compare with the bundled sample',
						inFooter: comparison === undefined,
						disabled,
						run: () => compare.compareSample(),
					},
				]
			: []),
		{
			keys: ['t'],
			label: 'what was said',
			description: 'Name a text that both are judged by',
			inFooter: true,
			disabled,
			run: () => compare.askForReference(),
		},
		{
			keys: ['c'],
			label: 'rates',
			description: 'Set what an hour costs you',
			inFooter: true,
			disabled: () => compare.whyNoRates,
			run: () => compare.askForRates(),
		},
		{
			keys: ['r'],
			label: 'again',
			description: 'The same recording once more',
			inFooter: comparison !== undefined,
			disabled: () => disabled() ?? (comparison === undefined ? 'nothing was compared yet' : undefined),
			run: () => compare.again(),
		},
	];
}

function moves({reader}: CompareController, document: ReadDocument, visible: number): Binding[] {
	return movement('line', visible, {
		by: (by) => reader.scrollTo((top) => top + by, document, visible),
		toStart: () => reader.scrollTo(() => 0, document, visible),
		toEnd: () => reader.scrollTo(() => Number.POSITIVE_INFINITY, document, visible),
	});
}

function questionBindings({questions}: CompareController): BindingGroup {
	const isLast = questions.asked?.more === 0;
	return {
		title: 'Question',
		bindings: [
			{
				keys: ['enter'],
				label: isLast ? 'keep' : 'next',
				description: 'Take what is typed; empty: none',
				inFooter: true,
				run: () => void questions.answer(),
			},
			{
				keys: ['escape', 'ctrl+c'],
				label: 'cancel',
				description: 'Leave it as it is',
				inFooter: true,
				run: () => questions.cancel(),
			},
		],
	};
}
