import {pickFiles} from '../prompts/file-picker.ts';
import type {ControllerOptions} from './controller-options.ts';

/** Lets a person pick files. The next time it begins in the folder where that was. */
export class FilePicks {
	readonly #options: Pick<ControllerOptions, 'handOver' | 'services'>;
	#folder = process.cwd();

	constructor(options: Pick<ControllerOptions, 'handOver' | 'services'>) {
		this.#options = options;
	}

	/** @returns paths of files and folders; none where nothing was picked */
	async pick(): Promise<readonly string[]> {
		const {handOver, services} = this.#options;
		let picked: readonly string[] = [];
		await handOver(async () => {
			const result = await pickFiles({folder: this.#folder, ...(services.demo && {mark: 'DEMO'})});
			if (result === undefined) return;
			picked = result.paths;
			this.#folder = result.folder;
		});
		return picked;
	}
}
