import {randomUUID} from 'node:crypto';
import type {HttpBody} from './http.ts';
import type {Media} from './media.ts';

/**
 * The body of `POST /v2/jobs`: the part `config`, then the part `data_file` streamed from where it lies.
 *
 * @param config JSON text
 * @param media absent for a job whose audio the service fetches itself; it wants multipart all the same
 */
export function jobBody(config: string, media?: Media): HttpBody {
	const boundary = `speechdeck-${randomUUID()}`;
	const encode = (text: string) => new TextEncoder().encode(text);
	const part = (headers: string) => `--${boundary}\r\n${headers}\r\n\r\n`;

	let head = `${part('Content-Disposition: form-data; name="config"')}${config}\r\n`;
	let tail = `--${boundary}--\r\n`;
	if (media !== undefined) {
		const file = `Content-Disposition: form-data; name="data_file"; filename="${escapeName(media.name)}"`;
		head += part(`${file}\r\nContent-Type: application/octet-stream`);
		tail = `\r\n${tail}`;
	}
	const before = encode(head);
	const after = encode(tail);
	return {
		length: before.byteLength + (media?.size ?? 0) + after.byteLength,
		contentType: `multipart/form-data; boundary=${boundary}`,
		async *chunks() {
			yield before;
			if (media !== undefined) yield* media.chunks();
			yield after;
		},
	};
}

/** Source: WHATWG HTML, "multipart/form-data encoding algorithm"; a line end would begin a header of its own. */
function escapeName(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
