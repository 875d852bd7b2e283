/** A system that a release is built for. */
export interface Target {
	/** As in file names: `linux-x64`. */
	readonly name: string;
	/** As `process.platform` and `process.arch` say it there. */
	readonly platform: string;
	readonly arch: string;
	/** Bun's name for it. */
	readonly bun: Bun.Build.CompileTarget;
	/** As people say it. */
	readonly title: string;
}

export const TARGETS: readonly Target[] = [
	{name: 'linux-x64', platform: 'linux', arch: 'x64', bun: 'bun-linux-x64', title: 'Linux, x64 (glibc)'},
	{
		name: 'linux-arm64',
		platform: 'linux',
		arch: 'arm64',
		bun: 'bun-linux-arm64',
		title: 'Linux, ARM64 (glibc)',
	},
	{name: 'darwin-x64', platform: 'darwin', arch: 'x64', bun: 'bun-darwin-x64', title: 'macOS, Intel'},
	{
		name: 'darwin-arm64',
		platform: 'darwin',
		arch: 'arm64',
		bun: 'bun-darwin-arm64',
		title: 'macOS, Apple silicon',
	},
	{name: 'windows-x64', platform: 'win32', arch: 'x64', bun: 'bun-windows-x64', title: 'Windows, x64'},
];

/**
 * The targets of these names, in the order above; all where no name is given.
 *
 * @throws Error where a name is none of a target
 */
export function targetsNamed(names: readonly string[]): readonly Target[] {
	const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
	if (unknown !== undefined) {
		const known = TARGETS.map(({name}) => name).join(', ');
		throw new Error(`There is no release target "${unknown}": name some of ${known}, or none for all.`);
	}
	return names.length === 0 ? TARGETS : TARGETS.filter(({name}) => names.includes(name));
}

/** What the files of one target are called. */
export function releaseNames(version: string, {name, platform}: Target) {
	const base = `speechdeck-${version}-${name}`;
	const windows = platform === 'win32';
	return {
		/** The folder inside the archive. */
		folder: base,
		executable: windows ? `${base}.exe` : base,
		/** The executable's name inside the archive. */
		command: windows ? 'speechdeck.exe' : 'speechdeck',
		archive: windows ? `${base}.zip` : `${base}.tar.gz`,
	};
}
