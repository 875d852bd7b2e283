/** Why a file cannot be read or written, as the rest of a sentence that has named it. */
export function fileProblem(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	switch (code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return 'there is no such file';
		case 'EISDIR':
			return 'it is a folder';
		case 'EACCES':
		case 'EPERM':
			return 'permission denied';
		default:
			return message;
	}
}
