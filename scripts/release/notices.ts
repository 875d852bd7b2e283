/** Something by others that the executable contains. */
export interface Component {
	readonly name: string;
	/** Undefined where it has none of its own. */
	readonly version?: string;
	/** Its SPDX identifier or expression. */
	readonly licence: string;
	/** What a reader must know: which builds contain it, where the text comes from. */
	readonly remark?: string;
	readonly text: string;
}

const RULE = '='.repeat(80);

/**
 * The folders of the npm packages that a bundle's inputs come from, each once, sorted.
 *
 * @param inputs paths with `/`, such as `node_modules/ink/node_modules/string-width/index.js`
 */
export function packageFolders(inputs: Iterable<string>): string[] {
	const folders = new Set<string>();
	for (const input of inputs) {
		const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
		if (folder !== undefined) folders.add(folder);
	}
	return [...folders].sort();
}

/** The text of THIRD-PARTY-NOTICES.txt: packages by name, then the rest as given. A component told twice stands once. */
export function noticesText(packages: readonly Component[], others: readonly Component[]): string {
	const titled = new Map(packages.map((component) => [titleOf(component), component]));
	const sorted = [...titled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, component]) => component);
	const all = [...sorted, ...others];
	const contents = all.map((component) => `  ${titleOf(component)}: ${component.licence}`);
	return [
		'speechdeck contains the following software by others. speechdeck itself is under the licence in LICENSE.\n',
		...contents,
		'',
		...all.map(section),
	].join('\n');
}

function titleOf({name, version}: Component): string {
	return version === undefined ? name : `${name} ${version}`;
}

function section(component: Component): string {
	const remark = component.remark === undefined ? '' : `${component.remark}\n`;
	const text = component.text.replaceAll('\r\n', '\n').trim();
	return `${RULE}\n${titleOf(component)}\nLicence: ${component.licence}\n${remark}\n${text}\n`;
}
