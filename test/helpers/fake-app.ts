import {noCredentials} from '../../src/speechmatics/auth.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {AppController} from '../../src/tui/controllers/app-controller.ts';
import type {Services} from '../../src/tui/services.ts';

/** An app that has nothing to work with but what is given: enough to look at its screens and keys. */
export function fakeApp(services: Partial<Services> = {}): AppController {
	const nothing = {
		demo: false,
		batch: {
			takeOver: () => [],
			engine: {limits: {uploads: 1, running: 1}, rates: {submissions: 1, reads: 1}, clock: systemClock},
			order: {output: {to: 'print'}},
		},
		newRealtimeClient: () => new RealtimeClient({url: '', credentials: noCredentials}),
		realtimeStart: {transcriptionConfig: {language: 'en', max_delay: 2}},
		formats: ['txt'],
		outputDir: undefined,
		samplePath: undefined,
		warnings: [],
		...services,
	};
	return new AppController(nothing as unknown as Services, () => performance.now());
}
