/** One realtime session: the order of its messages, and what the emulator answers to each. */
import {createWriteStream, type WriteStream} from 'node:fs';
import {join} from 'node:path';
import type {Clock} from '../speechmatics/clock.ts';
import {hasChannels, hasSpeakers, type RealtimeTranscriptionConfig} from '../speechmatics/config.ts';
import {
	AddChannelAudio,
	EndOfChannel,
	EndOfStream,
	ForceEndOfUtterance,
	GetSpeakers,
	type ServerMessage,
	SetRecognitionConfig,
	StartRecognition,
} from '../speechmatics/messages.ts';
import {nameOf, parse} from './client-message.ts';
import type {MishearingFault} from './faults.ts';
import {languagePackInfo, ORCHESTRATOR_VERSION} from './identity.ts';
import {LiveAddOns} from './live-add-ons.ts';
import {BROADCAST_RATE, LiveChannel} from './live-channel.ts';
import {knownSentences} from './recogniser/known-sentences.ts';
import {
	closeReason,
	notUnderstood,
	SessionError,
	toSessionError,
	valid,
	wrongOrder,
} from './session-error.ts';
import {SessionLimits} from './session-limits.ts';

/** Source: realtime docs, diarization: what the hosted service takes. */
const MOST_CHANNELS = 2;
/** The one stream of a session without channels. */
const MONO = '';

/** The other end of the connection. */
export interface Peer {
	send(message: ServerMessage): void;
	close(code: number, reason: string): void;
	/** Seconds of audio heard until now. */
	heard?(seconds: number): void;
	/** Audio is to be acknowledged and not listened to. */
	readonly isDeaf?: boolean;
}

export interface RealtimeSessionOptions {
	readonly id: string;
	/** The language in the path of the old form `/v2/en`. */
	readonly pathLanguage?: string | undefined;
	/** Private folder for audio that has to be kept until its end. */
	readonly folder: string;
	/** Folder for the audio as it is received. */
	readonly saveAudioTo?: string | undefined;
	/** Ends sessions that are too long or silent; without it there is no limit. */
	readonly clock?: Clock | undefined;
	/** What it hears wrongly. */
	readonly mishearings?: readonly MishearingFault[];
	readonly onFrame: () => void;
	readonly onSamples: (count: number) => void;
	readonly log: (line: object) => void;
}

export class RealtimeSession {
	readonly #options: RealtimeSessionOptions;
	readonly #peer: Peer;
	#state: 'opened' | 'streaming' | 'over' = 'opened';
	#config: RealtimeTranscriptionConfig | undefined;
	readonly #channels = new Map<string, LiveChannel>();
	#addOns: LiveAddOns | undefined;
	#limits: SessionLimits | undefined;
	#saved: WriteStream | undefined;
	#speakersAtEnd = false;
	#endOfStreamCame = false;
	/** Messages are handled one after another, in the order they came. */
	#work: Promise<void> = Promise.resolve();

	constructor(peer: Peer, options: RealtimeSessionOptions) {
		this.#peer = peer;
		this.#options = options;
	}

	/** Takes the next message: text, or a frame of audio. Resolves when it has been dealt with. */
	receive(data: string | Uint8Array): Promise<void> {
		if (this.#endOfStreamCame && typeof data !== 'string') {
			this.#warn('add_audio_after_eos', 'Audio received after EndOfStream was ignored.');
			return this.#work;
		}
		const message = typeof data === 'string' ? parse(data) : data;
		if (nameOf(message) === 'EndOfStream') this.#endOfStreamCame = true;
		this.#work = this.#work.then(() => this.#handle(message)).catch((error) => this.#fail(error));
		return this.#work;
	}

	/** A ping or a pong came. */
	contact(): void {
		this.#limits?.contact();
	}

	/** The connection is gone. Resolves when nothing of the session goes on. */
	async close(): Promise<void> {
		this.#state = 'over';
		this.#limits?.stop();
		await this.#work;
		for (const channel of this.#channels.values()) await channel.discard();
		await this.#closeSaved();
	}

	async #handle(message: unknown): Promise<void> {
		if (this.#state === 'over') return;
		if (message instanceof Uint8Array) return this.#hear(MONO, message);
		switch (nameOf(message)) {
			case 'StartRecognition':
				return this.#start(message);
			case 'EndOfStream':
				this.#understood(EndOfStream.safeParse(message));
				return this.#finish();
			case 'AddChannelAudio': {
				const {channel, data} = this.#understood(AddChannelAudio.safeParse(message));
				if (channel === MONO) throw new SessionError('invalid_message', 'A channel has a name');
				return this.#hear(channel, Buffer.from(data, 'base64'));
			}
			case 'EndOfChannel':
				return this.#endChannel(this.#understood(EndOfChannel.safeParse(message)).channel);
			case 'ForceEndOfUtterance': {
				const {channel} = this.#understood(ForceEndOfUtterance.safeParse(message));
				if (channel === undefined) for (const each of this.#channels.values()) each.force();
				else this.#channel(channel).force();
				return;
			}
			case 'GetSpeakers':
				return this.#tellSpeakers(this.#understood(GetSpeakers.safeParse(message)).final === true);
			case 'SetRecognitionConfig':
				return this.#configure(message);
		}
		throw notUnderstood();
	}

	async #start(message: unknown): Promise<void> {
		if (this.#state !== 'opened') throw wrongOrder();
		const start = valid(StartRecognition.safeParse(message));
		const {audio_format: format, transcription_config: config} = start;
		const {id, pathLanguage, folder, saveAudioTo, onSamples, clock, mishearings = []} = this.#options;
		if (pathLanguage !== undefined && pathLanguage !== config.language) {
			const reason = `Language ${config.language} is not the one of the URL, ${pathLanguage}`;
			throw new SessionError('invalid_language', reason);
		}
		if (config.language === 'auto') throw new SessionError('invalid_language', 'Unknown language auto');
		const labels = hasChannels(config) ? (config.channel_diarization_labels ?? []) : undefined;
		if (labels !== undefined && labels.length > MOST_CHANNELS) {
			throw new SessionError('invalid_config', `At most ${MOST_CHANNELS} channels are possible`);
		}
		const known = await knownSentences();
		const addOns = new LiveAddOns(start);
		for (const [index, label] of (labels ?? [MONO]).entries()) {
			const say = (messages: Iterable<ServerMessage>) => this.#say(messages, label);
			const name = `${id}-${index}`;
			this.#channels.set(
				label,
				new LiveChannel({format, config, known, mishearings, folder, name, onSamples, say}),
			);
		}
		this.#config = config;
		this.#addOns = addOns;
		this.#speakersAtEnd = config.speaker_diarization_config?.get_speakers === true;
		if (saveAudioTo !== undefined)
			this.#saved = createWriteStream(join(saveAudioTo, `${id}.raw`), {mode: 0o600});
		this.#state = 'streaming';
		this.#peer.send({
			message: 'RecognitionStarted',
			id,
			orchestrator_version: ORCHESTRATOR_VERSION,
			language_pack_info: languagePackInfo(config.language),
			...(labels === undefined ? {} : {channel_ids: labels}),
		});
		const quality = format.type === 'raw' && format.sample_rate < BROADCAST_RATE ? 'telephony' : 'broadcast';
		const reason = `Running recognition using a ${quality} model quality.`;
		this.#peer.send({message: 'Info', type: 'recognition_quality', reason, quality});
		this.#send(addOns.warnings());
		if (clock !== undefined) {
			this.#limits = new SessionLimits(clock, {
				warn: (type, reason) => this.#warn(type, reason),
				fail: (error) => this.#fail(error),
			});
		}
	}

	async #hear(label: string, bytes: Uint8Array): Promise<void> {
		const channel = this.#channel(label);
		if (!channel.isOpen) {
			return this.#warn('add_audio_after_eos', `Audio received after EndOfChannel was ignored.`);
		}
		channel.frames += 1;
		this.#limits?.heard();
		this.#options.onFrame();
		this.#saved?.write(bytes);
		const accepted = this.#peer.isDeaf ? undefined : channel.write(bytes);
		const seq_no = channel.frames;
		if (label === MONO) this.#peer.send({message: 'AudioAdded', seq_no});
		else this.#peer.send({message: 'ChannelAudioAdded', channel: label, seq_no});
		await accepted;
		const seconds = this.#secondsHeard();
		this.#send(this.#addOns?.heard(seconds) ?? []);
		this.#peer.heard?.(seconds);
	}

	async #endChannel(label: string): Promise<void> {
		await this.#channel(label).end();
		if ([...this.#channels.values()].every(({isOpen}) => !isOpen)) await this.#finish();
	}

	/** How many frames the client believes to have sent is not checked: the service does not either. */
	async #finish(): Promise<void> {
		if (this.#state !== 'streaming') throw wrongOrder();
		for (const channel of this.#channels.values()) if (channel.isOpen) await channel.end();
		await this.#closeSaved();
		this.#send(this.#addOns?.end(this.#secondsHeard()) ?? []);
		if (this.#speakersAtEnd && this.#addOns !== undefined) this.#peer.send(this.#addOns.speakers());
		this.#peer.send({message: 'EndOfTranscript'});
		this.#end(1000, '');
	}

	#tellSpeakers(atEnd: boolean): void {
		if (this.#state !== 'streaming' || this.#config === undefined) throw wrongOrder();
		if (!hasSpeakers(this.#config)) {
			throw new SessionError('invalid_config', 'Speakers are known only with speaker diarization');
		}
		if (atEnd) this.#speakersAtEnd = true;
		else if (this.#addOns !== undefined) this.#peer.send(this.#addOns.speakers());
	}

	#configure(message: unknown): void {
		if (this.#state !== 'streaming' || this.#config === undefined) throw wrongOrder();
		const {transcription_config: change} = valid(SetRecognitionConfig.safeParse(message));
		if (change.language !== undefined && change.language !== this.#config.language) {
			throw new SessionError('invalid_config', 'transcription_config.language: it cannot change');
		}
		const config = {...this.#config, ...change};
		this.#config = config;
		for (const channel of this.#channels.values()) channel.configure(config);
	}

	#channel(label: string): LiveChannel {
		if (this.#state !== 'streaming') throw wrongOrder();
		const channel = this.#channels.get(label);
		if (channel === undefined) throw new SessionError('protocol_error', `There is no channel "${label}"`);
		return channel;
	}

	#secondsHeard(): number {
		return Math.max(...[...this.#channels.values()].map(({seconds}) => seconds));
	}

	/** A message that is out of turn is told so before its fields are read. */
	#understood<Message>(parsed: {success: true; data: Message} | {success: false}): Message {
		if (this.#state !== 'streaming') throw wrongOrder();
		if (!parsed.success) throw notUnderstood();
		return parsed.data;
	}

	#fail(error: unknown): void {
		if (this.#state === 'over') return;
		const fault = toSessionError(error);
		if (fault.type === 'unknown_error') this.#options.log({type: 'fault', message: String(error)});
		this.#peer.send({message: 'Error', type: fault.type, reason: fault.message});
		this.#end(fault.closeCode, closeReason(fault.closeCode, fault.type));
	}

	#end(code: number, reason: string): void {
		this.#state = 'over';
		this.#limits?.stop();
		this.#peer.close(code, reason);
	}

	#warn(type: string, reason: string): void {
		if (this.#state !== 'over') this.#peer.send({message: 'Warning', type, reason});
	}

	/** Says it in the name of a channel, and what follows from it. */
	#say(messages: Iterable<ServerMessage>, label: string): void {
		for (const message of messages) {
			this.#send([label === MONO ? message : {...message, channel: label}]);
			if (message.message === 'AddTranscript' || message.message === 'AddPartialTranscript')
				this.#send(this.#addOns?.follow(message) ?? []);
		}
	}

	#send(messages: Iterable<ServerMessage>): void {
		for (const message of messages) if (this.#state !== 'over') this.#peer.send(message);
	}

	async #closeSaved(): Promise<void> {
		const saved = this.#saved;
		this.#saved = undefined;
		if (saved !== undefined) await new Promise<void>((resolve) => saved.end(resolve));
	}
}
