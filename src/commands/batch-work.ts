/** What the batch engine works with, for the command and the app. */
import {chmodSync} from 'node:fs';
import {join} from 'node:path';
import {sweepTranscoded, transcodeFolder} from '../audio/transcode.ts';
import type {EngineOptions} from '../batch/engine.ts';
import {Ledger} from '../batch/ledger/ledger.ts';
import {type SavedTranscripts, transcriptsIn, transcriptsInMemory} from '../batch/saved-transcripts.ts';
import {folder, makeFolder} from '../platform/folders.ts';
import {accountOf} from '../settings/account.ts';
import {type Settings, settingOf} from '../settings/load.ts';
import type {ServiceSettings} from '../settings/settings.ts';
import {BatchClient} from '../speechmatics/batch-client.ts';
import {systemClock} from '../speechmatics/clock.ts';
import {isSpeechmaticsCloud} from '../speechmatics/endpoints.ts';

/** Jobs at once, by default: enough to keep the service busy, few enough for any account. */
const DEFAULT_RUNNING = 100;
/** Uploads at once, by default: enough to hide each other's pauses. */
const DEFAULT_UPLOADS = 4;
/** Just below the 10 and 50 a second that the vendor asks for at most: networks bunch requests. Source: docs, "Limits". */
const CLOUD_RATES = {submissions: 9.5, reads: 48};
/** A service of one's own names no limit; it may still say 429. */
const OWN_RATES = {submissions: 1000, reads: 1000};

export interface WorkFlags {
	readonly concurrency?: number;
	readonly uploads?: number;
}

export interface BatchWork extends AsyncDisposable {
	readonly account: string;
	readonly engine: Omit<EngineOptions, 'emit'>;
	/** For reading by the way: asks again by itself where a failure looks passing. */
	readonly reader: BatchClient;
}

/** Where the ledger is. */
export const ledgerPath = () => join(folder('state'), 'ledger.sqlite');

/** Where transcripts are kept as the service gave them. */
export const transcriptsFolder = () => join(folder('data'), 'transcripts');

/**
 * Opens the ledger and a client. Nothing of the demo is kept.
 *
 * @throws LedgerError, AuthenticationError, ConfigurationError
 */
export async function openBatchWork(
	service: ServiceSettings,
	settings: Settings,
	{demo, flags}: {demo: boolean; flags: WorkFlags},
): Promise<BatchWork> {
	const {ledger, transcripts} = openStores(demo);
	const client = new BatchClient({...service, retries: 0});
	const reader = new BatchClient(service);
	if (!demo) void sweepTranscoded().catch(() => {});
	const numberOf = (name: 'batch.concurrency' | 'batch.uploads', flag: string, value: number | undefined) =>
		settingOf(settings, name, {name: flag, value})?.value;
	return {
		account: accountOf(service.url, await service.credentials.authorization()),
		reader,
		engine: {
			client,
			ledger,
			transcripts,
			limits: {
				running: numberOf('batch.concurrency', '--concurrency', flags.concurrency) ?? DEFAULT_RUNNING,
				uploads: numberOf('batch.uploads', '--uploads', flags.uploads) ?? DEFAULT_UPLOADS,
			},
			rates: isSpeechmaticsCloud(client.url) ? CLOUD_RATES : OWN_RATES,
			clock: systemClock,
			temporaryFolder: transcodeFolder(),
		},
		async [Symbol.asyncDispose]() {
			client.close();
			reader.close();
			ledger.close();
		},
	};
}

/** @throws LedgerError */
function openStores(demo: boolean): {ledger: Ledger; transcripts: SavedTranscripts} {
	if (demo) return {ledger: new Ledger(':memory:'), transcripts: transcriptsInMemory()};
	makeFolder(folder('state'));
	const path = ledgerPath();
	const ledger = new Ledger(path);
	// Addresses with signatures and header lines stand in it.
	chmodSync(path, 0o600);
	return {ledger, transcripts: transcriptsIn(transcriptsFolder())};
}
