import {Buffer} from 'node:buffer';
import {AckWindow} from './ack-window.ts';
import {ConfigurationError} from './errors.ts';
import type {EndOfChannel, EndOfStream} from './messages.ts';

/** One way audio goes: the stream of a session, or one channel of it. Each counts for itself. */
class Lane {
	readonly window: AckWindow;
	ended = false;

	constructor(limit: number) {
		this.window = new AckWindow(limit);
	}
}

/** Counts the audio of a session, as one stream or channel by channel, and makes the messages that end it. */
export class RealtimeAudio {
	readonly #limit: number;
	readonly #stream: Lane;
	readonly #channels: ReadonlyMap<string, Lane>;

	/**
	 * @param limit bytes that may be unacknowledged on each lane
	 * @param channels their labels, where the session tells channels apart
	 */
	constructor(limit: number, channels: readonly string[]) {
		this.#limit = limit;
		this.#stream = new Lane(limit);
		this.#channels = new Map(channels.map((channel) => [channel, new Lane(limit)]));
	}

	get #lanes(): Lane[] {
		return [this.#stream, ...this.#channels.values()];
	}

	get sentFrames(): number {
		return this.#lanes.reduce((sum, {window}) => sum + window.sentFrames, 0);
	}

	get sentBytes(): number {
		return this.#lanes.reduce((sum, {window}) => sum + window.sentBytes, 0);
	}

	get acknowledgedFrames(): number {
		return this.#lanes.reduce((sum, {window}) => sum + window.acknowledgedFrames, 0);
	}

	/** Bytes sent on the stream, or on one channel. */
	sentBytesOf(channel: string | undefined): number {
		return this.#lane(channel).window.sentBytes;
	}

	/**
	 * Sends a frame, and counts it.
	 *
	 * @returns the window it went through
	 * @throws ConfigurationError when the channel is unknown or has ended, or when the caller does not wait for room
	 */
	send(bytes: Uint8Array, channel: string | undefined, send: (data: string | Uint8Array) => void): AckWindow {
		const {window, ended} = this.#lane(channel);
		if (ended) throw new ConfigurationError(`The audio of channel ${channel} has already ended`);
		if (window.overflowsWith(bytes.byteLength)) {
			throw new ConfigurationError(
				`Audio comes faster than the service reads it: wait for each frame to be sent before the next ` +
					`(${window.unacknowledgedBytes} bytes are on their way, ${this.#limit} may be)`,
			);
		}
		window.sent(bytes.byteLength);
		send(channel === undefined ? bytes : channelAudio(channel, bytes));
		return window;
	}

	/** @param sequenceNumber of the last frame the service has read on the stream, or on one channel */
	acknowledged(sequenceNumber: number, channel?: string): void {
		const lane = channel === undefined ? this.#stream : this.#channels.get(channel);
		lane?.window.acknowledged(sequenceNumber);
	}

	/** Ends one channel. @throws ConfigurationError when it is unknown or has ended */
	endChannel(channel: string): EndOfChannel {
		const lane = this.#lane(channel);
		if (lane.ended) throw new ConfigurationError(`The audio of channel ${channel} has already ended`);
		lane.ended = true;
		return {message: 'EndOfChannel', channel, last_seq_no: lane.window.sentFrames};
	}

	/** Whether the session has channels, and each has ended: it then ends without any further message. */
	get allChannelsEnded(): boolean {
		return this.#channels.size > 0 && [...this.#channels.values()].every(({ended}) => ended);
	}

	/** What ends all audio that has not ended. */
	end(): Array<EndOfStream | EndOfChannel> {
		const {sentFrames} = this.#stream.window;
		// Frames of the one stream were sent, so the session is used as one whatever its config says.
		if (this.#channels.size === 0 || sentFrames > 0)
			return [{message: 'EndOfStream', last_seq_no: sentFrames}];
		const open = [...this.#channels].filter(([, {ended}]) => !ended);
		return open.map(([channel]) => this.endChannel(channel));
	}

	/** The session is over: nobody waits for room any more. */
	close(failure?: {readonly error: unknown}): void {
		for (const {window} of this.#lanes) window.close(failure);
	}

	#lane(channel: string | undefined): Lane {
		const lane = channel === undefined ? this.#stream : this.#channels.get(channel);
		if (lane !== undefined) return lane;
		const known = [...this.#channels.keys()];
		throw new ConfigurationError(
			known.length === 0
				? 'The session has no channels: set diarization to channel and channel_diarization_labels'
				: `The session has no channel ${channel}, only ${known.join(', ')}`,
		);
	}
}

function channelAudio(channel: string, bytes: Uint8Array): string {
	const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
	return JSON.stringify({message: 'AddChannelAudio', channel, data});
}
