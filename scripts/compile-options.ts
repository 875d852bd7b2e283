import type {BunPlugin} from 'bun';
import {embedFiles} from './embed-files.ts';

/** Ink imports React's developer tools where DEV is set; without a stub the import fails at build time. */
const withoutDevtools: BunPlugin = {
	name: 'without devtools',
	setup(build) {
		build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'stub', namespace: 'devtools'}));
		build.onLoad({filter: /.*/, namespace: 'devtools'}, () => ({
			contents: 'export default {initialize() {}, connectToDevTools() {}};',
			loader: 'js',
		}));
	},
};

/** Another system than this one to build for, in Bun's words such as `bun-linux-arm64`. */
type ForeignTarget = Bun.Build.CompileTarget;

/**
 * How an entry point becomes one executable, for this system with the capture addon where it is built, for another
 * without. What fails is told in the result.
 */
export function compileOptions(
	entrypoint: string,
	outfile: string,
	foreign?: ForeignTarget,
): Bun.BuildConfig {
	return {
		...bundleOptions(entrypoint, foreign === undefined),
		bytecode: true,
		sourcemap: 'linked',
		compile: {
			outfile,
			...(foreign && {target: foreign}),
			autoloadDotenv: false,
			autoloadBunfig: false,
			autoloadTsconfig: false,
			autoloadPackageJson: false,
		},
	};
}

/** How an entry point and all it imports become one module, with the capture addon or without. */
export function bundleOptions(entrypoint: string, withAddon: boolean): Bun.BuildConfig {
	return {
		entrypoints: [entrypoint],
		target: 'bun',
		format: 'esm',
		minify: true,
		define: {'process.env.NODE_ENV': '"production"'},
		plugins: [embedFiles(withAddon), withoutDevtools],
		throw: false,
	};
}
