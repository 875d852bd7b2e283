/** `speechdeck emulator`, inside this process. */
import {expect, test} from 'bun:test';
import {wavHeader} from '../../src/audio/wav-header.ts';
import {runProgram} from '../../src/commands/program.ts';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {ndjson} from '../helpers/program.ts';
import {keptStreams, runCommand} from '../helpers/run-command.ts';

const CONFIG = {type: 'transcription', transcription_config: {language: 'en'}} as const;
/** A minute of silence, which takes more than three seconds by default. */
const DATA_BYTES = 60 * 2 * 8000;
const MINUTE = new Blob([
	wavHeader({encoding: 'pcm_s16le', sampleRate: 8000}, DATA_BYTES),
	new Uint8Array(DATA_BYTES),
]);

test('--processing may be a part of a second, which each job then takes', async () => {
	const {streams, stdout} = keptStreams();
	const ended = runProgram(['emulator', '--processing', '0.5'], streams);
	while (!stdout().includes('\n')) await new Promise((resolve) => setImmediate(resolve));
	const [{batchUrl}] = ndjson(stdout()) as [{batchUrl: string}];
	const client = new BatchClient({url: batchUrl, apiKey: 'k'});
	const began = performance.now();
	const {id} = await client.submitJob(MINUTE, {config: CONFIG});
	await client.getTranscript(id, {wait: 30});
	const milliseconds = performance.now() - began;
	process.emit('SIGTERM', 'SIGTERM');
	expect(await ended).toBe(0);
	expect(milliseconds).toBeGreaterThan(490);
	expect(milliseconds).toBeLessThan(3000);
});

test.each(['-1', '', '3601'])('--processing %p is refused in one sentence', async (seconds) => {
	const {code, stdout, stderr} = await runCommand(['emulator', `--processing=${seconds}`]);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr).toBe(
		`error: option '--processing <seconds>' argument '${seconds}' is invalid. It must be from 0 to 3600 seconds.\n`,
	);
});
