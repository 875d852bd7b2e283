import type {Ledger} from '../../src/batch/ledger/ledger.ts';

/** Called instead of each method of a ledger, such as `jobs.submitted`. @returns what the method is to return */
export type Watch = (method: string, call: () => unknown) => unknown;

/** A ledger of which each call goes through `watch`. */
export function watchedLedger(ledger: Ledger, watch: Watch): Ledger {
	return watched(ledger, '', watch);
}

function watched<Part extends object>(part: Part, path: string, watch: Watch): Part {
	return new Proxy(part, {
		get(target, name) {
			const member = Reflect.get(target, name) as unknown;
			if (typeof member === 'object' && member !== null) return watched(member, `${String(name)}.`, watch);
			if (typeof member !== 'function') return member;
			return (...values: unknown[]) =>
				watch(`${path}${String(name)}`, () => Reflect.apply(member, target, values) as unknown);
		},
	});
}
