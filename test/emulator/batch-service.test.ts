/** What the batch API has beside jobs and their words, and what time does to it. */
import {describe, expect, test} from 'bun:test';
import type {Emulator} from '../../src/emulator/server.ts';
import {isSimulated} from '../../src/speechmatics/simulated.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {CONFIG, call, type Json, jsonOf, KEY, start, submit} from './calls.ts';

const DAY = 24 * 3_600_000;
async function transcriptOf(emulator: Emulator, config: object): Promise<Json> {
	const done = await jsonOf(submit(emulator, {...CONFIG, ...config}, true, '/jobs?wait=30'));
	return done['json-v2'];
}

describe('add-ons', () => {
	const asked = {
		translation_config: {target_languages: ['de', 'nn']},
		summarization_config: {},
		sentiment_analysis_config: {},
		topic_detection_config: {topics: ['Sports', 'Travel']},
		auto_chapters_config: {},
		audio_events_config: {types: ['music']},
	};

	test('have placeholders that say what they are, and errors that fail no job', async () => {
		await using emulator = await start();
		const transcript = await transcriptOf(emulator, asked);
		expect(transcript.translations.de[0]).toEqual({
			content: '[simulated de] Good morning, everyone.',
			start_time: 0.32,
			end_time: 1.6,
			speaker: 'S1',
		});
		expect(transcript.metadata.translation_errors).toEqual([
			{type: 'unsupported_translation_pair', message: 'Translation from en to nn currently not supported'},
		]);
		expect(transcript.summary.content).toMatch(/simulated/i);
		expect(transcript.sentiment_analysis.sentiment_analysis.summary.overall.neutral_count).toBe(6);
		expect(transcript.topics.summary.overall).toEqual({Sports: 6, Travel: 0});
		expect(transcript.chapters.at(-1).end_time).toBeCloseTo(14.9, 0);
		expect(transcript.audio_event_summary.overall.music.count).toBe(1);
		expect(isSimulated(transcript.metadata.orchestrator_version)).toBe(true);
	});

	test('have the form of the docs where that is asked for', async () => {
		await using emulator = await start({shape: 'docs'});
		const transcript = await transcriptOf(emulator, asked);
		expect(transcript.sentiment_analysis.segments).toHaveLength(6);
		expect(transcript.audio_event_summary.music.count).toBe(1);
	});

	test('name speakers and channels', async () => {
		await using emulator = await start();
		const speaker_diarization_config = {get_speakers: true};
		const {speakers} = await transcriptOf(emulator, {
			transcription_config: {...CONFIG.transcription_config, speaker_diarization_config},
		});
		expect(speakers.map(({label}: {label: string}) => label)).toEqual(['S1', 'S2']);
		const labels = {language: 'en', diarization: 'channel', channel_diarization_labels: ['Agent']};
		const {results} = await transcriptOf(emulator, {transcription_config: labels});
		expect(new Set(results.map(({channel}: {channel: string}) => channel))).toEqual(new Set(['Agent']));
	});
});

describe('the language', () => {
	const auto = (config: object) => ({
		type: 'transcription',
		transcription_config: {language: 'auto'},
		language_identification_config: config,
	});

	test('is identified as English', async () => {
		await using emulator = await start();
		const transcript = await transcriptOf(emulator, auto({}));
		expect(transcript.results[0].alternatives[0].language).toBe('en');
		expect(transcript.metadata.transcription_config.language).toBe('auto');
		expect(transcript.metadata.language_identification.results[0].alternatives[0].language).toBe('en');
	});

	test('that was not expected has the job rejected, one that is none has it refused', async () => {
		await using emulator = await start();
		const {id} = await jsonOf(submit(emulator, auto({expected_languages: ['de']}), true, '/jobs?wait=30'));
		const {job} = await jsonOf(call(emulator, `/jobs/${id}`));
		expect([job.status, job.errors[0].message]).toEqual([
			'rejected',
			"The identified language 'en' is not one of the expected languages",
		]);
		const refused = await submit(emulator, auto({expected_languages: ['zz']}));
		expect([refused.status, await refused.json()]).toMatchObject([
			400,
			{detail: 'Job config JSON is invalid. Error: Language(s) [zz] are not supported for language id'},
		]);
	});
});

describe('time', () => {
	test.each([410, 404] as const)('lets a job expire, answered with %d', async (expiredStatus) => {
		const clock = new ManualClock();
		await using emulator = await start({clock, expiredStatus});
		const {id} = await jsonOf(submit(emulator, CONFIG, true, '/jobs?wait=30'));
		expect((await call(emulator, `/jobs/${id}/data`)).headers.get('Content-Type')).toBe(
			'application/octet-stream',
		);
		await clock.advance(7 * DAY);
		const gone = await call(emulator, `/jobs/${id}`);
		expect([gone.status, await gone.json()]).toEqual([
			expiredStatus,
			{code: expiredStatus, error: 'Job Expired'},
		]);
		expect(await jsonOf(call(emulator, '/jobs'))).toEqual({jobs: []});
		expect((await jsonOf(call(emulator, '/jobs?include_deleted=true'))).jobs[0].status).toBe('expired');
	});

	test('puts a job into the usage of the day when that is over', async () => {
		const clock = new ManualClock();
		await using emulator = await start({clock});
		await submit(emulator, CONFIG, true, '/jobs?wait=30');
		expect((await jsonOf(call(emulator, '/usage'))).summary).toEqual([]);
		await clock.advance(DAY);
		const usage = await jsonOf(call(emulator, '/usage'));
		expect(usage.summary).toMatchObject([{mode: 'batch', type: 'transcription', count: 1}]);
		expect(usage.details).toMatchObject([{language: 'en', model: 'standard', count: 1}]);
		expect((await call(emulator, '/usage?since=then')).status).toBe(422);
	});

	test('is too short for more than ten submissions a second, where limits are on', async () => {
		const clock = new ManualClock();
		await using emulator = await start({clock, limits: true});
		const statuses = async () => {
			const all = await Promise.all(Array.from({length: 12}, () => submit(emulator)));
			return all.filter(({status}) => status === 429).length;
		};
		expect(await statuses()).toBe(2);
		await clock.advance(1000);
		expect(await statuses()).toBe(2);
	});
});

describe('the rest', () => {
	test('a log, and features that need no key', async () => {
		await using emulator = await start();
		const {id} = await jsonOf(submit(emulator, CONFIG, true, '/jobs?wait=30'));
		expect(await (await call(emulator, `/jobs/${id}/log`)).text()).toContain('simulated');
		const found = await jsonOf(fetch(`${new URL(emulator.batchUrl).origin}/v1/discovery/features`));
		expect(found.batch.transcription[0].languages).toEqual(['en']);
		expect(found.realtime.translation[0].languages.en).toContain('de');
	});

	test('jobs may share the moment in which they were made', async () => {
		await using emulator = await start({ties: 3});
		for (let count = 0; count < 4; count++) await submit(emulator);
		const {jobs} = await jsonOf(call(emulator, '/jobs'));
		expect(new Set(jobs.map(({created_at}: {created_at: string}) => created_at)).size).toBe(2);
	});

	test('a temporary key sees the jobs of its own client', async () => {
		await using emulator = await start({apiKey: 'key'});
		const origin = new URL(emulator.batchUrl).origin;
		const body = JSON.stringify({ttl: 60, client_ref: 'me'});
		const issued = await jsonOf(
			fetch(`${origin}/v1/api_keys?type=batch`, {method: 'POST', headers: KEY, body}),
		);
		const {id} = await jsonOf(submit(emulator));
		const mine = {headers: {Authorization: `Bearer ${issued.key_value}`}};
		expect(await jsonOf(call(emulator, '/jobs', mine))).toEqual({jobs: []});
		expect((await call(emulator, `/jobs/${id}`, mine)).status).toBe(404);
		expect((await call(emulator, '/usage', mine)).status).toBe(403);
	});

	test('the batch worker has fewer doors, and other words', async () => {
		await using emulator = await start({mode: 'batch-worker'});
		const {id} = await jsonOf(submit(emulator, CONFIG, true, '/jobs?wait=30'));
		expect(id).toMatch(/^[0-9a-f]{20}$/);
		const root = new URL(emulator.batchUrl).origin;
		while ((await jsonOf(fetch(`${root}/jobs`))).active_jobs.length > 0);
		const {job} = await jsonOf(fetch(`${root}/v2/jobs/${id}`));
		expect(job).toMatchObject({status: 'DONE', request_id: id});
		expect((await call(emulator, `/jobs/${id}`, {method: 'DELETE'})).status).toBe(405);
		expect((await call(emulator, '/usage')).status).toBe(404);
		expect(await jsonOf(call(emulator, '/jobs/none'))).toEqual({detail: 'Job not found'});
		expect(await jsonOf(fetch(`${root}/live`))).toEqual({live: true});
		expect(await jsonOf(fetch(`${root}/ready`))).toEqual({ready: true, engines_used: 0});
	});
});
