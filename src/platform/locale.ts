/**
 * Whether the terminal's text is UTF-8, by its locale as POSIX orders the variables. On Windows it always is.
 *
 * @param system such as `linux`
 */
export function isUtf8Locale(
	{LC_ALL, LC_CTYPE, LANG}: Readonly<Record<string, string | undefined>>,
	system: string,
): boolean {
	return system === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}
