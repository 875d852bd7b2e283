/** One large upload by our client and by the vendor's own, to the same server, each in a process of its own. */
import {rmSync, truncateSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median, printTable} from './figures.ts';

const GIBIBYTE = 1024 ** 3;
const ROUNDS = 3;

/** Each program uploads the file it is given once, to the address it is given. */
const CLIENTS = {
	speechdeck: `
		import {BatchClient} from '${new URL('../../src/speechmatics/index.ts', import.meta.url).pathname}';
		await new BatchClient({apiKey: 'k', url: process.argv[3] + '/v2'}).submitJob(process.argv[2]!);
	`,
	"the vendor's SDK": `
		import {openAsBlob} from 'node:fs';
		import {BatchClient} from '${import.meta.resolve('@speechmatics/batch-client')}';
		const client = new BatchClient({apiKey: 'k', apiUrl: process.argv[3] + '/v2', appId: 'bench'});
		const data = await openAsBlob(process.argv[2]!);
		await client.createTranscriptionJob({data, fileName: 'big.wav'}, {transcription_config: {language: 'en'}});
	`,
} as const;

const folder = join(tmpdir(), `speechdeck-bench-${process.pid}`);
const file = `${folder}.wav`;
writeFileSync(file, '');
truncateSync(file, GIBIBYTE);

/** Reads and forgets. */
let received = 0;
const server = createServer(async (request, response) => {
	for await (const chunk of request) received += chunk.length;
	response.writeHead(201, {'content-type': 'application/json'});
	response.end('{"id":"a1b2c3d4e5"}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

interface Run {
	readonly seconds: number;
	/** Peak resident memory in MB. */
	readonly memory: number;
}

async function run(source: string): Promise<Run | string> {
	const program = `${folder}.ts`;
	writeFileSync(program, `${source}\nprocess.exit(0);`);
	received = 0;
	const start = performance.now();
	const child = Bun.spawn([process.execPath, program, file, address], {stdout: 'ignore', stderr: 'pipe'});
	const code = await child.exited;
	const seconds = (performance.now() - start) / 1000;
	if (code !== 0 || received < GIBIBYTE) return (await new Response(child.stderr).text()).slice(0, 200);
	return {seconds, memory: (child.resourceUsage()?.maxRSS ?? 0) / 1e6};
}

const runs = new Map<string, Run[]>();
try {
	for (let round = 0; round < ROUNDS; round++) {
		for (const [name, code] of Object.entries(CLIENTS)) {
			const result = await run(code);
			if (typeof result === 'string') console.log(`${name}: not measured: ${result}`);
			else runs.set(name, [...(runs.get(name) ?? []), result]);
		}
	}
} finally {
	server.closeAllConnections();
	server.close();
	for (const path of [file, `${folder}.ts`]) rmSync(path, {force: true});
}

const figures = [...runs].map(([name, all]) => ({
	name,
	seconds: median(all.map(({seconds}) => seconds)),
	memory: median(all.map(({memory}) => memory)),
}));
const ours = figures.find(({name}) => name === 'speechdeck');
const ratio = (value: number, own: number | undefined) =>
	own === undefined ? '' : `${(value / own).toFixed(1)}×`;
printTable(
	[`1 GiB, ${ROUNDS} uploads each, whole processes`, 'seconds', 'ratio', 'peak memory', 'ratio'],
	figures.map(({name, seconds, memory}) => [
		name,
		`${seconds.toFixed(2)} s`,
		ratio(seconds, ours?.seconds),
		`${memory.toFixed(0)} MB`,
		ratio(memory, ours?.memory),
	]),
);
process.exit(0);
