/**
 * The vendor's SDK streams a file: `bun realtime-vendor.ts FILE ADDRESS`. As its own example for Node does: pieces of
 * 4 kB as they are read, each sent without waiting for anything, since the SDK has nothing to wait for.
 */
import {createReadStream} from 'node:fs';
import {RealtimeClient} from '@speechmatics/real-time-client';

/** Milliseconds: the SDK waits no longer for the last word than for a connection, 10 s if it is not told otherwise. */
const PATIENCE = 600_000;

const [file = '', url = ''] = process.argv.slice(2);
const client = new RealtimeClient({url, appId: 'bench', connectionTimeout: PATIENCE});
let words = 0;
client.addEventListener('receiveMessage', ({data}) => {
	if (data.message === 'Error') throw new Error(data.type);
	if (data.message === 'AddTranscript') words += data.results.length;
});
await client.start('k', {transcription_config: {language: 'en', enable_partials: true}});
for await (const piece of createReadStream(file, {highWaterMark: 4096})) client.sendAudio(piece);
await client.stopRecognition();
if (words === 0) throw new Error('no words came');
process.exit(0);
