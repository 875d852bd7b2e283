import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findFfmpeg} from '../../src/audio/ffmpeg.ts';
import {openStreamSource} from '../../src/audio/stream-source.ts';
import {isStreamUrl, shownUrl, withoutSecrets} from '../../src/audio/stream-url.ts';
import {collect} from './wav-files.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const SECONDS = 14.95;

describe('addresses', () => {
	test('of streams are told from files and from what is not taken', () => {
		for (const url of [
			'http://a/x.m3u8',
			'HTTPS://a',
			'rtsp://camera',
			'rtmp://a/live/key',
			'srt://a:9000',
		]) {
			expect(isStreamUrl(url)).toBe(true);
		}
		for (const other of [
			'talk.wav',
			'mic',
			'-',
			'file:///etc/passwd',
			'concat:a|b',
			'http:x.wav',
			'C:\\a.wav',
			'http://',
		]) {
			expect(isStreamUrl(other)).toBe(false);
		}
	});

	test('are shown without user, password, query, fragment and stream key', () => {
		expect(shownUrl('https://me:geheim@radio.example:8443/live.mp3?token=geheim#geheim')).toBe(
			'https://radio.example:8443/live.mp3',
		);
		expect(shownUrl('rtmp://radio.example/live/geheim')).toBe('rtmp://radio.example');
		expect(shownUrl('http://[geheim')).toBe('the stream');
	});

	test('lose their secrets inside a sentence too', () => {
		const said = withoutSecrets(
			'Error opening "https://me:geheim@a/x?k=geheim", then seg.ts?k=geheim; https://b/y: 404',
		);
		expect(said).not.toContain('geheim');
		expect(said).toContain('https://a/x');
		expect(said).toContain('https://b/y: 404');
	});
});

const ffmpeg = await findFfmpeg();
if (ffmpeg === undefined) console.warn('The tests of streams are skipped: ffmpeg is not installed.');

describe.skipIf(ffmpeg === undefined)('a stream', () => {
	const folder = mkdtempSync(join(tmpdir(), 'stream-'));
	const wav = readFileSync(SAMPLE);
	const requests: string[] = [];
	let base: string;
	const server = createServer((request, response) => {
		requests.push(`${request.url} ${request.headers.range ?? ''}`);
		const [, name] = /^\/([^?]*)/.exec(request.url ?? '')!;
		if (name === 'missing.mp3') response.writeHead(404).end();
		else if (name === 'sample.wav') response.end(wav);
		else if (name === 'text.mp3') response.end('no audio in here '.repeat(100));
		else if (name === 'breaking.wav') breakOnce(request, response);
		else if (name === 'endless.wav') response.write(wav.subarray(0, 200_000));
		else if (name === 'thief.m3u8')
			response.end(`#EXTM3U\n#EXT-X-TARGETDURATION:15\n#EXTINF:15,\nfile://${SAMPLE}\n#EXT-X-ENDLIST\n`);
		else if (name === 'quiet.wav') response.write('RIFF');
		else if (readdirSync(folder).includes(name!)) response.end(readFileSync(join(folder, name!)));
		else response.writeHead(500).end();
	});

	let broken = false;
	/** The first request gets a third and a cut; the next the rest it asks for. */
	function breakOnce(request: IncomingMessage, response: ServerResponse): void {
		const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const rest = wav.subarray(from);
		const range = `bytes ${from}-${wav.length - 1}/${wav.length}`;
		response.writeHead(206, {
			'content-length': rest.length,
			'content-range': range,
			'accept-ranges': 'bytes',
		});
		if (broken) return void response.end(rest);
		broken = true;
		response.write(rest.subarray(0, wav.length / 3), () => setTimeout(() => response.destroy(), 100));
	}

	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const hls = ['-f', 'hls', '-hls_time', '4', '-hls_list_size', '0', join(folder, 'live.m3u8')];
		execFileSync(ffmpeg!, ['-loglevel', 'error', '-i', SAMPLE, '-c:a', 'aac', ...hls]);
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
		rmSync(folder, {recursive: true, force: true});
	});

	test.each(['sample.wav', 'live.m3u8'])(
		'%s comes as 16 kHz mono in pieces of 100 ms',
		async (name) => {
			const source = await openStreamSource(`http://${base}/${name}`);
			expect(source.format).toEqual({type: 'raw', encoding: 'pcm_s16le', sample_rate: 16_000});
			expect(source.live).toBe(true);
			const pieces = await Array.fromAsync(source.chunks());
			expect(pieces.slice(0, -1).every(({length}) => length === 3_200)).toBe(true);
			expect(Buffer.concat(pieces).length / 32_000).toBeCloseTo(SECONDS, 0);
			await source.stop();
		},
		20_000,
	);

	test('that breaks is taken up where it was', async () => {
		const source = await openStreamSource(`http://${base}/breaking.wav`);
		expect((await collect(source.chunks())).length / 32_000).toBeCloseTo(SECONDS, 1);
		expect(requests.filter((line) => line.startsWith('/breaking.wav')).length).toBeGreaterThan(1);
	}, 20_000);

	test.each(['missing.mp3', 'text.mp3', 'thief.m3u8'])(
		'%s is one sentence without secrets',
		async (name) => {
			const url = `http://me:geheim@${base}/${name}?token=geheim`;
			const error = await openStreamSource(url).catch((error: Error) => error);
			expect(error).toMatchObject({name: 'AudioError'});
			const {message} = error as Error;
			expect(message).toStartWith(`http://${base}/${name}: `);
			expect(message).not.toContain('geheim');
			expect(message).not.toContain('\n');
			expect(message.length).toBeLessThan(300);
		},
		20_000,
	);

	test('of a server that is not there is one sentence', async () => {
		await expect(openStreamSource('http://127.0.0.1:9/x?k=geheim')).rejects.toThrow(
			/^http:\/\/127\.0\.0\.1:9\/x: Connection refused$/i,
		);
	}, 20_000);

	test('that gives nothing is given up, or when it is told to be', async () => {
		await expect(openStreamSource(`http://${base}/quiet.wav`, {openTimeout: 300})).rejects.toThrow(
			'nothing came in 0.3 s',
		);
		const opening = openStreamSource(`http://${base}/quiet.wav`, {signal: AbortSignal.timeout(200)});
		await expect(opening).rejects.toMatchObject({name: 'TimeoutError'});
	}, 20_000);

	test('ends without an error when it is stopped', async () => {
		const source = await openStreamSource(`http://${base}/endless.wav`);
		const reading = collect(source.chunks());
		await source.stop();
		expect((await reading).length).toBeGreaterThan(0);
	}, 20_000);

	test('of a kind that is not taken is refused before anything starts', async () => {
		await expect(openStreamSource('file:///etc/passwd')).rejects.toThrow('this is no address of a stream');
	});
});
