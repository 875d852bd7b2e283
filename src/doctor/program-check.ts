/** What runs, in what, on what. */
import {arch, platform, release} from 'node:os';
import {runtimeName, VERSION} from '../platform/version.ts';
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
