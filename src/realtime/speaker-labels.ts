/**
 * The service numbers speakers anew in each connection: its S1 may be somebody else than S1 before. So that nobody is taken
 * for another, labels it gave itself bear the number of the connection from the second one on: `S1.2`.
 */
import type {RecognitionResult} from '../speechmatics/results.ts';

const NUMBERED = /^S\d+$/;

/** A label on the session's timeline. Names that were enrolled stay. @param connection from 1 */
export function sessionLabel(label: string, connection: number): string {
	return connection > 1 && NUMBERED.test(label) ? `${label}.${connection}` : label;
}

export function withSessionLabels(
	results: readonly RecognitionResult[],
	connection: number,
): readonly RecognitionResult[] {
	if (connection === 1) return results;
	return results.map((result) => ({
		...result,
		...(result.alternatives && {
			alternatives: result.alternatives.map((one) =>
				one.speaker ? {...one, speaker: sessionLabel(one.speaker, connection)} : one,
			),
		}),
	}));
}
