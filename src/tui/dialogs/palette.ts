import {createStore} from 'zustand/vanilla';
import type {AppController} from '../controllers/app-controller.ts';
import {globalBindings} from '../keys/app-bindings.ts';
import {type Binding, type BindingGroup, runBinding} from '../keys/bindings.ts';
import {type Command, paletteLines} from '../presentation/palette-lines.ts';
import {topFor} from '../presentation/scrolling.ts';
import type {BodySize, Dialog} from '../screens/screen.ts';
import {TextField} from '../stores/text-field.ts';

/** What is typed, and the rule below it. */
const ABOVE = 2;

/** Everything that can be done, here and on the other tabs, to be found by a word of it. */
export function paletteDialog(app: AppController): Dialog {
	const field = new TextField();
	const store = createStore(() => ({cursor: 0}));
	field.store.subscribe(() => store.setState({cursor: 0}));
	const found = (size: BodySize) => matching(commandsOf(app, size), field.text);
	const move = (size: BodySize, by: number) =>
		store.setState(({cursor}) => ({
			cursor: Math.max(0, Math.min(found(size).length - 1, cursor + by)),
		}));
	const act = (command: Command | undefined) => {
		app.closeDialog();
		command?.run();
	};
	let top = 0;
	let shown: readonly Command[] = [];
	return {
		stores: [store, field.store],
		typing: () => field,
		lines(size, {glyphs}) {
			const commands = found(size);
			const {cursor} = store.getState();
			top = topFor(cursor, top, size.rows - ABOVE, commands.length);
			shown = commands.slice(top, top + size.rows - ABOVE);
			return paletteLines({field, commands, cursor, top}, glyphs, size.columns);
		},
		targets: () => shown.map((command, index) => ({row: index + ABOVE, run: () => act(command)})),
		bindings: (size) => [
			{
				title: 'Commands',
				bindings: [
					{
						keys: ['enter'],
						label: 'do it',
						description: 'Do what is selected',
						inFooter: true,
						disabled: () => (found(size).length === 0 ? 'nothing is called so' : undefined),
						run: () => act(found(size)[store.getState().cursor]),
					},
					{
						keys: ['escape', 'ctrl+c', 'ctrl+p'],
						label: 'close',
						description: 'Close the commands',
						inFooter: true,
						run: () => app.closeDialog(),
					},
					...[
						{keys: ['up'], label: 'up', description: 'One up', by: -1},
						{keys: ['down', 'tab'], label: 'down', description: 'One down', by: 1},
						{keys: ['pageup'], label: 'page up', description: 'A page up', by: -(size.rows - ABOVE)},
						{keys: ['pagedown'], label: 'page down', description: 'A page down', by: size.rows - ABOVE},
					].map(({by, ...binding}) => ({...binding, moves: true, run: () => move(size, by)})),
				],
			},
		],
	};
}

/** What is shown comes first, then what works everywhere, then the other tabs. */
function commandsOf(app: AppController, size: BodySize): Command[] {
	const commands = ({title, bindings}: BindingGroup, before: () => void) =>
		bindings
			.filter(({moves}) => moves !== true)
			.map((binding): Command => commandOf(app, title, binding, before));
	const others = app.places.filter((place) => place !== app.place);
	return [
		...app.place.bindings(size).flatMap((group) => commands(group, () => {})),
		...commands(globalBindings(app), () => {}),
		...others.flatMap((place) =>
			place.bindings(size).flatMap((group) => commands(group, () => app.show(place.tab))),
		),
	];
}

function commandOf(app: AppController, title: string, binding: Binding, before: () => void): Command {
	return {
		title,
		binding,
		reason: binding.disabled?.(),
		run() {
			const run = () => {
				before();
				binding.run();
			};
			runBinding({...binding, run}, app.notices.tellNotNow);
		},
	};
}

/** Those that have every typed word; what does something now stands before what does not. */
function matching(commands: readonly Command[], typed: string): Command[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const found = commands.filter(({title, binding: {label, description}}) => {
		const text = `${title} ${label} ${description}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
	return [
		...found.filter(({reason}) => reason === undefined),
		...found.filter(({reason}) => reason !== undefined),
	];
}
