import {randomUUID} from 'node:crypto';
import type {HttpBody} from './http.ts';
import type {Media} from './media.ts';

/** What a job is made of besides its config. */
export interface JobParts {
	/** Absent for a job whose audio the service fetches itself; it wants multipart all the same. */
	readonly data_file?: Media | undefined;
	/** The text of an alignment job. */
	readonly text_file?: Media | undefined;
}

/**
 * The body of `POST /v2/jobs`: the part `config`, then the files, streamed from where they lie.
 *
 * @param config JSON text
 */
export function jobBody(config: string, parts: JobParts = {}): HttpBody {
	const boundary = `speechdeck-${randomUUID()}`;
	const encode = (text: string) => new TextEncoder().encode(text);
	const head = (headers: string) => encode(`--${boundary}\r\n${headers}\r\n\r\n`);
	const lineEnd = encode('\r\n');
	const pieces: Array<Uint8Array | Media> = [
		head('Content-Disposition: form-data; name="config"'),
		encode(config),
		lineEnd,
	];
	for (const [name, media] of Object.entries(parts) as Array<[keyof JobParts, Media | undefined]>) {
		if (media === undefined) continue;
		const file = `Content-Disposition: form-data; name="${name}"; filename="${escapeName(media.name)}"`;
		pieces.push(head(`${file}\r\nContent-Type: ${media.contentType}`), media, lineEnd);
	}
	pieces.push(encode(`--${boundary}--\r\n`));
	const sizeOf = (piece: Uint8Array | Media) => (piece instanceof Uint8Array ? piece.byteLength : piece.size);
	return {
		length: pieces.reduce((sum, piece) => sum + sizeOf(piece), 0),
		contentType: `multipart/form-data; boundary=${boundary}`,
		isRepeatable: pieces.every((piece) => piece instanceof Uint8Array || piece.isRepeatable),
		async *chunks() {
			for (const piece of pieces) {
				if (piece instanceof Uint8Array) yield piece;
				else yield* piece.chunks();
			}
		},
	};
}

/** Source: WHATWG HTML, "multipart/form-data encoding algorithm"; a line end would begin a header of its own. */
function escapeName(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
