import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {joinTranscripts} from '../../src/compare/join.ts';
import {
	type SecondPassError,
	type SecondPassOptions,
	secondPass,
	secondPassLines,
} from '../../src/compare/second-pass.ts';
import {secondPassConfig} from '../../src/compare/second-pass-config.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import type {Transcript} from '../../src/speechmatics/jobs.ts';
import {JOB_CONFIG} from '../helpers/batch-run.ts';
import {batchWorld} from '../helpers/batch-world.ts';
import {FastClock} from '../helpers/fast-clock.ts';
import {SAMPLE} from '../helpers/program.ts';
import {word} from '../helpers/results.ts';

let world: Awaited<ReturnType<typeof batchWorld>>;
beforeAll(async () => {
	world = await batchWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const LIVE: Transcript = {
	format: '2.9',
	metadata: {},
	results: ['Good', 'mourning', 'everyone'].map((text, index) => word(text, index)),
};

function options(more: Partial<SecondPassOptions> = {}): SecondPassOptions {
	return {
		recordingPaths: [SAMPLE],
		live: LIVE,
		engine: {
			client: new BatchClient({url: world.url, apiKey: 'right', retries: 0}),
			ledger: world.ledger,
			transcripts: world.transcripts,
			limits: {uploads: 2, running: 10},
			rates: {submissions: 1000, reads: 1000},
			settleTime: 20,
			clock: new FastClock(),
			temporaryFolder: tmpdir(),
		},
		account: world.account,
		config: secondPassConfig({language: 'en'}, JOB_CONFIG),
		signal: new AbortController().signal,
		...more,
	};
}

describe('a second pass', () => {
	test('tells what changed, writes it down, and is paid for once', async () => {
		const outputDir = join(world.root, 'session');
		const before = world.posts();
		const pass = await secondPass(options({outputDir}));
		expect(pass.changes[0]).toMatchObject({before: 'mourning', after: 'morning'});
		expect(pass.rate).toMatchObject({substitutions: 1, insertions: 0, hits: 2});
		const [mark, summary, first] = secondPassLines(pass);
		expect(mark).toBe('[SIMULATED]');
		expect(summary).toContain(`of ${pass.rate.words} words (1 replaced, ${pass.rate.deletions} missed`);
		expect(first).toMatch(/^00:00:0\d {2}"mourning" -> "morning"$/);
		const names = ['second-pass.json', 'second-pass.srt', 'second-pass.txt'];
		expect(readdirSync(outputDir).sort()).toEqual(names);

		const again = await secondPass(options({outputDir}));
		expect(again.changes).toEqual(pass.changes);
		expect(again.outputs).toEqual(pass.outputs);
		expect(readdirSync(outputDir).sort()).toEqual(names);
		expect(world.posts() - before).toBe(1);
	});

	test('fails in one sentence where there is no recording, or it is stopped', async () => {
		const missing = await failure(options({recordingPaths: [join(world.root, 'none.wav')]}));
		expect(missing).toMatchObject({name: 'SecondPassError', reason: 'input'});
		const stopped = new AbortController();
		stopped.abort();
		expect(await failure(options({account: 'other', signal: stopped.signal}))).toMatchObject({
			name: 'SecondPassError',
			reason: 'interrupted',
		});
	});
});

async function failure(asked: SecondPassOptions): Promise<SecondPassError> {
	return secondPass(asked).then(
		() => expect.unreachable(),
		(error: SecondPassError) => error,
	);
}

test('parts of a recording become one transcript on one timeline', () => {
	const joined = joinTranscripts([
		{transcript: LIVE, seconds: 10},
		{transcript: LIVE, seconds: 5},
		{transcript: LIVE, seconds: 1},
	]);
	expect(joined.results.map(({start_time}) => start_time)).toEqual([0, 1, 2, 10, 11, 12, 15, 16, 17]);
	expect(joinTranscripts([{transcript: LIVE, seconds: 10}])).toBe(LIVE);
});

test('asks for what was asked live, and for no add-on', () => {
	const config = secondPassConfig(
		{language: 'de', additional_vocab: ['Weber', {content: 'Hof', sounds_like: ['Hoof']}]},
		{
			...JOB_CONFIG,
			fetch_data: {url: 'https://example.com/other.wav'},
			summarization_config: {},
			transcription_config: {...JOB_CONFIG.transcription_config, output_locale: 'de-CH', model: 'standard'},
		},
	);
	expect(config).toEqual({
		type: 'transcription',
		transcription_config: {
			language: 'de',
			model: 'enhanced',
			diarization: 'speaker',
			output_locale: 'de-CH',
			additional_vocab: [{content: 'Weber'}, {content: 'Hof', sounds_like: ['Hoof']}],
		},
	});
});
