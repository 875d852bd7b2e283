/**
 * Meets servers that misbehave, on whatever runtime runs this, and prints as JSON how each call ended: the name of the
 * error, or `ok`.
 */
import http from 'node:http';
import net, {type AddressInfo} from 'node:net';
import process from 'node:process';
import {BatchClient} from '../../src/speechmatics/batch-client.ts';

async function portOf(server: net.Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

const outcome = (work: Promise<unknown>) =>
	work.then(
		() => 'ok',
		(error: Error) => error.name,
	);

const clientOf = (url: string) =>
	new BatchClient({apiKey: 'k', url, retries: 0, noProgressTimeout: 300, connectTimeout: 2000});
const large = {data: new Uint8Array(32 * 1024 * 1024), name: 'large.wav'};

/** Takes the connection and then reads nothing. */
const stalled = await portOf(net.createServer((socket) => void socket.pause().on('error', () => {})));
/** Reads everything and answers nothing. */
const silent = await portOf(net.createServer((socket) => void socket.resume().on('error', () => {})));
const sound = await portOf(
	http.createServer(async (request, response) => {
		for await (const _ of request);
		response.writeHead(201, {'content-type': 'application/json'});
		response.end('{"id":"x"}');
	}),
);
const proxy = http.createServer();
proxy.on('connect', (_request, client: net.Socket) => {
	const onward = net.connect(sound, '127.0.0.1', () => {
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		onward.pipe(client).pipe(onward);
	});
	for (const socket of [client, onward]) socket.on('error', () => {});
});
const proxyPort = await portOf(proxy);

const results = {
	stopsReading: await outcome(clientOf(`http://127.0.0.1:${stalled}/v2`).submitJob(large)),
	neverAnswers: await outcome(clientOf(`http://127.0.0.1:${silent}/v2`).getJob('x')),
	sound: await outcome(clientOf(`http://127.0.0.1:${sound}/v2`).submitJob(large)),
	behindAProxy: '',
};
process.env.HTTP_PROXY = `http://127.0.0.1:${proxyPort}`;
results.behindAProxy = await outcome(clientOf('http://service.invalid/v2').submitJob(large));
console.log(JSON.stringify(results));
process.exit(0);
