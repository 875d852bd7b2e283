import type {BatchList} from '../controllers/batch-list.ts';
import type {Binding, BindingGroup} from './bindings.ts';

/** Back to all rows, and to no marks: what one looks for first where either is not so. */
export function wholeListBinding(list: BatchList): Binding {
	const {marked, filter} = list.store.getState();
	return {
		keys: ['escape'],
		label: filter === '' ? 'unmark' : 'show all',
		description: 'Show all again; then take the marks away',
		inFooter: true,
		disabled: () => (filter === '' && marked.size === 0 ? 'all is shown, nothing is marked' : undefined),
		run: () => {
			if (filter === '') list.unmark();
			else list.field.set('');
		},
	};
}

/** Sorting, filtering and marking. */
export function listBindings(list: BatchList): Binding[] {
	const isEmpty = () => (list.rows.length === 0 ? 'nothing is shown' : undefined);
	const {marked} = list.store.getState();
	return [
		{
			keys: ['space'],
			label: 'mark',
			description: 'Mark it; commands are for what is marked',
			inFooter: marked.size > 0,
			disabled: isEmpty,
			run: () => list.toggleMark(),
		},
		{
			keys: ['A'],
			label: 'mark all',
			description: 'Mark all that is shown, or none',
			disabled: isEmpty,
			run: () => list.toggleAllMarks(),
		},
		{
			keys: ['/'],
			label: 'filter',
			description: 'Show what has these words; !word: has not',
			inFooter: list.rows.length > 1,
			run: () => list.startTyping(),
		},
		{
			keys: ['S'],
			label: 'sort',
			description: 'Sort by name, state, size, length, time',
			disabled: isEmpty,
			run: () => list.sortBy(),
		},
		{
			keys: ['O'],
			label: 'turn round',
			description: 'Turn the order round',
			disabled: isEmpty,
			run: () => list.turnRound(),
		},
	];
}

/** While the filter is typed. */
export function filterBindings(list: BatchList): BindingGroup {
	return {
		title: 'Filter',
		bindings: [
			{
				keys: ['enter', 'down', 'up', 'tab'],
				label: 'keep',
				description: 'Go on with what is shown',
				inFooter: true,
				run: () => list.endTyping(true),
			},
			{
				keys: ['escape', 'ctrl+c'],
				label: 'show all',
				description: 'Show all again',
				inFooter: true,
				run: () => list.endTyping(false),
			},
		],
	};
}
