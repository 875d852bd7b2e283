import {afterAll, expect, test} from 'bun:test';
import {writeFileSync} from 'node:fs';
import {CODED_RATE, codedAudio, codedService, codedWords} from '../helpers/coded-service.ts';
import {type Cut, cuttingProxy} from '../helpers/cutting-proxy.ts';
import {ndjson, Program, readUntil} from '../helpers/program.ts';
import {seeded} from '../helpers/seeded.ts';
import {wavBytes} from '../helpers/wav-bytes.ts';

const BLOCKS = 1500;
/** Bytes of the stream: ten minutes. */
const BYTES = BLOCKS * 0.4 * CODED_RATE * 2;
const CUTS: ReadonlyArray<Cut | 'close'> = [
	...Array.from({length: 10}, () => 'reset' as const),
	...Array.from({length: 6}, () => 'close' as const),
	...Array.from({length: 3}, () => 'silence' as const),
	'refuse',
];

const program = new Program({SPEECHMATICS_API_KEY: 'any'});
afterAll(() => program.remove());

test('ten minutes of coded audio through a connection that is cut twenty times: every word once, in order', async () => {
	await using service = await codedService();
	await using proxy = await cuttingProxy(service.port);
	const random = seeded(11);
	const cuts = CUTS.map((how) => ({how, order: random()})).sort((a, b) => a.order - b.order);
	const places = cuts.map(() => random() * BYTES * 0.95).sort((a, b) => a - b);
	let made = 0;
	proxy.onBytes((bytes) => {
		if (made === cuts.length || bytes < places[made]!) return;
		const {how} = cuts[made]!;
		made += 1;
		if (how === 'close') service.closeAll(1012);
		else proxy.cut(how, 15_000);
	});

	writeFileSync(program.at('coded.wav'), wavBytes(codedAudio(BLOCKS), CODED_RATE));
	const {code, stdout} = await program.run(
		['realtime', '--source', 'coded.wav', '--pace', 'max', '--json', '--output-dir', 'out'],
		{SPEECHMATICS_RT_URL: proxy.url},
	);
	expect(code).toBe(0);
	expect(made).toBe(cuts.length);
	const finals = ndjson(stdout).filter(({type}) => type === 'final') as unknown as ReadonlyArray<{
		results: ReadonlyArray<{start_time: number; alternatives: ReadonlyArray<{content: string}>}>;
	}>;
	const words = finals.flatMap(({results}) => results);
	expect(words.map(({alternatives}) => alternatives[0]!.content)).toEqual(codedWords(BLOCKS));
	for (const [index, {start_time}] of words.entries()) expect(start_time).toBeCloseTo(index * 0.4, 1);
	expect(ndjson(stdout).filter(({type}) => type === 'gap')).toEqual([]);
}, 180_000);

test('Ctrl-C while the network is away waits for it, a second one leaves at once', async () => {
	await using service = await codedService();
	await using proxy = await cuttingProxy(service.port);
	writeFileSync(program.at('minute.wav'), wavBytes(codedAudio(150), CODED_RATE));
	const running = program.start(['realtime', '--source', 'minute.wav', '--pace', '1'], {
		SPEECHMATICS_RT_URL: proxy.url,
	});
	await readUntil(running.stderr, 'Connected');
	await Bun.sleep(1000);
	proxy.cut('refuse', 120_000);
	await readUntil(running.stderr, 'Reconnecting; nothing is lost.');
	running.kill('SIGINT');
	await readUntil(running.stderr, 'Ctrl-C again leaves at once');
	expect(await Promise.race([running.exited, Bun.sleep(1500).then(() => 'waits')])).toBe('waits');
	running.kill('SIGINT');
	expect(await running.exited).toBe(130);
}, 30_000);
