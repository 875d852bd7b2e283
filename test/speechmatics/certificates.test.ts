import {afterAll, expect, test} from 'bun:test';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import https from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';
import {ConnectionError} from '../../src/speechmatics/errors.ts';
import {listening} from '../helpers/scripted-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(folder, {recursive: true}));
const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
const made = spawnSync('openssl', [
	...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
	...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
]);
const why = made.status === 0 ? '' : ' (skipped: there is no openssl)';

test.skipIf(why !== '')(
	`a service with a certificate of its own is trusted when it is told${why}`,
	async () => {
		const ca = readFileSync(certificate, 'utf8');
		const server = https.createServer({key: readFileSync(key), cert: ca}, (_request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end('{"job": {"id": "x", "status": "done"}}');
		});
		await using listener = await listening(server);
		const url = listener.url.replace('http:', 'https:');
		const stranger = new BatchClient({url, apiKey: 'k', retries: 0});
		expect(await stranger.getJob('x').catch((error) => error)).toBeInstanceOf(ConnectionError);
		expect((await new BatchClient({url, apiKey: 'k', ca}).getJob('x')).status).toBe('done');
	},
);
