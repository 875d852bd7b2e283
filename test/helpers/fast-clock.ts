import {type Clock, systemClock} from '../../src/speechmatics/clock.ts';

/** A clock on which a second takes a millisecond: for work with real servers and long pauses. */
export class FastClock implements Clock {
	now(): number {
		return systemClock.now() * 1000;
	}

	sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		return systemClock.sleep(milliseconds / 1000, signal);
	}
}
