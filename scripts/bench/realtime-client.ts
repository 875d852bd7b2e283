/** Our client alone streams a file: `bun realtime-client.ts FILE ADDRESS`, in pieces of 4 kB as they are read. */
import {createReadStream} from 'node:fs';
import {RealtimeClient} from '../../src/speechmatics/index.ts';

const [file = '', url = ''] = process.argv.slice(2);
const client = new RealtimeClient({apiKey: 'k', url});
let words = 0;
client.on('AddTranscript', ({results}) => {
	words += results.length;
});
await client.start({
	audioFormat: {type: 'file'},
	transcriptionConfig: {language: 'en', enable_partials: true},
});
for await (const piece of createReadStream(file, {highWaterMark: 4096})) await client.sendAudio(piece);
await client.stop();
if (words === 0) throw new Error('no words came');
process.exit(0);
