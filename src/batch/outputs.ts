import {basename, dirname, extname} from 'node:path';
import {type OutputFormat, renderTranscript} from '../captions/render.ts';
import {writeNewFiles} from '../platform/files.ts';
import type {Transcript} from '../speechmatics/jobs.ts';

/** Where the outputs of one recording go. */
export interface Destination {
	readonly folder: string;
	/** The name without the ending. */
	readonly stem: string;
}

/**
 * Where each recording's outputs go: in `outputDir`, or beside the recording, under its own name without the
 * ending. Recordings that would meet under one name (`talk.wav`, `talk.mp3`) keep their endings instead.
 *
 * @returns by path of the recording
 */
export function destinationsOf(
	paths: readonly string[],
	outputDir: string | undefined,
): Map<string, Destination> {
	const short = paths.map((path) => ({
		folder: outputDir ?? dirname(path),
		stem: basename(path, extname(path)),
	}));
	// File systems that fold case would let Talk.txt and talk.txt meet.
	const key = ({folder, stem}: Destination) => JSON.stringify([folder, stem.toLowerCase()]);
	const uses = new Map<string, number>();
	for (const destination of short) uses.set(key(destination), (uses.get(key(destination)) ?? 0) + 1);
	return new Map(
		paths.map((path, index) => {
			const destination = short[index]!;
			const alone = uses.get(key(destination)) === 1;
			return [path, alone ? destination : {...destination, stem: basename(path)}];
		}),
	);
}

/**
 * Writes a transcript in each of the formats, whole and over nothing that is there.
 *
 * @returns the paths in the order of `formats`
 */
export function writeOutputs(
	transcript: Transcript,
	formats: readonly OutputFormat[],
	{folder, stem}: Destination,
): Promise<string[]> {
	const files = formats.map((format) => ({
		ending: `.${format}`,
		content: renderTranscript(transcript, format),
	}));
	return writeNewFiles(folder, stem, files);
}
