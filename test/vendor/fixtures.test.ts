/** Every sample of the wire is understood. */
import {describe, expect, test} from 'bun:test';
import {AnyJobConfig} from '../../src/speechmatics/config.ts';
import {AuthenticationError, ResponseError, SpeechmaticsError} from '../../src/speechmatics/errors.ts';
import {CreatedJob, JobListResponse, JobResponse, Transcript} from '../../src/speechmatics/jobs.ts';
import {ClientMessage, SERVER_MESSAGES} from '../../src/speechmatics/messages.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {responseError} from '../../src/speechmatics/responses.ts';
import {transcriptText} from '../../src/speechmatics/transcript.ts';
import {FakeService} from '../helpers/fake-socket.ts';
import {type Fixture, fixturesIn, noReference} from './reference.ts';

if (noReference !== undefined) console.warn(`The samples of the wire are not tested: ${noReference}.`);
const names = (fixtures: readonly Fixture[]) => fixtures.map((fixture) => [fixture.name, fixture] as const);

describe.skipIf(noReference !== undefined)(
	`the vendor's samples${noReference ? ` (skipped: ${noReference})` : ''}`,
	() => {
		test.each(names([...fixturesIn('rt/server'), ...fixturesIn('rt/preview')]))(
			'realtime: %s reaches its listener, known or not',
			async (_name, {json}) => {
				const message = json as {message: string};
				const service = new FakeService().behave();
				const client = new RealtimeClient({apiKey: 'k', url: 'ws://127.0.0.1:1', connect: service.connect});
				const heard: unknown[] = [];
				const known = message.message in SERVER_MESSAGES;
				await client.start();
				client.on(known ? (message.message as 'Info') : 'Unknown', (event) => heard.push(event));
				service.say(message);
				expect(heard).toHaveLength(1);
			},
		);

		test.each(names(fixturesIn('rt/client')))('realtime: %s is a message we can send', (_name, {json}) => {
			expect(ClientMessage.safeParse(json).error).toBeUndefined();
		});

		test.each(names(fixturesIn('batch/config')))('batch: %s is a config we can send', (_name, {json}) => {
			expect(AnyJobConfig.safeParse(json).error).toBeUndefined();
		});

		test.each(
			names(fixturesIn('batch/response').filter(({name}) => /^20[01]\.(job\.|jobs|create)/.test(name))),
		)('batch: %s is understood', (name, {json}) => {
			const schema = name.startsWith('201')
				? CreatedJob
				: name.startsWith('200.jobs')
					? JobListResponse
					: JobResponse;
			expect(schema.safeParse(json).error).toBeUndefined();
		});

		test.each(names(fixturesIn('batch/transcript').filter(({json}) => json !== undefined)))(
			'batch: %s becomes text',
			(_name, {json}) => {
				const transcript = Transcript.parse(json);
				expect(transcriptText(transcript)).toBeString();
			},
		);

		test.each(
			names([...fixturesIn('batch/error'), ...fixturesIn('mp').filter(({name}) => name.startsWith('error'))]),
		)('batch: %s is a typed error that keeps what was said', (name, {text, json}) => {
			const status = Number(/\d{3}/.exec(name)?.[0]);
			const error = responseError({status, headers: {}, text}, new URL('https://host/v2'), true);
			expect(error).toBeInstanceOf(SpeechmaticsError);
			expect(error).toBeInstanceOf(status === 401 || status === 403 ? AuthenticationError : ResponseError);
			const {detail} = (json ?? {}) as {detail?: string};
			if (detail !== undefined && status !== 401) expect(error.message).toContain(detail);
		});
	},
);
