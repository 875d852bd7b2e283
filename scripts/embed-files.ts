import {dirname, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {BunPlugin} from 'bun';
import {type EmbeddedName, embeddedFile, PORTAUDIO_FILE} from '../src/platform/embedded.ts';

const replaced = fileURLToPath(new URL('../src/platform/embedded.ts', import.meta.url));

/** What the microphone needs. Both are built for the system that builds them. */
const ADDON: readonly EmbeddedName[] = ['naudiodon.node', 'libportaudio'];

/** True where the capture addon lies ready to be carried along (see build-addon.ts). */
export function addonIsBuilt(): boolean {
	return ADDON.every((name) => embeddedFile(name) !== undefined);
}

/**
 * Puts a module that carries the files in the place of src/platform/embedded.ts, which finds them on disk.
 *
 * @param withAddon false for another system than this one, whose programs could not load it
 */
export function embedFiles(withAddon: boolean): BunPlugin {
	const addon = withAddon && addonIsBuilt() ? ADDON : [];
	return {
		name: 'embed files',
		setup(build) {
			build.onLoad({filter: /[\\/]platform[\\/]embedded\.ts$/}, ({path}) =>
				path === replaced ? {contents: embeddingModule([...addon, 'sample.wav']), loader: 'ts'} : undefined,
			);
		},
	};
}

function embeddingModule(names: readonly EmbeddedName[]): string {
	const imports: string[] = [];
	const entries: string[] = [];
	for (const name of names) {
		const variable = `file${imports.length}`;
		// The executable carries this text in its source map, the same wherever it is built.
		const path = relative(dirname(replaced), embeddedFile(name)!).replaceAll(sep, '/');
		imports.push(`import ${variable} from ${JSON.stringify(path)} with {type: 'file'};`);
		entries.push(`${JSON.stringify(name)}: ${variable}`);
	}
	return `${imports.join('\n')}
const files = {${entries.join(', ')}};
export const PORTAUDIO_FILE = ${JSON.stringify(PORTAUDIO_FILE)};
export const compiled = true;
export const embeddedFile = (name) => files[name];
`;
}
