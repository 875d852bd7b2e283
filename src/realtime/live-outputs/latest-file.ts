import {randomUUID} from 'node:crypto';
import {rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';

/**
 * A small file that other programs look at all the time: they find the old content or the new one, whole. It does not
 * outlast a loss of power, for it is worth nothing a second later.
 */
export class LatestFile {
	readonly #path: string;
	readonly #beside: string;
	#written: string | undefined;

	constructor(path: string) {
		this.#path = path;
		this.#beside = join(dirname(path), `.speechdeck-${randomUUID()}.part`);
	}

	/** @throws the file system's error; the next call tries again */
	async write(content: string): Promise<void> {
		if (content === this.#written) return;
		try {
			await writeFile(this.#beside, content);
			await rename(this.#beside, this.#path);
		} catch (error) {
			await rm(this.#beside, {force: true}).catch(() => {});
			throw error;
		}
		this.#written = content;
	}
}
