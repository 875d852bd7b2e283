/** Names that every file system takes and every terminal can show. */
import {sha256} from './hash.ts';

/** Bytes of UTF-8 (Linux, macOS) or UTF-16 units (Windows, always fewer) a name may have. */
const MAX_BYTES = 255;
/** Room for a number such as `-123` that keeps two names apart. */
const NUMBER_BYTES = 8;

/** Names Windows keeps for devices, whatever ending follows. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(\.|$))/i;

/**
 * A name for a file or folder out of any text: never a path, never hidden from Windows, and short enough, with room
 * for a number before the ending. A name that had to be cut carries a mark of the whole, so that two do not become one.
 *
 * @param ending what must stay at the end whatever is cut, such as `.en.srt`
 */
export function fileName(stem: string, ending = ''): string {
	const end = clean(ending);
	const whole = clean(stem);
	const room = MAX_BYTES - NUMBER_BYTES - Buffer.byteLength(end);
	const fits = Buffer.byteLength(whole) <= room;
	const name = (fits ? whole : cut(whole, room)) + end;
	// Windows drops dots and spaces at the end, and `.` and `..` mean folders.
	const closed = name.replace(/[. ]+$/, (dots) => '_'.repeat(dots.length));
	return closed === '' ? '_' : closed.replace(RESERVED, '_$&');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: matching control characters is the purpose.
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069<>:"/\\|?*]/g;

const clean = (text: string) => text.replace(UNSAFE, '_').toWellFormed();

function cut(text: string, bytes: number): string {
	const mark = `~${sha256(text).slice(0, 8)}`;
	let kept = '';
	let left = Math.max(0, bytes - mark.length);
	for (const {segment} of new Intl.Segmenter().segment(text)) {
		left -= Buffer.byteLength(segment);
		if (left < 0) break;
		kept += segment;
	}
	return kept + mark;
}
