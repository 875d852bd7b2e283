import {copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

const EXECUTABLE = resolve(import.meta.dir, '../../dist/speechdeck');
export const SAMPLE = resolve(import.meta.dir, '../../src/emulator/sample.wav');

export interface Run {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** The compiled program, copied alone into a folder of its own, with nothing of this environment. */
export class Program {
	readonly folder = mkdtempSync(join(tmpdir(), 'speechdeck-e2e-'));
	readonly environment: Record<string, string>;
	readonly path = join(this.folder, 'speechdeck');

	constructor(environment: Readonly<Record<string, string>> = {}) {
		if (!existsSync(EXECUTABLE)) throw new Error('dist/speechdeck is not built: run "bun run build" first');
		copyFileSync(EXECUTABLE, this.path);
		const home = join(this.folder, '.home');
		mkdirSync(home);
		this.environment = {PATH: process.env.PATH ?? '', HOME: home, SPEECHDECK_KEYCHAIN: 'off', ...environment};
	}

	at(...parts: string[]): string {
		return join(this.folder, ...parts);
	}

	start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
		return Bun.spawn([this.path, ...args], {
			cwd: this.folder,
			env: {...this.environment, ...environment},
			stdin: 'pipe',
			stdout: 'pipe',
			stderr: 'pipe',
		});
	}

	/** Runs to the end. */
	async run(
		args: readonly string[],
		{input, ...environment}: {input?: Uint8Array; [variable: string]: string | Uint8Array | undefined} = {},
	): Promise<Run> {
		const child = this.start(args, environment as Record<string, string>);
		if (input !== undefined) child.stdin.write(input);
		child.stdin.end();
		const [stdout, stderr, code] = await Promise.all([
			new Response(child.stdout).text(),
			new Response(child.stderr).text(),
			child.exited,
		]);
		return {code, stdout, stderr};
	}

	remove(): void {
		rmSync(this.folder, {recursive: true, force: true});
	}
}

/** The objects of NDJSON text. */
export function ndjson(text: string): Array<Record<string, unknown>> {
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line));
}

/** Reads a stream until its text holds `wanted`; more can be read afterwards. @throws when it ends before */
export async function readUntil(stream: ReadableStream<Uint8Array>, wanted: string): Promise<string> {
	const text = await read(stream, (text) => text.includes(wanted));
	if (!text.includes(wanted)) throw new Error(`the stream ended before "${wanted}": ${text}`);
	return text;
}

/** What a stream gives until its end, also where a part of it was read already. */
export function readRest(stream: ReadableStream<Uint8Array>): Promise<string> {
	return read(stream, () => false);
}

async function read(stream: ReadableStream<Uint8Array>, enough: (text: string) => boolean): Promise<string> {
	const reader = stream.getReader();
	const decoder = new TextDecoder();
	let text = '';
	while (!enough(text)) {
		const {done, value} = await reader.read();
		if (done) break;
		text += decoder.decode(value, {stream: true});
	}
	reader.releaseLock();
	return text;
}
