/** Which recordings the service takes, and what helps the others. */
import {extname} from 'node:path';
import type {FileTypeResult} from 'file-type';

/** What the service reads. Source: docs, "Input"; it decides by content, and so do we. */
const ACCEPTED = new Set(
	'wav mp3 aac ogg oga ogv ogm ogx opus spx mpg mpeg mp1 mp2 amr m4a m4b m4v mp4 flac'.split(' '),
);

/** What it does not read, but ffmpeg does: they are seen in a folder, so that none is passed over in silence. */
const CONVERTIBLE = new Set(
	'3g2 3gp ac3 aif aifc aiff asf au avi ape caf dts flv m2ts mka mkv mov mts mxf ra rm voc w64 webm wma wmv wv'.split(
		' ',
	),
);

/** Media by content whose type is not called audio or video. */
const OTHER_MEDIA = new Set(['application/ogg', 'application/mxf', 'application/vnd.ms-asf']);

/** Bytes; a request body must be smaller than 1 GB, and has a config beside the audio. Source: docs, "Limits". */
export const MAX_UPLOAD_BYTES = 1_000_000_000 - 64 * 1024;

const READ = 'it takes wav, mp3, aac, ogg, mpeg, amr, m4a, mp4 and flac';

/** Whether a name ends as those of the files the service reads. */
export const hasAudioEnding = (path: string) => ACCEPTED.has(ending(path));

/** Whether a name ends as those of recordings, read by the service or not. */
export const hasMediaEnding = (path: string) => hasAudioEnding(path) || CONVERTIBLE.has(ending(path));

/**
 * What is in the way of sending a file.
 *
 * @returns `converts`: whether ffmpeg would help; `undefined` where nothing is in the way
 */
export function kindProblem(
	path: string,
	type: FileTypeResult | undefined,
): {readonly reason: string; readonly converts: boolean} | undefined {
	const convert = 'convert it with --transcode or "ffmpeg -i IN OUT.flac"';
	// What the sniffer does not know (an MP3 without headers, say) may still be audio to the service.
	const kind = type?.ext ?? ending(path);
	if (ACCEPTED.has(kind)) return undefined;
	const isMedia =
		type === undefined
			? CONVERTIBLE.has(kind)
			: /^(audio|video)\//.test(type.mime) || OTHER_MEDIA.has(type.mime);
	if (type === undefined && !isMedia)
		return {reason: `this is no audio file: the service reads sound only, and ${READ}`, converts: false};
	const reason = `${kind} files are not read by the service: ${READ}`;
	return isMedia ? {reason: `${reason}; ${convert}`, converts: true} : {reason, converts: false};
}

/** Whether a file is a film: its pictures would be uploaded for nothing. */
export const isVideo = (type: FileTypeResult | undefined) => type?.mime.startsWith('video/') ?? false;

/** What is wrong with a size in bytes, as `kindProblem`. */
export function sizeProblem(size: number): {readonly reason: string; readonly converts: boolean} | undefined {
	if (size === 0)
		return {reason: 'the file is empty: record or copy it again, then try once more', converts: false};
	if (size < MAX_UPLOAD_BYTES) return undefined;
	const reason =
		'the file is larger than 1 GB, which the service does not take: give an http(s) address it can be fetched ' +
		'from, or make it smaller with --transcode or "ffmpeg -i IN -ac 1 -ar 16000 OUT.flac"';
	return {reason, converts: true};
}

const ending = (path: string) => extname(path).slice(1).toLowerCase();
