/** What the app asks of the service and writes, by flags, settings, and what is changed for this run alone. */
import type {OutputPlan} from '../batch/orders.ts';
import type {BuiltJob, BuiltSession} from '../settings/job-config.ts';
import type {Settings} from '../settings/load.ts';
import {batchRequest, type GivenOptions, realtimeRequest} from '../settings/requests.ts';
import {type OutputFlags, outputPlan} from './output-plan.ts';

export interface RequestsOptions {
	/** Reads config.toml anew. */
	readonly read: () => Settings;
	/** What the command line said. */
	readonly given: GivenOptions;
	readonly flags: OutputFlags;
	readonly demo: boolean;
}

/** What a person has changed for the next jobs of this run; `undefined` takes away what the command line said. */
export interface RunChanges {
	/** By the names of options. */
	readonly values: Readonly<Record<string, unknown>>;
	readonly flags: Partial<Record<keyof OutputFlags, unknown>>;
}

interface Current {
	readonly settings: Settings;
	readonly changes: RunChanges;
	readonly job: BuiltJob;
	readonly session: BuiltSession;
	readonly output: OutputPlan;
}

export class AppRequests {
	readonly #options: RequestsOptions;
	#current: Current;

	private constructor(options: RequestsOptions, current: Current) {
		this.#options = options;
		this.#current = current;
	}

	/** @throws ConfigurationError and UsageError, as the commands do */
	static async open(options: RequestsOptions): Promise<AppRequests> {
		return new AppRequests(options, await resolved(options, {values: {}, flags: {}}));
	}

	get demo(): boolean {
		return this.#options.demo;
	}

	get current(): Current {
		return this.#current;
	}

	/** What the command line said, with what was changed since. */
	get given(): GivenOptions {
		return givenWith(this.#options.given, this.#current.changes);
	}

	get outputFlags(): OutputFlags {
		return {...this.#options.flags, ...this.#current.changes.flags} as OutputFlags;
	}

	/**
	 * Reads all anew. What does not fit together leaves everything as it was.
	 *
	 * @throws ConfigurationError and UsageError
	 */
	async change(changes: RunChanges = this.#current.changes): Promise<void> {
		this.#current = await resolved(this.#options, changes);
	}
}

async function resolved({read, given, flags, demo}: RequestsOptions, changes: RunChanges): Promise<Current> {
	const settings = read();
	const changed = givenWith(given, changes);
	return {
		settings,
		changes,
		job: batchRequest(settings, changed),
		session: realtimeRequest(settings, given),
		output: await outputPlan({...flags, ...changes.flags} as OutputFlags, settings, demo),
	};
}

function givenWith(given: GivenOptions, {values}: RunChanges): GivenOptions {
	return {...given, values: {...given.values, ...values}};
}
