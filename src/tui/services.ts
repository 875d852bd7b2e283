import type {OutputFormat} from '../captions/render.ts';
import type {BatchClient} from '../speechmatics/batch-client.ts';
import type {JobConfig, RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';

/** What the app works with: decided by the command line and the first-run choice, before the screen opens. */
export interface Services {
	/** True where a service inside this program answers, and nothing is what a person said. */
	readonly demo: boolean;
	readonly batchClient: BatchClient;
	/** A client serves one session. */
	newRealtimeClient(): RealtimeClient;
	readonly jobConfig: JobConfig;
	readonly realtimeConfig: RealtimeTranscriptionConfig;
	readonly formats: readonly OutputFormat[];
	/** `undefined`: beside each recording, and for sessions the data folder. */
	readonly outputDir: string | undefined;
	readonly concurrency: number;
	/** The bundled sample, for those who have no recording at hand. */
	readonly samplePath: string | undefined;
	/** One sentence each, to be shown at the start. */
	readonly warnings: readonly string[];
}

/** The terminal, as far as controllers need it. */
export interface Terminal {
	/** Gives the terminal to something else while `work` lasts. */
	suspend(work: () => Promise<void>): Promise<void>;
	/** Ends the app. */
	exit(): void;
}
