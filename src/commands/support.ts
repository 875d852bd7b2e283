/** `speechdeck support`: one file with all that support asks for. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {printable} from '../platform/printable.ts';
import {EXIT, UsageError} from './failure.ts';
import {findSession} from './sessions/find.ts';
import type {Streams} from './streams.ts';
import {supportBundle} from './support/bundle.ts';

export interface SupportFlags {
	/** The id of a session, the beginning of it, or `last`. */
	readonly session?: string;
	readonly profile?: string;
	/** A file that is not there yet, or `-`. */
	readonly output?: string;
}

/** @returns the exit code */
export async function supportCommand(flags: SupportFlags, {out, err}: Streams): Promise<number> {
	const session = flags.session === undefined ? undefined : await findSession(flags.session);
	const {profile, output} = flags;
	const text = bundleText(await supportBundle({environment: process.env, profile, session}));
	if (output === '-') {
		out.write(text);
		return EXIT.ok;
	}
	const path = writeBundle(text, output ?? defaultName(new Date()));
	err.line(printable(`Saved ${path}`));
	err.line('It holds no key and no word that was said. Look through it before you send it.');
	return EXIT.ok;
}

/**
 * Writes a bundle into a folder, for the app's key.
 *
 * @returns the path
 * @throws UsageError where it cannot be written
 */
export async function saveSupportBundle(folder: string, profile?: string): Promise<string> {
	const now = new Date();
	const bundle = await supportBundle({environment: process.env, profile, now});
	return writeBundle(bundleText(bundle), join(folder, defaultName(now)));
}

/** Beyond ASCII nothing stands as it is: no terminal is told anything, and no editor asks for an encoding. */
function bundleText(bundle: object): string {
	const json = JSON.stringify(bundle, undefined, '\t').replace(
		/[\u007F-\uFFFF]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `${json}\n`;
}

/** For this user's eyes, until they give it away; never over another file. */
function writeBundle(text: string, path: string): string {
	try {
		writeFileSync(path, text, {flag: 'wx', mode: 0o600});
		return path;
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'EEXIST') throw new UsageError(`${path} is there already: name another file with --output`);
		throw new UsageError(`The bundle cannot be written: ${message}`);
	}
}

/** Such as `speechdeck-support-2026-01-31T090500Z.json`. */
function defaultName(now: Date): string {
	return `speechdeck-support-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.json`;
}
