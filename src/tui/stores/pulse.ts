/**
 * Tells at most so many times a second that something changed, and always after the last change: partials and upload
 * progress come far more often than a screen needs them.
 *
 * @param interval milliseconds between two calls
 */
export function pulse(interval: number, tell: () => void): () => void {
	let waiting: ReturnType<typeof setTimeout> | undefined;
	let last = Number.NEGATIVE_INFINITY;
	return () => {
		if (waiting !== undefined) return;
		const wait = Math.max(0, last + interval - performance.now());
		waiting = setTimeout(() => {
			waiting = undefined;
			last = performance.now();
			tell();
		}, wait);
	};
}
