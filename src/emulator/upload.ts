import {createWriteStream} from 'node:fs';
import {rm} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import {pipeline} from 'node:stream/promises';
import {Busboy, type BusboyHeaders} from '@fastify/busboy';
import {Refusal} from './answers.ts';

export interface Upload {
	/** The text of the part `config`. */
	readonly config: string | undefined;
	/** The part `data_file`, on disk. */
	readonly file: {readonly path: string; readonly name: string; readonly size: number} | undefined;
	/** The part `text_file`. */
	readonly text: {readonly content: string; readonly name: string} | undefined;
}

/**
 * Reads the multipart body of `POST /v2/jobs`; the recording goes to disk as it comes, in whatever order the
 * parts are.
 *
 * @param body of the request, at the speed it is to be read
 * @param path where to write the recording
 * @throws Refusal when the body is not multipart, or breaks off; nothing is left on disk then
 */
export async function receiveUpload(
	{headers}: IncomingMessage,
	body: AsyncIterable<Uint8Array>,
	path: string,
): Promise<Upload> {
	let config: string | undefined;
	let file: Upload['file'];
	let text: Upload['text'];
	const writing: Promise<void>[] = [];
	try {
		const parser = new Busboy({headers: headers as BusboyHeaders});
		parser.on('field', (name, value) => {
			if (name === 'config') config = value;
			if (name === 'text_file') text = {content: value, name: ''};
		});
		parser.on('file', (part, stream, name) => {
			if (part === 'config') {
				writing.push(
					textOf(stream).then((content) => {
						config = content;
					}),
				);
			} else if (part === 'text_file') {
				writing.push(
					textOf(stream).then((content) => {
						text = {content, name: name ?? ''};
					}),
				);
			} else if (part === 'data_file' && file === undefined) {
				const target = createWriteStream(path, {mode: 0o600});
				file = {path, name: name ?? '', size: 0};
				const done = pipeline(stream, target).then(() => {
					file = {path, name: name ?? '', size: target.bytesWritten};
				});
				writing.push(done);
			} else {
				stream.resume();
			}
		});
		await pipeline(body, parser);
		await Promise.all(writing);
		return {config, file, text};
	} catch (error) {
		await Promise.allSettled(writing);
		await rm(path, {force: true});
		if (error instanceof Refusal) throw error;
		throw new Refusal(400, 'Malformed request', error instanceof Error ? error.message : undefined);
	}
}

/** SDKs that give the config a type of its own and a file name make it a file part. */
async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const bytes of stream) text += decoder.decode(bytes, {stream: true});
	return text;
}
