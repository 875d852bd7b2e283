/** Servers that misbehave end in typed errors on every runtime: their own time limits do not all fire. */
import {expect, test} from 'bun:test';
import {resolve} from 'node:path';

const PROBE = resolve(import.meta.dir, '../helpers/transport-probe.ts');
const deno = Bun.which('deno');
if (!deno) console.warn('The transport on Deno is not tested: deno is not installed.');

const RUNTIMES = [
	['Bun', [process.execPath, PROBE]],
	['Deno', [deno ?? 'deno', 'run', '-A', '--no-lock', PROBE]],
] as const;

for (const [name, command] of RUNTIMES) {
	const missing = name === 'Deno' && !deno;
	test.skipIf(missing)(
		`on ${name} an upload that stalls and a server that is silent time out, and a proxy is passed${missing ? ' (skipped: deno is not installed)' : ''}`,
		async () => {
			const probe = Bun.spawn([...command], {stdout: 'pipe', stderr: 'inherit'});
			expect(JSON.parse(await new Response(probe.stdout).text())).toEqual({
				stopsReading: 'TimeoutError',
				neverAnswers: 'TimeoutError',
				sound: 'ok',
				behindAProxy: 'ok',
			});
		},
		30_000,
	);
}
