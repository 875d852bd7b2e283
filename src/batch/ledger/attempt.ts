/** For what should be written down, where what is wrong already must be told even if it cannot be. */
export function attempt(write: () => void): void {
	try {
		write();
	} catch {
		// A ledger that cannot be written keeps its last state, and the next run looks the job up.
	}
}
