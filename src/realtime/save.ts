import {basename, extname, join} from 'node:path';
import {type OutputFormat, renderTranscript} from '../captions/render.ts';
import {writeNewFiles} from '../platform/files.ts';
import {folder} from '../platform/folders.ts';
import type {Transcript} from '../speechmatics/jobs.ts';

/** What a session is saved as, unless told otherwise. */
const SESSION_FORMATS: readonly OutputFormat[] = ['txt', 'srt', 'json'];

/**
 * Saves a session's transcript in the usual formats: a real one always, what the demo made only in a folder the user named.
 *
 * @param options.file the recording that was streamed, where it was one: the outputs bear its name
 * @param options.outputDir default: a folder of the session's own among the user's data
 * @param options.startedAt when the session began
 * @returns the files
 */
export async function saveSession(
	transcript: Transcript,
	options: {
		readonly file: string | undefined;
		readonly outputDir: string | undefined;
		readonly simulated: boolean;
		readonly startedAt: Date;
	},
): Promise<string[]> {
	const {file, outputDir, simulated, startedAt} = options;
	if (outputDir === undefined && simulated) return [];
	const time = startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
	const files = SESSION_FORMATS.map((format) => ({
		ending: `.${format}`,
		content: renderTranscript(transcript, format),
	}));
	if (outputDir === undefined) {
		return writeNewFiles(join(folder('data'), 'sessions', time), 'transcript', files);
	}
	const stem = file === undefined ? `realtime-${time}` : basename(file, extname(file));
	return writeNewFiles(outputDir, stem, files);
}
