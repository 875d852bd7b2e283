import {useEffect, useReducer} from 'react';
import type {Watched} from '../screens/screen.ts';

/** Draws anew whenever one of these changes. @param watched the same array as long as they are the same */
export function useChanges(watched: readonly Watched[]): void {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	useEffect(() => {
		const ends = watched.map((one) => one.subscribe(redraw));
		// Something may have changed between the frame and this.
		redraw();
		return () => {
			for (const end of ends) end();
		};
	}, [watched]);
}
