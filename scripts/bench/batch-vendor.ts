/**
 * The vendor's SDK as a batch: `bun batch-vendor.ts FOLDER OUT ADDRESS CONCURRENCY [POLL]`. Without POLL (seconds) the
 * SDK waits in its own way.
 */
import {openAsBlob} from 'node:fs';
import {readdir, writeFile} from 'node:fs/promises';
import {join, parse} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {BatchClient} from '@speechmatics/batch-client';

const [folder = '', out = '', apiUrl = '', concurrency = '', poll] = process.argv.slice(2);
const config = {transcription_config: {language: 'en'}};
const client = new BatchClient({apiKey: 'k', apiUrl, appId: 'bench'});

async function transcribe(fileName: string): Promise<string> {
	const input = {data: await openAsBlob(join(folder, fileName)), fileName};
	if (poll === undefined) return (await client.transcribe(input, config, 'text')) as string;
	const {id} = await client.createTranscriptionJob(input, config);
	do await sleep(Number(poll) * 1000);
	while ((await client.getJob(id)).job.status === 'running');
	return (await client.getJobResult(id, 'text')) as string;
}

const names = (await readdir(folder)).values();
async function work(): Promise<void> {
	for (const name of names) await writeFile(join(out, `${parse(name).name}.txt`), await transcribe(name));
}
await Promise.all(Array.from({length: Number(concurrency)}, work));
process.exit(0);
