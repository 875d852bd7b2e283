/** A link can go silent without a word. Audio that nobody acknowledges tells. */
import type {Clock} from '../speechmatics/clock.ts';
import {TimeoutError} from '../speechmatics/errors.ts';
import type {RealtimeClient} from '../speechmatics/realtime-client.ts';

/** Milliseconds without an acknowledgement while audio waits for one: the link is dead, whatever TCP thinks. */
const SILENT_AFTER = 8000;
const CHECK_INTERVAL = 1000;

/**
 * Watches a connection.
 *
 * @param signal aborting ends the watching
 * @param onLook called each second, with the clock's time
 * @returns why the link counts as dead; `undefined` where the watching ended before
 */
export async function untilSilent(
	client: Pick<RealtimeClient, 'sentFrames' | 'acknowledgedFrames'>,
	clock: Clock,
	signal: AbortSignal,
	onLook: (now: number) => void,
): Promise<TimeoutError | undefined> {
	let acknowledged = 0;
	let lastSign = clock.now();
	for (;;) {
		await clock.sleep(CHECK_INTERVAL, signal).catch(() => {});
		if (signal.aborted) return undefined;
		const now = clock.now();
		onLook(now);
		const waits = client.sentFrames > client.acknowledgedFrames;
		if (!waits || client.acknowledgedFrames > acknowledged) {
			acknowledged = client.acknowledgedFrames;
			lastSign = now;
		} else if (now - lastSign >= SILENT_AFTER) {
			return new TimeoutError(
				`The service has not taken any audio for ${Math.round((now - lastSign) / 1000)} s`,
			);
		}
	}
}
