/** The app with a fault in it: its screen fails when `s` asks for the sample's place. */
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {runTui} from '../../src/tui/run.tsx';

const failing = new Proxy(
	{
		demo: true,
		batchClient: new BatchClient({apiKey: 'k', url: 'http://127.0.0.1:9'}),
		jobConfig: {type: 'transcription', transcription_config: {language: 'en'}},
		realtimeConfig: {language: 'en'},
		formats: ['txt'],
		concurrency: 1,
		warnings: [],
	} as never,
	{
		get(target, name) {
			if (name === 'samplePath') throw new Error('the fault of this test');
			return Reflect.get(target, name);
		},
	},
);

const {code, problem} = await runTui(failing);
console.error(problem);
process.exit(code);
