import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** How a connection is lost: with a reset, without a word, or so that no other one is let in for a while. */
export type Cut = 'reset' | 'silence' | 'refuse';

/** A way to a service on this machine that is cut when told to. */
export async function cuttingProxy(port: number) {
	const pairs = new Set<readonly [Socket, Socket]>();
	let refuses = false;
	let bytes = 0;
	const listeners: Array<(bytes: number) => void> = [];
	const server = createServer((client) => {
		client.on('error', () => {});
		if (refuses) {
			client.resetAndDestroy();
			return;
		}
		const service = connect(port, '127.0.0.1');
		service.on('error', () => client.destroy());
		const pair = [client, service] as const;
		pairs.add(pair);
		client.on('data', (data: Buffer) => {
			bytes += data.byteLength;
			for (const listener of listeners) listener(bytes);
		});
		client.pipe(service);
		service.pipe(client);
		for (const socket of pair) socket.on('close', () => pairs.delete(pair));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
		/** Called with the bytes that came from the client so far. */
		onBytes: (listener: (bytes: number) => void) => listeners.push(listener),
		cut(how: Cut, milliseconds = 0) {
			for (const [client, service] of pairs) {
				client.unpipe(service);
				service.unpipe(client);
				if (how === 'silence') {
					client.pause();
					service.pause();
				} else {
					client.resetAndDestroy();
					service.destroy();
				}
			}
			if (how !== 'refuse') return;
			refuses = true;
			setTimeout(() => {
				refuses = false;
			}, milliseconds);
		},
		async [Symbol.asyncDispose]() {
			for (const [client, service] of pairs) {
				client.destroy();
				service.destroy();
			}
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
