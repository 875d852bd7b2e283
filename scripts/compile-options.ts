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

/** How an entry point becomes one executable. What fails is told in the result. */
export function compileOptions(entrypoint: string, outfile: string): Bun.BuildConfig {
	return {
		entrypoints: [entrypoint],
		target: 'bun',
		format: 'esm',
		minify: true,
		bytecode: true,
		sourcemap: 'linked',
		define: {'process.env.NODE_ENV': '"production"'},
		plugins: [embedFiles, withoutDevtools],
		compile: {
			outfile,
			autoloadDotenv: false,
			autoloadBunfig: false,
			autoloadTsconfig: false,
			autoloadPackageJson: false,
		},
		throw: false,
	};
}
