import type {HistoryController} from '../controllers/history-controller.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** @param page rows of one page */
export function historyBindings(history: HistoryController, page: number): BindingGroup {
	return {
		title: 'History',
		bindings: [
			...readBindings(history),
			...narrowBindings(history),
			...fileBindings(history),
			...moves(history, page),
		],
	};
}

const isEmpty = (history: HistoryController) => () =>
	history.selected === undefined ? 'nothing is shown' : undefined;

function readBindings(history: HistoryController): Binding[] {
	return [
		{
			keys: ['enter', 'l', 'right'],
			label: 'read',
			description: 'Read it, from what was found on',
			inFooter: true,
			disabled: isEmpty(history),
			run: () => void history.open(),
		},
	];
}

function narrowBindings(history: HistoryController): Binding[] {
	const {search, list, store} = history;
	const {kind} = list.store.getState();
	const hasNothing = () =>
		list.store.getState().total === 0 && kind === undefined ? 'there is nothing yet' : undefined;
	return [
		{
			keys: ['/'],
			label: 'search',
			description: 'Find words, "phrases" or beginnings*',
			inFooter: true,
			disabled: hasNothing,
			run: () => search.startTyping(),
		},
		{
			keys: ['escape'],
			label: 'show all',
			description: 'Show all again',
			inFooter: search.isActive,
			disabled: () => (search.isActive ? undefined : 'all is shown'),
			run: () => search.clear(),
		},
		{
			keys: ['f'],
			label: kind === undefined ? 'only batch' : kind === 'batch' ? 'only live' : 'both kinds',
			description: 'Show all, batch only, or live only',
			inFooter: true,
			disabled: hasNothing,
			run: () => history.cycleKind(),
		},
		{
			keys: ['R'],
			label: 'refresh',
			description: 'Look for what is new at once',
			disabled: () =>
				store.getState().refreshing === undefined ? undefined : 'it is being brought up to date',
			run: () => history.refresh(),
		},
	];
}

function fileBindings(history: HistoryController): Binding[] {
	const disabled = isEmpty(history);
	return [
		{
			keys: ['o'],
			label: 'pager',
			description: 'Open its text in $PAGER',
			inFooter: true,
			disabled,
			run: () => void history.openWith('pager'),
		},
		{
			keys: ['e'],
			label: 'editor',
			description: 'Open its text in $EDITOR',
			inFooter: true,
			disabled,
			run: () => void history.openWith('editor'),
		},
		{
			keys: ['y'],
			label: 'copy path',
			description: 'Copy the path of its file or folder',
			inFooter: true,
			disabled,
			run: () => void history.copyPath(),
		},
		{
			keys: ['F'],
			label: 'folder',
			description: 'Show the folder of its files',
			disabled,
			run: () => void history.openFolder(),
		},
		{
			keys: ['D'],
			label: 'delete',
			description: 'Delete a session here; asks first',
			disabled,
			run: () => history.delete(),
		},
	];
}

function moves({search, list}: HistoryController, page: number): Binding[] {
	if (search.isActive) {
		return movement('row', page, {
			by: (rows) => search.moveBy(rows),
			toStart: () => search.moveTo(0),
			toEnd: () => search.moveToEnd(),
		});
	}
	return movement('entry', page, {
		by: (rows) => list.moveTo((cursor) => cursor + rows),
		toStart: () => list.moveTo(() => 0),
		toEnd: () => list.moveTo((_cursor, last) => last),
	});
}

/** While what is looked for is typed. */
export function historySearchBindings({search}: HistoryController): BindingGroup {
	return {
		title: 'Search',
		bindings: [
			{
				keys: ['enter', 'tab'],
				label: 'keep',
				description: 'Go on with what was found',
				inFooter: true,
				run: () => search.keep(),
			},
			{
				keys: ['escape', 'ctrl+c'],
				label: 'show all',
				description: 'Show all again',
				inFooter: true,
				run: () => search.clear(),
			},
			{
				keys: ['down'],
				label: 'down',
				description: 'Go on with what was found, a row down',
				moves: true,
				run: () => {
					search.keep();
					search.moveBy(1);
				},
			},
			{
				keys: ['up'],
				label: 'up',
				description: 'Go on with what was found',
				moves: true,
				run: () => search.keep(),
			},
		],
	};
}
