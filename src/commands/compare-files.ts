/** A comparison as files: the report, and both transcripts. */
import {basename, extname} from 'node:path';
import type {Comparison} from '../compare/comparison.ts';
import {writeNewFiles} from '../platform/files.ts';
import {writeOutputs} from '../realtime/outputs.ts';
import {type About, comparisonLines, WIDEST} from './compare-report.ts';

/**
 * Writes them, over no file that is there.
 *
 * @returns the files, the report first
 * @throws the file system's error, or a sentence where the disk is full
 */
export async function saveComparison(
	comparison: Comparison,
	about: About,
	folder: string,
): Promise<readonly string[]> {
	const stem = basename(comparison.file, extname(comparison.file));
	const report = reportText(comparison, about);
	const written = await writeNewFiles(folder, stem, [{ending: '.comparison.txt', content: report}]);
	for (const mode of ['batch', 'realtime'] as const) {
		const {transcript} = comparison[mode];
		if (transcript === undefined) continue;
		const place = {folder, stem: `${stem}.${mode}`, formats: ['txt', 'json'] as const};
		written.push(...(await writeOutputs(transcript, place)));
	}
	return written;
}

/** The report for another program or a file, as wide as it ever is. */
export function reportText(comparison: Comparison, about: About): string {
	return `${comparisonLines(comparison, {...about, columns: WIDEST}).join('\n')}\n`;
}
