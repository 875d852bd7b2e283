/** How long jobs take, of each account apart: each may be another service. */
import {Estimates} from './estimate.ts';
import type {Ledger} from './ledger/ledger.ts';

/** Jobs of earlier runs that are learned from. */
const SAMPLES = 500;

export class AccountEstimates {
	readonly #ledger: Ledger;
	readonly #estimates = new Map<string, Estimates>();

	constructor(ledger: Ledger) {
		this.#ledger = ledger;
	}

	/** Begins with what the ledger knows of earlier runs. */
	of(account: string): Estimates {
		let estimates = this.#estimates.get(account);
		if (estimates === undefined) {
			estimates = new Estimates(this.#earlier(account));
			this.#estimates.set(account, estimates);
		}
		return estimates;
	}

	#earlier(account: string) {
		const jobs = this.#ledger.jobs.measured(account, SAMPLES).reverse();
		return jobs.map(({model, language, audioSeconds, processingSeconds}) => ({
			model,
			language,
			audioSeconds: audioSeconds!,
			processingSeconds: processingSeconds!,
		}));
	}
}
