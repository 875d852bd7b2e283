import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type WebSocket, WebSocketServer} from 'ws';
import {mark, word} from './results.ts';

/** Sentences by speaker, one final each. */
export type Said = ReadonlyArray<readonly [speaker: string, sentence: string]>;

export interface Extras {
	/** Into German, of the sentences in their order. */
	readonly translations?: readonly string[];
	/** Heard between the second sentence and the third, such as `applause`. */
	readonly sound?: string;
}

/**
 * A realtime service that says the same to everyone, at once, and then only listens: a session whose screen stands
 * still.
 */
export async function scriptedSession(
	finals: Said,
	partial: string,
	{translations = [], sound}: Extras = {},
) {
	const server = createServer();
	const sockets = new WebSocketServer({server});
	sockets.on('connection', (socket: WebSocket) => {
		const say = (message: object) => socket.send(JSON.stringify(message));
		const transcript = (message: string, results: object[]) =>
			say({message, metadata: {start_time: 0, end_time: 0, transcript: ''}, results});
		let frames = 0;
		socket.on('message', (data: Buffer, isBinary: boolean) => {
			if (isBinary) return say({message: 'AudioAdded', seq_no: ++frames});
			const {message} = JSON.parse(String(data));
			if (message === 'EndOfStream') say({message: 'EndOfTranscript'});
			if (message !== 'StartRecognition') return;
			say({message: 'RecognitionStarted', id: 'scripted'});
			for (const [index, [speaker, sentence]] of finals.entries()) {
				transcript('AddTranscript', resultsOf(sentence, index * 4, speaker));
			}
			for (const [index, content] of translations.entries()) {
				const results = [{content, start_time: index * 4, end_time: index * 4 + 1}];
				say({message: 'AddTranslation', language: 'de', results});
			}
			if (sound !== undefined) {
				say({message: 'AudioEventStarted', event: {type: sound, start_time: 7, confidence: 1}});
				say({message: 'AudioEventEnded', event: {type: sound, end_time: 7.5}});
			}
			// The second time its beginning is known to stand still.
			transcript(
				'AddPartialTranscript',
				resultsOf(partial.replace(/\S+$/, 'change'), finals.length * 4, 'S1'),
			);
			transcript('AddPartialTranscript', resultsOf(partial, finals.length * 4, 'S1'));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function resultsOf(sentence: string, start: number, speaker: string) {
	const [, text = '', end = ''] = /^(.*?)([.?!]?)$/.exec(sentence) ?? [];
	const words = text.split(' ').map((content, index) => word(content, start + index * 0.3, {speaker}));
	return end === '' ? words : [...words, mark(end, start + words.length * 0.3, {speaker})];
}
