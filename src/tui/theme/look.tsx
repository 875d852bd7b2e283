import {createContext, useContext} from 'react';
import {type Scheme, schemeOfEnvironment} from '../terminal/colour-scheme.ts';
import {type Glyphs, glyphsFor, UNICODE} from './glyphs.ts';

/** What this terminal can show, and how its user wants it. */
export interface Look {
	readonly colour: boolean;
	/** `undefined` where nobody knows: colours that are seen on both. */
	readonly scheme: Scheme | undefined;
	readonly glyphs: Glyphs;
	/** False: nothing moves that says nothing new. */
	readonly animations: boolean;
	/** True: what is shown is read aloud, so it is words, one below the other. */
	readonly screenReader: boolean;
}

export interface LookSettings {
	readonly theme?: 'auto' | Scheme | undefined;
	/** Default: where the way to the terminal is short, and it can move its cursor. */
	readonly animations?: boolean | undefined;
}

export function lookOf(
	environment: Readonly<Record<string, string | undefined>>,
	system: string,
	{theme = 'auto', animations}: LookSettings = {},
): Look {
	const {NO_COLOR, TERM, SSH_CONNECTION, SSH_TTY, INK_SCREEN_READER} = environment;
	const screenReader = INK_SCREEN_READER === 'true' || TERM === 'dumb';
	const isNear = !SSH_CONNECTION && !SSH_TTY;
	return {
		colour: (NO_COLOR ?? '') === '' && TERM !== 'dumb',
		scheme: theme === 'auto' ? schemeOfEnvironment(environment) : theme,
		// What is read aloud is put into words from the signs that mean one thing only.
		glyphs: screenReader ? UNICODE : glyphsFor(environment, system),
		animations: !screenReader && (animations ?? isNear),
		screenReader,
	};
}

const LookContext = createContext<Look | undefined>(undefined);
export const LookProvider = LookContext.Provider;

export function useLook(): Look {
	const look = useContext(LookContext);
	if (look === undefined) throw new Error('The look is provided by the app');
	return look;
}
