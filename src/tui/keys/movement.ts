import type {Binding} from './bindings.ts';

/** A key that only moves. */
export function move(keys: readonly string[], label: string, description: string, run: () => void): Binding {
	return {keys, label, description, moves: true, run};
}

/** The keys that move through a list or a text, the same everywhere. */
export function movement(
	what: string,
	page: number,
	{by, toStart, toEnd}: {by: (rows: number) => void; toStart: () => void; toEnd: () => void},
): Binding[] {
	return [
		move(['up', 'k'], 'up', `One ${what} up`, () => by(-1)),
		move(['down', 'j'], 'down', `One ${what} down`, () => by(1)),
		move(['pageup', 'ctrl+u'], 'page up', 'A page up', () => by(-page)),
		move(['pagedown', 'ctrl+d'], 'page down', 'A page down', () => by(page)),
		move(['g', 'home'], 'first', 'To the start', toStart),
		move(['G', 'end'], 'last', 'To the end', toEnd),
	];
}
