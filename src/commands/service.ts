import {openKeyStore} from '../settings/key-store.ts';
import {loadSettings, type Settings} from '../settings/load.ts';
import {resolvedService, type ServiceSettings} from '../settings/settings.ts';
import {staticKey} from '../speechmatics/auth.ts';
import {ended} from './failure.ts';
import type {Streams} from './streams.ts';

/** Where a command sends its audio: Speechmatics, or the emulator inside this process. */
export interface Service extends AsyncDisposable {
	readonly settings: ServiceSettings;
	/** True in the demo: nothing here was heard by Speechmatics. */
	readonly simulated: boolean;
	/** In the demo: samples of realtime audio the emulator has received. */
	receivedSamples?(): number;
}

/** Both services of the emulator inside this process. */
export interface Demo extends AsyncDisposable {
	readonly batch: ServiceSettings;
	readonly realtime: ServiceSettings;
	receivedSamples(): number;
}

/** Starts the emulator on a loopback port of its own. */
export async function startDemo(): Promise<Demo> {
	const {startEmulator} = await import('../emulator/server.ts');
	const emulator = await startEmulator();
	const settings = (url: string) => ({url, credentials: staticKey('demo'), warnings: []});
	return {
		batch: settings(emulator.batchUrl),
		realtime: settings(emulator.realtimeUrl),
		receivedSamples: () => emulator.statistics().realtime.samplesReceived,
		[Symbol.asyncDispose]: () => emulator.close(),
	};
}

/**
 * @param kind which of the two services
 * @param options.settings all that is set; read where it is not given
 * @throws AuthenticationError without a key, ConfigurationError for an address or a config.toml that is wrong
 */
export async function openService(
	kind: 'batch' | 'realtime',
	{demo, settings}: {demo: boolean; settings?: Settings | undefined},
): Promise<Service> {
	if (!demo) {
		const found = await findService(kind, settings);
		return {settings: found, simulated: false, async [Symbol.asyncDispose]() {}};
	}
	const simulated = await startDemo();
	return {
		settings: simulated[kind],
		simulated: true,
		receivedSamples: simulated.receivedSamples,
		[Symbol.asyncDispose]: () => simulated[Symbol.asyncDispose](),
	};
}

/**
 * The same, telling what is to be known before anything is sent: what the settings warn of, and that the demo is one.
 *
 * @param options.warnings more to warn of, after the settings'
 */
export async function openToldService(
	kind: 'batch' | 'realtime',
	{
		demo,
		settings,
		warnings = [],
	}: {
		readonly demo: boolean;
		readonly settings: Settings;
		readonly warnings?: readonly string[];
	},
	err: Streams['err'],
): Promise<Service> {
	const service = await openService(kind, {demo, settings});
	for (const warning of [...settings.warnings, ...service.settings.warnings, ...warnings]) {
		err.line(ended(`Warning: ${warning}`));
	}
	if (service.simulated) err.line(DEMO_NOTICE);
	return service;
}

/**
 * A service by all that is set, with its key from wherever it is kept.
 *
 * @throws AuthenticationError without a key, ConfigurationError for an address or a config.toml that is wrong
 */
export function findService(
	kind: 'batch' | 'realtime',
	settings: Settings = loadSettings({environment: process.env}),
): Promise<ServiceSettings> {
	return resolvedService(kind, settings, openKeyStore(settings.environment));
}

export const DEMO_NOTICE = 'SIMULATED: this program answers itself, and no audio leaves this machine.';
