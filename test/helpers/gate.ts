import net, {type AddressInfo} from 'node:net';

/** A port of this machine that leads to another one, but lets nothing through until it is opened. */
export async function gateTo(port: number) {
	const opened = Promise.withResolvers<void>();
	const sockets = new Set<net.Socket>();
	const server = net.createServer(async (client) => {
		sockets.add(client);
		client.on('error', () => {});
		client.pause();
		await opened.promise;
		const onward = net.connect(port, '127.0.0.1');
		sockets.add(onward);
		onward.on('error', () => client.destroy());
		client.pipe(onward).pipe(client);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		open: opened.resolve,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
