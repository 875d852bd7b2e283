/** Other programs of this computer. */
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/**
 * Where a program is on the PATH; `undefined` where it is not there.
 *
 * @param name without the ending that programs have on Windows
 */
export function programPath(
	name: string,
	path = process.env.PATH ?? '',
	system: string = process.platform,
): string | undefined {
	const file = system === 'win32' ? `${name}.exe` : name;
	const places = path.split(delimiter).filter((folder) => folder !== '');
	return places.map((folder) => join(folder, file)).find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
