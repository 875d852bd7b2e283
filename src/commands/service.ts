import {type ServiceSettings, serviceSettings} from '../settings/settings.ts';
import {staticKey} from '../speechmatics/auth.ts';

/** Where a command sends its audio: Speechmatics, or the emulator inside this process. */
export interface Service extends AsyncDisposable {
	readonly settings: ServiceSettings;
	/** True in the demo: nothing here was heard by Speechmatics. */
	readonly simulated: boolean;
	/** In the demo: samples of realtime audio the emulator has received. */
	receivedSamples?(): number;
}

/**
 * @param kind which of the two services
 * @param options.demo starts the emulator on a loopback port of its own instead
 * @throws AuthenticationError without a key, ConfigurationError for an address that is none
 */
export async function openService(kind: 'batch' | 'realtime', {demo}: {demo: boolean}): Promise<Service> {
	if (!demo) {
		const settings = serviceSettings(kind, process.env);
		return {settings, simulated: false, async [Symbol.asyncDispose]() {}};
	}
	const {startEmulator} = await import('../emulator/server.ts');
	const emulator = await startEmulator();
	return {
		settings: {
			url: kind === 'batch' ? emulator.batchUrl : emulator.realtimeUrl,
			credentials: staticKey('demo'),
			warnings: [],
		},
		simulated: true,
		receivedSamples: () => emulator.statistics().realtime.samplesReceived,
		[Symbol.asyncDispose]: () => emulator.close(),
	};
}

export const DEMO_NOTICE = 'SIMULATED: this program answers itself, and no audio leaves this machine.';
