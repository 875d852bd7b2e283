/** One realtime session: the order of its messages, and what the emulator answers to each. */
import {createWriteStream, type WriteStream} from 'node:fs';
import {join} from 'node:path';
import {AudioError} from '../audio/source.ts';
import {CLOSE_CODES, EndOfStream, type ServerMessage, StartRecognition} from '../speechmatics/messages.ts';
import {type AudioIntake, openIntake} from './audio-intake.ts';
import {languagePackInfo, ORCHESTRATOR_VERSION} from './identity.ts';
import {LiveTranscript} from './live-transcript.ts';
import {knownSentences} from './recogniser/known-sentences.ts';
import type {Spoken} from './recogniser/spoken.ts';

/** Below this the service takes its telephone model. Source: realtime docs, recognition quality. Hz. */
const BROADCAST_RATE = 12_000;

/** The other end of the connection. */
export interface Peer {
	send(message: ServerMessage): void;
	close(code: number, reason: string): void;
}

export interface RealtimeSessionOptions {
	readonly id: string;
	/** The language in the path of the old form `/v2/en`. */
	readonly pathLanguage?: string | undefined;
	/** Private folder for audio that has to be kept until its end. */
	readonly folder: string;
	/** Folder for the audio as it is received. */
	readonly saveAudioTo?: string | undefined;
	readonly onFrame: () => void;
	readonly onSamples: (count: number) => void;
	readonly log: (line: object) => void;
}

/** A broken rule of the protocol: the session ends with it. */
class SessionError extends Error {
	readonly type: string;
	readonly closeCode: number;

	constructor(type: string, reason: string, closeCode: number = CLOSE_CODES.protocol_error) {
		super(reason);
		this.type = type;
		this.closeCode = closeCode;
	}
}

export class RealtimeSession {
	readonly #options: RealtimeSessionOptions;
	readonly #peer: Peer;
	#state: 'opened' | 'streaming' | 'over' = 'opened';
	#intake: AudioIntake | undefined;
	#finishTranscript: ((unheard: readonly Spoken[]) => void) | undefined;
	#saved: WriteStream | undefined;
	#frames = 0;
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
		if (isNamed(message, 'EndOfStream')) this.#endOfStreamCame = true;
		this.#work = this.#work.then(() => this.#handle(message)).catch((error) => this.#fail(error));
		return this.#work;
	}

	/** The connection is gone. Resolves when nothing of the session goes on. */
	async close(): Promise<void> {
		this.#state = 'over';
		await this.#work;
		await this.#intake?.discard();
		await this.#closeSaved();
	}

	async #handle(message: unknown): Promise<void> {
		if (this.#state === 'over') return;
		if (message instanceof Uint8Array) return this.#hear(message);
		if (isNamed(message, 'StartRecognition')) return this.#start(message);
		if (isNamed(message, 'EndOfStream')) return this.#finish(message);
		throw new SessionError('invalid_message', 'Message could not be understood');
	}

	async #start(message: unknown): Promise<void> {
		if (this.#state !== 'opened') throw wrongOrder();
		const start = StartRecognition.safeParse(message);
		if (!start.success) {
			const issue = start.error.issues[0];
			throw new SessionError('invalid_config', `${issue?.path.join('.')}: ${issue?.message}`);
		}
		const {audio_format: format, transcription_config: config} = start.data;
		const {id, pathLanguage, folder, saveAudioTo, onSamples} = this.#options;
		if (pathLanguage !== undefined && pathLanguage !== config.language) {
			const reason = `Language ${config.language} is not the one of the URL, ${pathLanguage}`;
			throw new SessionError('invalid_language', reason, CLOSE_CODES.invalid_model);
		}
		const known = await knownSentences();
		let live: LiveTranscript | undefined;
		this.#finishTranscript = (unheard) => {
			live ??= new LiveTranscript({sampleRate: BROADCAST_RATE, known, config});
			this.#say(live.end(unheard));
		};
		this.#intake = openIntake(
			format,
			(samples, sampleRate) => {
				onSamples(samples.length);
				live ??= new LiveTranscript({sampleRate, known, config});
				this.#say(live.hear(samples));
			},
			join(folder, `${id}.spool`),
		);
		if (saveAudioTo !== undefined)
			this.#saved = createWriteStream(join(saveAudioTo, `${id}.raw`), {mode: 0o600});
		this.#state = 'streaming';
		this.#peer.send({
			message: 'RecognitionStarted',
			id,
			orchestrator_version: ORCHESTRATOR_VERSION,
			language_pack_info: languagePackInfo(config.language),
		});
		const quality = format.type === 'raw' && format.sample_rate < BROADCAST_RATE ? 'telephony' : 'broadcast';
		const reason = `Running recognition using a ${quality} model quality.`;
		this.#peer.send({message: 'Info', type: 'recognition_quality', reason, quality});
	}

	async #hear(bytes: Uint8Array): Promise<void> {
		if (this.#state !== 'streaming') throw wrongOrder();
		this.#frames += 1;
		this.#options.onFrame();
		this.#saved?.write(bytes);
		const accepted = this.#intake?.write(bytes);
		this.#peer.send({message: 'AudioAdded', seq_no: this.#frames});
		await accepted;
	}

	/** How many frames the client believes to have sent is not checked: the service does not either. */
	async #finish(message: unknown): Promise<void> {
		if (this.#state !== 'streaming') throw wrongOrder();
		if (!EndOfStream.safeParse(message).success) {
			throw new SessionError('invalid_message', 'Message could not be understood');
		}
		const intake = this.#intake;
		this.#intake = undefined;
		const unheard = this.#frames > 0 ? await intake?.end() : [];
		await this.#closeSaved();
		this.#finishTranscript?.(unheard ?? []);
		this.#peer.send({message: 'EndOfTranscript'});
		this.#end(CLOSE_CODES.normal, '');
	}

	#fail(error: unknown): void {
		if (this.#state === 'over') return;
		const fault = toSessionError(error);
		if (fault.type === 'unknown_error') this.#options.log({type: 'fault', message: String(error)});
		this.#peer.send({message: 'Error', type: fault.type, reason: fault.message});
		this.#end(fault.closeCode, fault.type);
	}

	#end(code: number, reason: string): void {
		this.#state = 'over';
		this.#peer.close(code, reason);
	}

	#warn(type: string, reason: string): void {
		if (this.#state !== 'over') this.#peer.send({message: 'Warning', type, reason});
	}

	#say(messages: Iterable<ServerMessage>): void {
		for (const message of messages) if (this.#state !== 'over') this.#peer.send(message);
	}

	async #closeSaved(): Promise<void> {
		const saved = this.#saved;
		this.#saved = undefined;
		if (saved !== undefined) await new Promise<void>((resolve) => saved.end(resolve));
	}
}

function toSessionError(error: unknown): SessionError {
	if (error instanceof SessionError) return error;
	if (error instanceof AudioError) {
		return new SessionError('invalid_audio_type', 'Invalid audio type: Could not determine type of stream.');
	}
	return new SessionError('unknown_error', 'An unknown error occurred', CLOSE_CODES.internal_error);
}

function wrongOrder(): SessionError {
	return new SessionError('protocol_error', 'Message received in the wrong order');
}

function isNamed(message: unknown, name: string): boolean {
	return typeof message === 'object' && message !== null && (message as {message?: unknown}).message === name;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
