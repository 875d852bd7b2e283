/** Which words differ between the two ways, and from what was said. Pure. */
import type {Transcript} from '../speechmatics/jobs.ts';
import {compareTranscripts, compareWithText, type Difference} from './changes.ts';

/** Each is there where both of its sides are. */
export interface Findings {
	/** What realtime heard, where batch counts as right. */
	readonly realtimeAgainstBatch?: Difference;
	/** Either one, where the text that was said counts as right. */
	readonly batchAgainstReference?: Difference;
	readonly realtimeAgainstReference?: Difference;
}

/** @param reference what was said, where it is known */
export function findingsOf({
	batch,
	realtime,
	reference,
}: {
	readonly batch: Transcript | undefined;
	readonly realtime: Transcript | undefined;
	readonly reference: string | undefined;
}): Findings {
	return {
		...(batch && realtime && {realtimeAgainstBatch: compareTranscripts(realtime, batch)}),
		...(batch && reference !== undefined && {batchAgainstReference: compareWithText(batch, reference)}),
		...(realtime &&
			reference !== undefined && {realtimeAgainstReference: compareWithText(realtime, reference)}),
	};
}
