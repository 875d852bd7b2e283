import type {EngineOptions} from '../batch/engine.ts';
import type {RecordingRecord} from '../batch/ledger/records.ts';
import type {OrderOptions} from '../batch/orders.ts';
import type {OutputFormat} from '../captions/render.ts';
import type {CompareEvent} from '../compare/compare-events.ts';
import type {Comparison} from '../compare/comparison.ts';
import type {Rates} from '../compare/figures.ts';
import type {Check} from '../doctor/check.ts';
import type {History} from '../history/history.ts';
import type {RealtimeEvent} from '../realtime/events.ts';
import type {SessionStart} from '../realtime/session.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {SpeakerIdentity} from '../speechmatics/messages.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';
import type {SheetSource} from './controllers/option-sheet.ts';

/** What the app works with: decided by the command line and the first-run choice, before the screen opens. */
export interface Services {
	/** True where a service inside this program answers, and nothing is what a person said. */
	readonly demo: boolean;
	/** For reading what the service has; the engine has a client of its own. */
	readonly batchClient: BatchClient;
	readonly batch: {
		readonly engine: Omit<EngineOptions, 'emit' | 'onTranscript'>;
		/** How recordings become orders. */
		readonly order: OrderOptions;
		/** Convert with ffmpeg what the service does not take. */
		readonly transcode?: boolean;
		/** What earlier runs left undone, taken over once by whoever asks. */
		takeOver(): RecordingRecord[];
	};
	/** A client serves one session. */
	newRealtimeClient(): RealtimeClient;
	readonly realtimeStart: SessionStart;
	/** Who is known by voice, for a session that is about to begin. */
	voices?(start: SessionStart, onProblem: (reason: string) => void): Promise<KnownVoices>;
	/** @returns the path of what support asks for */
	saveSupportBundle?(): Promise<string>;
	/** False keeps no recording of live audio. Default: true. */
	readonly record?: boolean;
	/** Absent where there are none, as in the demo. */
	readonly sessions?: SessionServices;
	readonly compare?: CompareServices;
	/** Absent in the demo, of which nothing is kept. */
	readonly history?: HistoryServices;
	/** What is asked of the next jobs. */
	readonly jobOptions?: JobOptionServices;
	readonly settings?: SettingsServices;
	/** The checks of a checkup, new ones each time. */
	readonly checkup?: () => readonly Check[];
	readonly formats: readonly OutputFormat[];
	/** `undefined`: beside each recording, and for sessions the data folder. */
	readonly outputDir: string | undefined;
	/** The bundled sample, for those who have no recording at hand. */
	readonly samplePath: string | undefined;
	/** One sentence each, to be shown at the start. */
	readonly warnings: readonly string[];
}

export interface CompareServices {
	/** What an hour costs, as it is set. */
	rates(): Rates;
	/** @returns what was said, as a file tells it. @throws with a sentence where it cannot be read */
	said(path: string): Promise<string>;
	/** The report as the command prints it. @param reference the path of a file with what was said */
	report(comparison: Comparison, reference: string | undefined): string;
	/** Writes the report and both transcripts, over no file that is there. @returns the files, the report first */
	save(
		comparison: Comparison,
		options: {readonly folder: string; readonly reference: string | undefined},
	): Promise<readonly string[]>;
	/**
	 * Sends a recording both ways, and resolves when both have come to their end.
	 *
	 * @param options.reference the path of a file with what was said
	 * @throws with a sentence where recording or reference cannot be read; nothing was sent then
	 */
	run(
		path: string,
		options: {
			readonly reference: string | undefined;
			readonly emit: (event: CompareEvent) => void;
			readonly signal: AbortSignal;
		},
	): Promise<void>;
}

/** Everything that was transcribed here. */
export interface HistoryServices {
	/**
	 * Opens its index, which is kept open from then on.
	 *
	 * @param onNotice is told in a sentence each what went wrong and was mended
	 * @throws HistoryError
	 */
	open(onNotice: (sentence: string) => void): Promise<HistoryIndex>;
}

export type HistoryIndex = Pick<History, 'entries' | 'search' | 'open' | 'forget' | 'refresh'>;

export interface JobOptionServices extends SheetSource {
	/** As it is sent, without secrets. */
	request(): unknown;
	/** What would make the same jobs without the app. */
	commandLine(): string;
}

export interface SettingsServices extends SheetSource {
	/** Where the key comes from; `undefined` where there is none. */
	keyOrigin(): Promise<string | undefined>;
}

export interface KnownVoices {
	/** What is asked of the service, with the people that are known. */
	readonly start: SessionStart;
	readonly onSpeakers: ((speakers: readonly SpeakerIdentity[]) => void) | undefined;
	/** Is told every event of the session. */
	hear(event: RealtimeEvent): void;
}

/** Sessions of earlier runs. */
export interface SessionServices {
	/** Those that broke off and hold something, the newest first. */
	crashed(): Promise<readonly StoredSession[]>;
	/**
	 * Completes one that broke off: what was recorded after its last word is sent.
	 *
	 * @returns the files
	 * @throws with a sentence where it did not work; what was final is saved all the same
	 */
	recover(id: string, emit: (event: RealtimeEvent) => void, stop: AbortSignal): Promise<readonly string[]>;
	/** All that can be shown once more, the newest first. */
	list(): Promise<readonly StoredSession[]>;
	/** Shows one once more. @param speed 1: as it was spoken. @throws the signal's reason */
	replay(id: string, speed: number, emit: (event: RealtimeEvent) => void, stop: AbortSignal): Promise<void>;
}

export interface StoredSession {
	readonly id: string;
	readonly startedAt: Date;
	/** How much of it there is. */
	readonly seconds: number;
}

/** The terminal, as far as controllers need it. */
export interface Terminal {
	/** Gives the terminal to something else while `work` lasts. */
	suspend(work: () => Promise<void>): Promise<void>;
	/** Ends the app. */
	exit(): void;
}
