import packageJson from '../../package.json' with {type: 'json'};

/** The program's version, as package.json says. */
export const VERSION: string = packageJson.version;

/** Such as `Bun 1.4.5`. */
export function runtimeName(
	versions: Readonly<Record<string, string | undefined>> = process.versions,
): string {
	const {bun, deno, node} = versions;
	if (bun !== undefined) return `Bun ${bun}`;
	return deno === undefined ? `Node ${node}` : `Deno ${deno}`;
}
