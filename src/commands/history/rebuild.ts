/** `speechdeck history rebuild`. */
import {counted} from '../../platform/units.ts';
import {EXIT} from '../failure.ts';
import type {Streams} from '../streams.ts';
import {withHistory} from './with-history.ts';

/** @returns the exit code */
export function historyRebuildCommand(streams: Streams): Promise<number> {
	return withHistory(
		streams,
		(history, {unreadable}) => {
			const {total} = history.entries({}, {limit: 0});
			streams.err.line(`The history was made anew: ${total === 1 ? '1 entry' : `${total} entries`}.`);
			if (unreadable > 0) {
				streams.err.line(`${counted(unreadable, 'file')} could not be read.`);
			}
			return EXIT.ok;
		},
		{isAnew: true},
	);
}
