/** Every example of the library's guide is run as it stands there, against the emulator. */
import {afterAll, beforeAll, expect, test} from 'bun:test';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {type Emulator, startEmulator} from '../../src/emulator/server.ts';

const LIBRARY = resolve(import.meta.dir, '../../src/speechmatics');
const guide = readFileSync(join(LIBRARY, 'README.md'), 'utf8');
/** The examples, each with the heading above it. */
const examples = guide
	.split(/^## /m)
	.flatMap((section) =>
		[...section.matchAll(/^```ts\n(.*?)^```/gms)].map(
			([, code], index) => [`${section.split('\n')[0]} ${index + 1}`, code!] as const,
		),
	);

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-guide-'));
let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({processingTime: () => 0});
	copyFileSync(resolve(LIBRARY, '../emulator/sample.wav'), join(folder, 'interview.wav'));
});
afterAll(async () => {
	await emulator.close();
	rmSync(folder, {recursive: true});
});

test('there are examples', () => {
	expect(examples.length).toBeGreaterThan(10);
});

test.each(examples)('the example "%s" runs', async (name, code) => {
	const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.ts`);
	writeFileSync(file, code.replaceAll("'speechdeck'", JSON.stringify(join(LIBRARY, 'index.ts'))));
	const example = Bun.spawn([process.execPath, file], {
		cwd: folder,
		env: {
			PATH: process.env.PATH,
			SPEECHMATICS_API_KEY: 'k',
			SPEECHMATICS_BATCH_URL: emulator.batchUrl,
			SPEECHMATICS_RT_URL: emulator.realtimeUrl,
			SM_MANAGEMENT_PLATFORM_URL: new URL(emulator.batchUrl).origin,
		},
		stdout: 'pipe',
		stderr: 'pipe',
	});
	const [stderr, stdout] = [
		await new Response(example.stderr).text(),
		await new Response(example.stdout).text(),
	];
	expect({code: await example.exited, stderr}).toEqual({code: 0, stderr: ''});
	expect(name.startsWith('A job, step by step 2') || stdout !== '').toBe(true);
});
