import {describe, expect, test} from 'bun:test';
import {existsSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {BatchEngine, type EngineOptions} from '../../src/batch/engine.ts';
import type {BatchEvent} from '../../src/batch/events.ts';
import {ordersOf} from '../../src/batch/orders.ts';
import {findSources} from '../../src/batch/sources.ts';
import {BatchTable} from '../../src/batch/table.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {JOB_CONFIG} from '../helpers/batch-run.ts';
import {batchWorld, failures, names, tone} from '../helpers/batch-world.ts';
import {FastClock} from '../helpers/fast-clock.ts';
import {answer, scriptedServer} from '../helpers/scripted-server.ts';

type World = Awaited<ReturnType<typeof batchWorld>>;

/** An engine at a world's service, and what it told. */
function engineIn(world: World, options: Partial<EngineOptions> = {}) {
	const events: BatchEvent[] = [];
	const table = new BatchTable();
	const engine = new BatchEngine({
		client: new BatchClient({url: world.url, apiKey: 'right', retries: 0}),
		ledger: world.ledger,
		transcripts: world.transcripts,
		limits: {uploads: 4, running: 100},
		rates: {submissions: 1000, reads: 1000},
		settleTime: 20,
		clock: systemClock,
		temporaryFolder: world.root,
		...options,
		emit: (event) => {
			events.push(event);
			table.apply(event, 0);
			options.emit?.(event);
		},
	});
	const orders = async (paths: readonly string[]) => {
		const {sources} = await findSources(paths);
		return ordersOf(sources, {
			account: world.account,
			config: JOB_CONFIG,
			output: {to: 'files', folder: world.out, formats: ['txt', 'json']},
		});
	};
	return {engine, events, table, orders};
}

describe('a recording that was paid for', () => {
	test('is not sent again under another name, nor from another folder', async () => {
		await using world = await batchWorld();
		world.record(['talk.wav', 'copy.wav', 'deep/er.wav'], 1);
		const {finished, events} = await world.run();
		expect(finished).toMatchObject({done: 3, failed: 0});
		expect(world.posts()).toBe(1);
		expect(world.outputs()).toEqual(['copy.json', 'copy.txt', 'er.json', 'er.txt', 'talk.json', 'talk.txt']);
		expect(new Set(events.flatMap((event) => (event.type === 'done' ? [event.jobId] : []))).size).toBe(1);
	});

	test('is done without a request while its outputs are there', async () => {
		await using world = await batchWorld();
		world.record(names(3));
		await world.run();
		world.reopen();
		const before = world.requests.length;
		const {finished} = await world.run();
		expect(finished).toMatchObject({done: 3, fromBefore: 3});
		expect(world.requests).toHaveLength(before);
		expect(world.outputs()).toHaveLength(6);
	});

	test('gets missing outputs from the saved transcript, and other ones too', async () => {
		await using world = await batchWorld();
		world.record(names(2));
		await world.run();
		const text = readFileSync(join(world.out, '000.txt'), 'utf8');
		rmSync(join(world.out, '000.txt'));
		world.reopen();
		const before = world.requests.length;
		await world.run();
		expect(readFileSync(join(world.out, '000.txt'), 'utf8')).toBe(text);
		const {finished} = await world.run(undefined, {
			output: {to: 'files', folder: world.out, formats: ['srt']},
		});
		expect(finished).toMatchObject({done: 2, fromBefore: 2});
		expect(world.outputs()).toHaveLength(6);
		expect(world.requests).toHaveLength(before);
	});

	test('never has outputs written over that the user changed, and gets no more than one beside them', async () => {
		await using world = await batchWorld();
		world.record(['talk.wav']);
		await world.run();
		writeFileSync(join(world.out, 'talk.txt'), 'corrected by hand');
		rmSync(join(world.out, 'talk.json'));
		await world.run();
		expect(world.outputs()).toEqual(['talk.json', 'talk.txt']);
		for (let times = 0; times < 3; times++) {
			const output = {to: 'files', folder: world.out, formats: ['txt', 'json'], timestamps: true} as const;
			rmSync(join(world.out, 'talk.json'), {force: true});
			await world.run(undefined, {output});
		}
		expect(readFileSync(join(world.out, 'talk.txt'), 'utf8')).toBe('corrected by hand');
		expect(world.outputs().length).toBeLessThanOrEqual(3);
		expect(world.posts()).toBe(1);
	});

	test('gets no second set of outputs from a process that ended before it could note the first', async () => {
		await using world = await batchWorld();
		world.record(['talk.wav']);
		await world.run();
		// As if the process had been killed between writing and noting.
		const [{id}] = world.ledger.recordings.want(
			await engineIn(world).orders([world.recordings]),
		) as unknown as [{id: number}];
		world.ledger.recordings.forgetOutputs(id);
		for (const name of world.outputs()) utimesSync(join(world.out, name), 1, 1);
		await world.run();
		expect(world.outputs()).toEqual(['talk.json', 'talk.txt']);
	});

	test('is sent again when it is forced, once for all its copies, even after a refusal', async () => {
		await using world = await batchWorld();
		world.record(['talk.wav', 'copy.wav'], 1);
		await world.run();
		world.emulator.setFaults([{fault: 'status', status: 429, on: 'jobs.create', times: 2}]);
		const {finished} = await world.run(undefined, {force: true});
		expect(finished).toMatchObject({done: 2, failed: 0});
		expect(await world.jobs()).toHaveLength(2);
	});
});

describe('cancelling', () => {
	test('deletes the job at the service', async () => {
		await using world = await batchWorld({processingTime: () => 60_000});
		const [file] = world.record(['talk.wav']) as [string];
		const {engine, orders, table} = engineIn(world, {
			emit: ({type}) => {
				if (type === 'submitted') setTimeout(() => engine.cancel(file), 5);
			},
		});
		engine.add(await orders([file]));
		await engine.settled();
		expect(await world.jobs()).toEqual([]);
		expect(world.posts()).toBe(1);
		expect(table.row(file)?.state).toBe('cancelled');
		engine.stop();
	});

	test('while the upload is on its way deletes what comes of it, and the row stays cancelled', async () => {
		for (const when of ['sent', 'answered'] as const) {
			await using world = await batchWorld({processingTime: () => 60_000});
			const [file] = world.record(['talk.wav']) as [string];
			const client = new BatchClient({url: world.url, apiKey: 'right', retries: 0});
			const submit = client.submitJob.bind(client);
			client.submitJob = async (input, options) => {
				// The service takes it all; whoever asked hears nothing of it.
				const job = await submit(input, {...options, signal: undefined});
				engine.cancel(file);
				if (when === 'sent') throw options!.signal!.reason;
				return job;
			};
			const {engine, orders, table} = engineIn(world, {client});
			engine.add(await orders([file]));
			await engine.settled();
			expect(table.row(file)?.state).toBe('cancelled');
			expect(await world.jobs()).toEqual([]);
		}
	});

	test('leaves a job that another recording needs', async () => {
		await using world = await batchWorld({processingTime: () => 150});
		const [file, copy] = world.record(['talk.wav', 'copy.wav'], 1) as [string, string];
		const {engine, orders, table} = engineIn(world, {
			emit: (event) => {
				if (event.type === 'submitted' && !event.isResumed) engine.cancel(event.file);
			},
		});
		engine.add(await orders([file, copy]));
		await engine.settled();
		expect([table.row(file)?.state, table.row(copy)?.state].sort()).toEqual(['cancelled', 'done']);
		expect(world.posts()).toBe(1);
	});

	test('and adding again, over and over, ends with one transcript', async () => {
		await using world = await batchWorld({processingTime: () => 20});
		const files = world.record(names(6));
		const {engine, orders, table} = engineIn(world);
		const all = await orders(files);
		engine.add(all);
		for (let round = 0; round < 12; round++) {
			await new Promise((resolve) => setTimeout(resolve, round));
			const file = files[round % 6]!;
			engine.cancel(file);
			engine.retry(file);
		}
		await engine.settled();
		expect(table.count('done')).toBe(6);
		expect((await world.jobs()).filter((name, index, jobs) => jobs.indexOf(name) !== index)).toEqual([]);
	});
});

describe('a job', () => {
	test('that is rejected fails with the reasons of the service, for its copies too, and is not resumed', async () => {
		await using server = await scriptedServer((request, response) => {
			if (request.method === 'POST') return answer(201, {id: 'job1'})(request, response);
			if (request.url.includes('/transcript')) return answer(404, {code: 404, error: 'x'})(request, response);
			answer(200, {
				job: {id: 'job1', status: 'rejected', errors: [{timestamp: 'now', message: 'it is silent'}]},
			})(request, response);
		});
		await using world = await batchWorld();
		world.record(['talk.wav', 'copy.wav'], 1);
		const {events} = await world.run(undefined, {url: server.url});
		expect(failures(events).map(({reason, cause}) => [reason, cause])).toEqual([
			['Job job1 was rejected: it is silent', 'service'],
			['Job job1 was rejected: it is silent', 'service'],
		]);
		expect(server.requests.filter(({method}) => method === 'POST')).toHaveLength(1);
		expect(world.ledger.recordings.takeOver(new URL(server.url).host, {submitted: true})).toEqual([]);
	});

	test('that the service no longer has is named, and made anew only when asked for', async () => {
		await using world = await batchWorld();
		const [file] = world.record(['talk.wav']) as [string];
		await world.run(undefined, {waits: false});
		const client = new BatchClient({url: world.url, apiKey: 'right'});
		for await (const {id} of client.listAllJobs()) await client.deleteJob(id, {force: true});
		world.reopen();
		const {events} = await world.run([], {
			resumed: world.ledger.recordings.takeOver(world.account, {submitted: true}),
		});
		expect(failures(events)).toEqual([
			expect.objectContaining({
				file,
				reason: expect.stringMatching(
					/^Job \w{10} is no longer at the service, which keeps results for 7 days/,
				),
			}),
		]);
		expect(world.posts()).toBe(1);
		expect(world.ledger.recordings.takeOver(world.account, {submitted: true})).toEqual([]);
		expect((await world.run()).finished).toMatchObject({done: 1});
		expect(world.posts()).toBe(2);
	});

	test('that is left to the service is collected later, without another upload', async () => {
		await using world = await batchWorld();
		world.record(names(5));
		const left = await world.run(undefined, {waits: false});
		expect(left.finished).toMatchObject({left: 5, done: 0, failed: 0});
		expect(existsSync(world.out)).toBe(false);
		world.reopen();
		expect(world.ledger.recordings.takeOver(world.account, {submitted: false})).toEqual([]);
		const {finished} = await world.run([], {
			resumed: world.ledger.recordings.takeOver(world.account, {submitted: true}),
		});
		expect(finished).toMatchObject({done: 5, failed: 0});
		expect(world.posts()).toBe(5);
	});

	test('that the service does not know at first is waited for', async () => {
		let asked = 0;
		await using world = await batchWorld();
		const client = new BatchClient({url: world.url, apiKey: 'right', retries: 0});
		const read = client.getTranscript.bind(client) as BatchClient['getTranscript'];
		client.getTranscript = (async (...values: Parameters<BatchClient['getTranscript']>) => {
			asked += 1;
			return asked <= 2 ? read('unknown') : read(...values);
		}) as BatchClient['getTranscript'];
		world.record(['talk.wav']);
		expect((await world.run(undefined, {client})).finished).toMatchObject({done: 1});
		expect(world.posts()).toBe(1);
	});

	test('of a worker on premises, which knows no wait and shouts, is polled', async () => {
		let started = 0;
		await using world = await batchWorld({mode: 'batch-worker', processingTime: () => 30 * ++started});
		world.record(names(4));
		const {finished} = await world.run();
		expect(finished).toMatchObject({done: 4, failed: 0});
		expect(world.requests.filter((request) => request.startsWith('GET')).length).toBeLessThan(120);
	});

	test('of an address is fetched by the service; its reference does not tell the signature', async () => {
		await using server = await scriptedServer(answer(201, {id: 'job1'}));
		await using world = await batchWorld();
		const post = async (address: string) => {
			await world.run([address], {url: server.url, waits: false, force: false});
			const body = server.requests.at(-1)!.body.toString();
			return JSON.parse(/\{"type.*\}/.exec(body)![0]) as {
				fetch_data: {url: string};
				tracking: {reference: string; title: string};
			};
		};
		const first = await post('https://bucket.example/talk.wav?signature=secret');
		expect(first.fetch_data.url).toBe('https://bucket.example/talk.wav?signature=secret');
		expect(first.tracking.reference).toMatch(/^speechdeck-[0-9a-f]{32}$/);
		expect(first.tracking.title).not.toContain('secret');
		await world.run(['https://bucket.example/talk.wav?signature=other'], {url: server.url, waits: false});
		expect(server.requests.filter(({method}) => method === 'POST')).toHaveLength(1);
	});
});

describe('an engine', () => {
	test('that is stopped in the middle leaves nothing under way, and the next one goes on', async () => {
		for (const after of [1, 4, 9, 15, 22, 30, 40]) {
			await using world = await batchWorld({processingTime: () => 5});
			const files = world.record(names(8));
			let count = 0;
			const first = engineIn(world, {
				emit: () => {
					count += 1;
					if (count === 8 + after) first.engine.stop();
				},
			});
			first.engine.add(await first.orders(files));
			await first.engine.settled();
			world.reopen();
			const second = engineIn(world);
			second.engine.resume(world.ledger.recordings.takeOver(world.account, {submitted: false}));
			await second.engine.settled();
			const done = first.table.count('done') + second.table.count('done');
			expect(done).toBe(8);
			expect(await world.jobs()).toEqual(names(8));
			expect(world.outputs()).toHaveLength(16);
		}
	});

	test('takes a recording that is named in two ways once', async () => {
		await using world = await batchWorld({processingTime: () => 10});
		const [file] = world.record(['talk.wav']) as [string];
		const {engine, orders, table} = engineIn(world);
		const [order] = await orders([file]);
		engine.add([order!, {...order!, file: './talk.wav'}]);
		engine.add([{...order!, file: 'recordings/talk.wav'}]);
		engine.resume(world.ledger.recordings.takeOver(world.account, {submitted: false}));
		await engine.settled();
		expect(world.posts()).toBe(1);
		expect(table.rows).toHaveLength(1);
	});

	test('does not send what has changed since it was read', async () => {
		await using world = await batchWorld({
			faults: [{fault: 'status', status: 429, on: 'jobs.create', times: 1}],
		});
		const [file] = world.record(['talk.wav']) as [string];
		const {events} = await world.run(undefined, {
			emit: ({type}: BatchEvent) => {
				if (type === 'retrying') writeFileSync(file, tone(99));
			},
		});
		expect(events).toEqual([]);
		expect(await world.jobs()).toEqual([]);
		expect((await world.run()).finished).toMatchObject({done: 1});
		expect(await world.jobs()).toEqual(['talk.wav']);
	});

	test('asks again after a failure without paying again', async () => {
		await using world = await batchWorld();
		const [file] = world.record(['talk.wav']) as [string];
		writeFileSync(world.out, 'in the way');
		const {engine, orders, table} = engineIn(world);
		engine.add(await orders([file]));
		await engine.settled();
		expect(table.row(file)).toMatchObject({state: 'failed', cause: 'output'});
		rmSync(world.out);
		engine.retry(file);
		await engine.settled();
		expect(table.row(file)).toMatchObject({state: 'done', isFromBefore: true});
		expect(world.posts()).toBe(1);
	});

	test('in two processes with one ledger makes one job of each recording', async () => {
		await using world = await batchWorld({processingTime: () => 5});
		world.record(names(30));
		const fixture = join(import.meta.dir, '../helpers/batch-until-killed.ts');
		const live = () =>
			Bun.spawn([process.execPath, fixture, world.url, world.root, world.recordings, '0'], {
				stdout: 'ignore',
				stderr: 'inherit',
			}).exited;
		await Promise.all([live(), live()]);
		await live();
		expect(await world.jobs()).toEqual(names(30));
		expect(world.outputs()).toHaveLength(60);
	}, 20_000);

	test('does ten thousand recordings with little memory and time', async () => {
		await using world = await batchWorld();
		let jobs = 0;
		const transcript = {
			format: '2.9',
			metadata: {type: 'transcription', transcription_config: {language: 'en'}},
			results: [],
		};
		const client = {
			submitJob: async () => ({id: `job${jobs++}`, requestId: 'r'}),
			getJob: async (id: string) => ({id, status: 'done'}),
			getTranscript: async () => transcript,
			async *listAllJobs() {},
		} as unknown as BatchClient;
		const {engine, table, orders} = engineIn(world, {
			client,
			limits: {uploads: 50, running: 500},
			rates: {submissions: 1_000_000, reads: 1_000_000},
			transcripts: {save: async () => {}, load: async () => undefined, has: async () => false},
			clock: new FastClock(),
		});
		const addresses = Array.from({length: 10_000}, (_, index) => `https://bucket.example/${index}.wav`);
		const all = (await orders(addresses)).map((order) => ({
			...order,
			delivery: {to: 'print', formats: ['txt' as const]} as const,
		}));
		Bun.gc(true);
		const before = process.memoryUsage().rss;
		const started = performance.now();
		engine.add(all);
		await engine.settled();
		expect(table.count('done')).toBe(10_000);
		expect(jobs).toBe(10_000);
		// Seven writes a job that are on the disk before the next step: the disk sets the pace.
		expect(performance.now() - started).toBeLessThan(45_000);
		expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
	}, 60_000);
});
