import {expect, test} from 'bun:test';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {startEmulator} from '../../src/emulator/server.ts';
import {SAMPLE} from '../helpers/program.ts';

const PROGRAM = [process.execPath, resolve(import.meta.dir, '../../src/main.ts')];

test('an address in the job config is the recording where none is named', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
	await using emulator = await startEmulator({processingTime: () => 0});
	const files = Bun.serve({port: 0, hostname: '127.0.0.1', fetch: () => new Response(Bun.file(SAMPLE))});
	try {
		const config = {
			type: 'transcription',
			transcription_config: {language: 'en'},
			fetch_data: {url: `http://127.0.0.1:${files.port}/talk.wav`},
		};
		writeFileSync(join(folder, 'job.json'), JSON.stringify(config));
		const child = Bun.spawn([...PROGRAM, 'batch', '--config', 'job.json', '--output-dir', 'out'], {
			cwd: folder,
			env: {
				PATH: process.env.PATH ?? '',
				HOME: folder,
				SPEECHDECK_KEYCHAIN: 'off',
				SPEECHMATICS_API_KEY: 'k',
				SPEECHMATICS_BATCH_URL: emulator.batchUrl,
			},
			stderr: 'pipe',
		});
		expect([await new Response(child.stderr).text(), await child.exited]).toEqual([
			expect.stringContaining('1 done, 0 failed'),
			0,
		]);
		expect(readFileSync(join(folder, 'out/talk.txt'), 'utf8')).toContain('Good morning');
	} finally {
		await files.stop(true);
		rmSync(folder, {recursive: true});
	}
}, 30_000);
