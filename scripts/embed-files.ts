import {fileURLToPath} from 'node:url';
import type {BunPlugin} from 'bun';
import {type EmbeddedName, embeddedFile, PORTAUDIO_FILE} from '../src/platform/embedded.ts';

const NAMES: readonly EmbeddedName[] = ['naudiodon.node', 'libportaudio', 'sample.wav'];

/** The files the executable will carry, by name. Those that are not there are left out. */
export function filesToEmbed(): Map<EmbeddedName, string> {
	const files = new Map<EmbeddedName, string>();
	for (const name of NAMES) {
		const path = embeddedFile(name);
		if (path) files.set(name, path);
	}
	return files;
}

/** Puts a module that carries the files in the place of src/platform/embedded.ts, which finds them on disk. */
export const embedFiles: BunPlugin = {
	name: 'embed files',
	setup(build) {
		const replaced = fileURLToPath(new URL('../src/platform/embedded.ts', import.meta.url));
		build.onLoad({filter: /[\\/]platform[\\/]embedded\.ts$/}, ({path}) =>
			path === replaced ? {contents: embeddingModule(filesToEmbed()), loader: 'ts'} : undefined,
		);
	},
};

function embeddingModule(files: Map<EmbeddedName, string>): string {
	const imports: string[] = [];
	const entries: string[] = [];
	for (const [name, path] of files) {
		const variable = `file${imports.length}`;
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
