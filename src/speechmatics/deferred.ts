/** A promise settled from outside; a rejection that nobody awaits is no unhandled one. */
export class Deferred<Value = void> {
	readonly promise: Promise<Value>;
	resolve!: (value: Value) => void;
	reject!: (reason: unknown) => void;

	constructor() {
		this.promise = new Promise((resolve, reject) => {
			this.resolve = resolve;
			this.reject = reject;
		});
		this.promise.catch(() => {});
	}
}
