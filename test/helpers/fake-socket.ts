import type {Connect, Socket, SocketHandlers} from '../../src/speechmatics/socket.ts';

/** A realtime service in memory: what the client sends is kept, what the test says arrives at once. */
export class FakeService {
	readonly sent: Array<string | Uint8Array> = [];
	readonly closes: Array<number | undefined> = [];
	pings = 0;
	url: URL | undefined;
	headers: Readonly<Record<string, string>> = {};
	#handlers: SocketHandlers | undefined;

	readonly connect: Connect = async (url, headers, handlers) => {
		this.url = url;
		this.headers = headers;
		this.#handlers = handlers;
		const socket: Socket = {
			send: (data) => {
				this.sent.push(data);
				this.onSend?.(data);
			},
			ping: () => {
				this.pings += 1;
			},
			close: (code) => this.closes.push(code),
			terminate() {},
		};
		return socket;
	};

	/** Called with each thing the client sends. */
	onSend: ((data: string | Uint8Array) => void) | undefined;

	say(message: object): void {
		this.#handlers?.onMessage(JSON.stringify(message));
	}

	sayText(text: string): void {
		this.#handlers?.onMessage(text);
	}

	pong(): void {
		this.#handlers?.onPong?.();
	}

	drop(code: number, reason = ''): void {
		this.#handlers?.onClose({code, reason});
	}

	/** The JSON messages the client sent. */
	get messages(): Array<Record<string, unknown>> {
		return this.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data));
	}

	get frames(): Uint8Array[] {
		return this.sent.filter((data) => typeof data !== 'string');
	}

	/** Answers the start, acknowledges each frame and ends the transcript, as a healthy service does. */
	behave(): this {
		this.onSend = (data) => {
			if (typeof data !== 'string') return this.say({message: 'AudioAdded', seq_no: this.frames.length});
			const {message} = JSON.parse(data);
			if (message === 'StartRecognition') this.say({message: 'RecognitionStarted', id: 'session-1'});
			if (message === 'EndOfStream') this.say({message: 'EndOfTranscript'});
		};
		return this;
	}
}
