/** What runs, in what, on what. */
import {arch, platform, release} from 'node:os';
import {VERSION} from '../platform/version.ts';
import type {Check} from './check.ts';

export function programCheck(): Check {
	return {
		id: 'program',
		title: 'Program',
		late: 'Start the program again.',
		run: async () => ({
			state: 'ok',
			facts: `speechdeck ${VERSION}, ${runtimeName()}, ${platform()} ${release()} ${arch()}`,
		}),
	};
}

/** Such as `Bun 1.4.5`. */
export function runtimeName(
	versions: Readonly<Record<string, string | undefined>> = process.versions,
): string {
	const {bun, deno, node} = versions;
	if (bun !== undefined) return `Bun ${bun}`;
	return deno === undefined ? `Node ${node}` : `Deno ${deno}`;
}
