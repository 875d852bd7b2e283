/** Recordings among the files and folders of this machine. */
import {hasAudioEnding} from './media-kinds.ts';
import {findSources, type Unusable} from './sources.ts';
import {filesBelow} from './walk.ts';

export {hasAudioEnding, type Unusable};

/** A recording that can be sent. */
export interface Recording {
	/** As the user gave it, or under the folder the user gave. */
	readonly path: string;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
}

/**
 * Finds the recordings in what the user named: files as they are, folders with all that lies below them.
 * A recording named twice is taken once. Order: as named, inside a folder by name.
 */
export async function findRecordings(
	paths: readonly string[],
): Promise<{recordings: Recording[]; unusable: Unusable[]}> {
	const {sources, unusable} = await findSources(paths);
	const recordings = sources
		.filter((source) => source.kind === 'file')
		.map(({path, name, size}) => ({path, name, size}));
	return {recordings, unusable};
}

/**
 * All that lies below a folder and has the name of an audio file, by name.
 *
 * @throws the file system's error
 */
export async function audioBelow(folder: string): Promise<string[]> {
	return (await filesBelow(folder, hasAudioEnding)).files;
}
