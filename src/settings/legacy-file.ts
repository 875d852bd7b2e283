/** `~/.speechmatics/config`, the file of the vendor's legacy CLI: TOML, one table a profile. */
import {join} from 'node:path';
import {parse} from 'smol-toml';
import {z} from 'zod';
import {readFileIfThere} from '../platform/private-file.ts';
import type {Sourced} from './origin.ts';

const text = z.string().trim().min(1).optional().catch(undefined);
const LegacyProfile = z.looseObject({auth_token: text, batch_url: text, realtime_url: text});

export interface LegacyProfile {
	readonly key: Sourced<string> | undefined;
	readonly batchUrl: Sourced<string> | undefined;
	readonly realtimeUrl: Sourced<string> | undefined;
}

export interface LegacyFile {
	readonly path: string;
	readonly profiles: ReadonlyMap<string, LegacyProfile>;
	/** One sentence, where the file is there and cannot be read. */
	readonly problem: string | undefined;
}

export const LEGACY_DEFAULT = 'default';

/** Reads leniently: another program's file must not stop this one. */
export function readLegacyFile(home: string | undefined): LegacyFile {
	const path = join(home ?? '/', '.speechmatics', 'config');
	if (home === undefined) return {path, profiles: new Map(), problem: undefined};
	try {
		return {path, profiles: profilesIn(readFileIfThere(path) ?? '', path), problem: undefined};
	} catch (error) {
		const why = (error as Error).message.split('\n')[0];
		return {path, profiles: new Map(), problem: `${path} of the legacy CLI cannot be read: ${why}`};
	}
}

function profilesIn(toml: string, path: string): Map<string, LegacyProfile> {
	const profiles = new Map<string, LegacyProfile>();
	for (const [profile, table] of Object.entries(parse(toml))) {
		const {success, data} = LegacyProfile.safeParse(table);
		if (!success) continue;
		const sourced = (value: string | undefined) =>
			value === undefined ? undefined : {value, origin: {kind: 'legacy', file: path, profile} as const};
		profiles.set(profile, {
			key: sourced(data.auth_token),
			batchUrl: sourced(data.batch_url),
			realtimeUrl: sourced(data.realtime_url),
		});
	}
	return profiles;
}
