/** Time as an argument, so that waits, retries and timeouts are tested without waiting. */
export interface Clock {
	/** Milliseconds from an arbitrary start; never goes back. */
	now(): number;
	/** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
	now: () => performance.now(),
	sleep: (milliseconds, signal) =>
		new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const onAbort = () => {
				clearTimeout(timer);
				reject(signal?.reason);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', onAbort);
				resolve();
			}, milliseconds);
			signal?.addEventListener('abort', onAbort, {once: true});
		}),
};
