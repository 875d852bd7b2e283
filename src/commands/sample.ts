/** `speechdeck` alone: shows what it does, on the bundled sample, with no account. */
import {unpackEmbedded} from '../platform/unpack.ts';
import {DEFAULT_LANGUAGE, DEFAULT_MODEL} from '../speechmatics/config.ts';
import {batchCommand} from './batch.ts';
import {UsageError} from './failure.ts';
import type {Streams} from './streams.ts';

/** @returns the exit code */
export async function sampleCommand(streams: Streams): Promise<number> {
	const [sample] = unpackEmbedded('sample.wav') ?? [];
	if (sample === undefined) throw new UsageError('This build has no sample: name a recording of yours');
	streams.err.line(
		'No command was given, so this is the demo on the bundled sample. See --help for the commands.',
	);
	return batchCommand(
		[sample],
		{
			format: ['txt'],
			language: DEFAULT_LANGUAGE,
			model: DEFAULT_MODEL,
			diarization: 'speaker',
			concurrency: 1,
			demo: true,
		},
		streams,
	);
}
