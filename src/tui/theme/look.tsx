import {createContext, useContext} from 'react';
import {type Glyphs, glyphsFor} from './glyphs.ts';

/** What this terminal can show. */
export interface Look {
	readonly colour: boolean;
	readonly glyphs: Glyphs;
}

export function lookOf(environment: Readonly<Record<string, string | undefined>>, system: string): Look {
	return {colour: (environment.NO_COLOR ?? '') === '', glyphs: glyphsFor(environment, system)};
}

const LookContext = createContext<Look | undefined>(undefined);
export const LookProvider = LookContext.Provider;

export function useLook(): Look {
	const look = useContext(LookContext);
	if (look === undefined) throw new Error('The look is provided by the app');
	return look;
}
