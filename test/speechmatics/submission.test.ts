import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import type {SubmitOptions} from '../../src/speechmatics/batch-options.ts';
import {JobRejectedError} from '../../src/speechmatics/errors.ts';
import type {MediaInput} from '../../src/speechmatics/media.ts';
import {mediaTypeOf} from '../../src/speechmatics/media-type.ts';
import {FakeClock} from '../helpers/clock.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(folder, {recursive: true}));

const WAV = new TextEncoder().encode('RIFF\0\0\0\0WAVEfmt ');
const TRANSCRIPT = {format: '2.9', metadata: {}, results: []};
const clientOf = (url: string) =>
	new BatchClient({url, apiKey: 'k', clock: new FakeClock(), random: () => 0.5});

async function sent(input: Parameters<BatchClient['submitJob']>[0], options: SubmitOptions = {}) {
	await using server = await scriptedServer(answer(201, {id: 'x'}));
	const job = await clientOf(server.url).submitJob(input, options);
	const request = server.requests[0]!;
	const body = request.body.toString('latin1');
	const config = JSON.parse(/name="config"\r\n\r\n(.*?)\r\n--/s.exec(body)![1]!);
	return {...request, job, body, config};
}

describe('a recording', () => {
	const path = join(folder, 'talk.wav');
	writeFileSync(path, WAV);
	const stream = () => new Blob([WAV]).stream() as unknown as ReadableStream<Uint8Array>;
	async function* pieces() {
		yield WAV.subarray(0, 3);
		yield WAV.subarray(3);
	}
	const inputs: Array<[string, () => MediaInput, string]> = [
		['a path', () => path, 'audio/wav'],
		['bytes', () => ({data: WAV, name: 'talk.wav'}), 'audio/wav'],
		['a buffer', () => ({data: WAV.slice().buffer, name: 'talk.wav'}), 'audio/wav'],
		['a blob', () => ({data: new Blob([WAV]), name: 'talk.wav'}), 'audio/wav'],
		['a file', () => new File([WAV], 'talk.wav'), 'audio/wav'],
		['a stream', () => ({stream: stream(), name: 'talk.wav', size: WAV.length}), 'application/octet-stream'],
		[
			'an iterable',
			() => ({stream: pieces(), name: 'talk.wav', size: WAV.length}),
			'application/octet-stream',
		],
	];

	test.each(inputs)('may be %s', async (_name, input, type) => {
		const {body} = await sent(input());
		expect(body).toContain(
			`name="data_file"; filename="talk.wav"\r\nContent-Type: ${type}\r\n\r\nRIFF\0\0\0\0WAVEfmt \r\n--`,
		);
	});

	test.each([1, 100])('that is a stream of another length than announced (%p) fails', async (size) => {
		await using server = await scriptedServer(answer(201, {id: 'x'}));
		await expect(clientOf(server.url).submitJob({stream: pieces(), name: 'a', size})).rejects.toMatchObject({
			name: 'ConfigurationError',
			message: `a does not have the ${size} bytes that were announced`,
		});
	});

	test('may be fetched by the service: then only the config is sent, as multipart', async () => {
		const {body, config, headers} = await sent({
			url: 'https://host/a.mp3',
			authHeaders: ['Authorization: Bearer t'],
		});
		expect(config.fetch_data).toEqual({url: 'https://host/a.mp3', auth_headers: ['Authorization: Bearer t']});
		expect(headers['content-type']).toStartWith('multipart/form-data');
		expect(body).not.toContain('data_file');
	});

	test('may not be given twice, nor left out', async () => {
		const config = {
			type: 'transcription',
			transcription_config: {language: 'en'},
			fetch_data: {url: 'https://x'},
		} as const;
		const client = clientOf('http://127.0.0.1:9');
		const wrong = {name: 'ConfigurationError'};
		await expect(client.submitJob({data: WAV, name: 'a'}, {config})).rejects.toMatchObject(wrong);
		await expect(client.submitJob({url: 'https://y'}, {config})).rejects.toMatchObject(wrong);
		await expect(client.submitJob(undefined)).rejects.toMatchObject(wrong);
		expect((await sent(undefined, {config})).config.fetch_data.url).toBe('https://x');
	});

	test('is known by how it begins, whatever its name', () => {
		const type = (text: string) => mediaTypeOf(Uint8Array.from(text, (c) => c.charCodeAt(0)));
		expect(
			[
				'OggS',
				'fLaC',
				'ID3\x04',
				'\xFF\xFB\x90',
				'\xFF\xF1\x50',
				'#!AMR',
				'....ftypM4A ',
				'....ftypisom',
				'hello',
			].map(type),
		).toEqual([
			'audio/ogg',
			'audio/flac',
			'audio/mpeg',
			'audio/mpeg',
			'audio/aac',
			'audio/amr',
			'audio/mp4',
			'video/mp4',
			'application/octet-stream',
		]);
	});
});

describe('what is asked for', () => {
	test('goes with the new name of the model and with empty objects', async () => {
		const {config} = await sent(
			{data: WAV, name: 'a'},
			{
				config: {
					type: 'transcription',
					transcription_config: {language: 'en', operating_point: 'standard'},
					sentiment_analysis_config: {},
					auto_chapters_config: {},
				},
			},
		);
		expect(config).toEqual({
			type: 'transcription',
			transcription_config: {language: 'en', model: 'standard'},
			sentiment_analysis_config: {},
			auto_chapters_config: {},
		});
	});

	test('of an on-prem worker goes in a header of ASCII', async () => {
		const {headers} = await sent({data: WAV, name: 'a'}, {parallelEngines: 4, userId: 'Zoë'});
		expect(headers['x-sm-processing-data']).toBe('{"parallel_engines":4,"user_id":"Zo\\u00eb"}');
	});

	test('an alignment job carries its text', async () => {
		const {body} = await sent(
			{data: WAV, name: 'a.wav'},
			{
				config: {type: 'alignment', alignment_config: {language: 'en'}},
				text: {data: new TextEncoder().encode('Hello'), name: 'a.txt'},
			},
		);
		expect(body).toContain('name="text_file"; filename="a.txt"');
		expect(body).toContain('\r\n\r\nHello\r\n--');
	});
});

describe('waiting while submitting', () => {
	const recording = {data: WAV, name: 'a'};

	test('brings the transcript along, in the form that was asked for', async () => {
		await using server = await scriptedServer(answer(201, {id: 'x', status: 'done', txt: 'Hello'}));
		expect(await clientOf(server.url).transcribe(recording, {wait: 60, format: 'txt'})).toBe('Hello');
		expect(server.requests.map(({url}) => url)).toEqual(['/v2/jobs?wait=60&format=txt']);
	});

	test('fetches the transcript where the service left it out', async () => {
		await using server = await scriptedServer(
			answer(201, {id: 'x', status: 'done'}),
			answer(200, {job: {id: 'x', status: 'done'}}),
			answer(200, TRANSCRIPT),
		);
		expect((await clientOf(server.url).transcribe(recording, {wait: 60})).format).toBe('2.9');
		expect(server.requests[0]!.url).toBe('/v2/jobs?wait=60');
	});

	test('tells why a job was rejected, which the answer itself does not', async () => {
		await using server = await scriptedServer(
			answer(201, {id: 'x', status: 'rejected'}),
			answer(200, {job: {id: 'x', status: 'rejected', errors: [{message: 'no speech'}]}}),
		);
		const failure = clientOf(server.url).transcribe(recording, {wait: 60});
		await expect(failure).rejects.toBeInstanceOf(JobRejectedError);
		await expect(failure).rejects.toMatchObject({reasons: ['no speech']});
	});
});
