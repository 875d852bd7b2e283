/** `speechdeck sessions export`. */
import {basename, extname} from 'node:path';
import {type OutputFormat, renderTranscript} from '../../captions/render.ts';
import {type CaptionWishes, captionStyle} from '../../captions/style.ts';
import {printable} from '../../platform/printable.ts';
import {writeOutputs} from '../../realtime/outputs.ts';
import {transcriptOf} from '../../realtime/stored-sessions.ts';
import {EXIT, ended, UsageError} from '../failure.ts';
import type {Streams} from '../streams.ts';
import {findSession} from './find.ts';

export interface SessionsExportFlags extends CaptionWishes {
	readonly format: readonly OutputFormat[];
	readonly timestamps?: boolean;
	readonly outputDir?: string;
	/** `-` prints. */
	readonly output?: string;
}

/** @returns the exit code: 1 where there is nothing to export, or a file could not be written */
export async function sessionsExportCommand(
	id: string,
	flags: SessionsExportFlags,
	{out, err}: Streams,
): Promise<number> {
	const {format: formats, timestamps, output, outputDir} = flags;
	if (output !== undefined) checkPrinting(flags);
	const session = await findSession(id);
	const transcript = await transcriptOf(session);
	if (transcript === undefined || transcript.results.length === 0) {
		err.line(`Session ${session.id} has no word yet.`);
		return EXIT.failed;
	}
	const {file} = session.info;
	const stem = file === undefined ? `realtime-${session.id}` : basename(file, extname(file));
	const rendering = {captions: captionStyle(flags), timestamps, title: stem};
	if (output !== undefined) {
		out.write(renderTranscript(transcript, formats[0]!, rendering));
		return EXIT.ok;
	}
	try {
		const paths = await writeOutputs(transcript, {folder: outputDir ?? '.', stem, formats, rendering});
		for (const path of paths) err.line(`Saved ${printable(path)}`);
		return EXIT.ok;
	} catch (error) {
		err.line(ended(`The transcript cannot be saved: ${(error as Error).message}`));
		return EXIT.failed;
	}
}

function checkPrinting({output, outputDir, format}: SessionsExportFlags): void {
	if (output !== '-') {
		throw new UsageError(
			'--output takes only "-", for the terminal or a pipe: use --output-dir to name a folder',
		);
	}
	if (outputDir !== undefined) throw new UsageError('--output - and --output-dir exclude each other');
	if (format.length > 1) throw new UsageError('--output - prints one format: name one with --format');
}
