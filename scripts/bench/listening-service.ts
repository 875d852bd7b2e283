/** A realtime service that says only what it is told to, and tells when audio comes. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type WebSocket, WebSocketServer} from 'ws';

export interface ListeningService extends AsyncDisposable {
	readonly url: string;
	/** To everyone. */
	say(message: object): void;
}

/** @param onAudio told the bytes of each frame when they come */
export async function startListeningService(
	onAudio: (bytes: Uint8Array) => void = () => {},
): Promise<ListeningService> {
	const server = createServer();
	const sockets = new WebSocketServer({server});
	sockets.on('connection', (socket: WebSocket) => {
		const say = (message: object) => socket.send(JSON.stringify(message));
		let frames = 0;
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			if (isBinary) {
				onAudio(data);
				return say({message: 'AudioAdded', seq_no: ++frames});
			}
			const {message} = JSON.parse(String(data));
			if (message === 'StartRecognition') say({message: 'RecognitionStarted', id: 'bench'});
			if (message === 'EndOfStream') say({message: 'EndOfTranscript'});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
		say(message) {
			const text = JSON.stringify(message);
			for (const socket of sockets.clients) socket.send(text);
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
