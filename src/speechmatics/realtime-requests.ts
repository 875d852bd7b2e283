/** Requests in a session and their answers. Answers carry no id, so their order has to tell whose they are. */
import type {Clock} from './clock.ts';
import {hasSpeakers, type RealtimeTranscriptionConfig} from './config.ts';
import {Deferred} from './deferred.ts';
import {ConfigurationError, TimeoutError, UnexpectedResponseError} from './errors.ts';
import type {ClientMessage, EndOfUtterance, SpeakerIdentity, SpeakersResult} from './messages.ts';
import {within} from './realtime-timers.ts';

/** Milliseconds. Ours: nothing is published, and the service answers at once. */
const SPEAKERS_TIMEOUT = 10_000;
/** Milliseconds. Source: the vendor's Python client. */
const END_OF_UTTERANCE_TIMEOUT = 1000;

export interface GetSpeakersOptions {
	/** Ask for all speakers, which the service answers once, at the end of the session. Default: those known now. */
	readonly final?: boolean | undefined;
	/** Milliseconds. Default: 10 s, and for `final` as long as the session lasts. */
	readonly timeout?: number | undefined;
}

export interface ForceEndOfUtteranceOptions {
	readonly channel?: string | undefined;
	/**
	 * Seconds of audio since the start. Default: all raw audio that was sent. `null` sends none, for containers before
	 * 15.2.0, which do not know it.
	 */
	readonly timestamp?: number | null | undefined;
	/** Milliseconds to wait for the answer. Default: 1 s. */
	readonly timeout?: number | undefined;
}

type Speakers = readonly SpeakerIdentity[];

export class RealtimeRequests {
	readonly #clock: Clock;
	readonly #send: (message: ClientMessage) => void;
	/** Requests for the speakers known now, oldest first. One that gave up stays, to take the answer that is its own. */
	readonly #speakers: Deferred<Speakers>[] = [];
	#finalSpeakers: Deferred<Speakers> | undefined;
	readonly #utterances = new Set<{
		channel: string | undefined;
		answer: Deferred<EndOfUtterance | undefined>;
	}>();

	constructor(clock: Clock, send: (message: ClientMessage) => void) {
		this.#clock = clock;
		this.#send = send;
	}

	/**
	 * Nothing is sent where an answer already on its way serves this caller too.
	 *
	 * @param config the session's
	 */
	async getSpeakers(
		{final = false, timeout}: GetSpeakersOptions,
		config: RealtimeTranscriptionConfig,
	): Promise<Speakers> {
		if (!hasSpeakers(config)) {
			throw new ConfigurationError(
				'Speakers are only known when diarization is speaker or channel_and_speaker',
			);
		}
		if (final) {
			if (this.#finalSpeakers === undefined) {
				this.#send({message: 'GetSpeakers', final});
				this.#finalSpeakers = new Deferred();
			}
			return this.#answered(this.#finalSpeakers.promise, timeout);
		}
		const answer = new Deferred<Speakers>();
		this.#speakers.push(answer);
		this.#send({message: 'GetSpeakers'});
		return this.#answered(answer.promise, timeout ?? SPEAKERS_TIMEOUT);
	}

	async forceEndOfUtterance({
		channel,
		timestamp,
		timeout = END_OF_UTTERANCE_TIMEOUT,
	}: ForceEndOfUtteranceOptions): Promise<EndOfUtterance | undefined> {
		const request = {channel, answer: new Deferred<EndOfUtterance | undefined>()};
		this.#utterances.add(request);
		try {
			this.#send({
				message: 'ForceEndOfUtterance',
				...(channel !== undefined && {channel}),
				...(timestamp != null && {timestamp}),
			});
			return await within(this.#clock, timeout, request.answer.promise);
		} finally {
			this.#utterances.delete(request);
		}
	}

	speakersCame({speakers}: SpeakersResult): void {
		(this.#speakers.shift() ?? this.#finalSpeakers)?.resolve(speakers);
	}

	/** An utterance that ended by silence answers nobody. */
	utteranceEnded(ended: EndOfUtterance): void {
		if (ended.forced !== true) return;
		for (const request of this.#utterances) {
			const {channel} = request;
			if (channel !== undefined && ended.channel != null && channel !== ended.channel) continue;
			this.#utterances.delete(request);
			request.answer.resolve(ended);
			return;
		}
	}

	/** The session is over. @param failure absent after a normal end */
	close(failure?: {readonly error: unknown}): void {
		const error =
			failure === undefined
				? new UnexpectedResponseError('The session ended without telling its speakers')
				: failure.error;
		for (const answer of this.#speakers) answer.reject(error);
		this.#finalSpeakers?.reject(error);
		for (const {answer} of this.#utterances) {
			if (failure === undefined) answer.resolve(undefined);
			else answer.reject(failure.error);
		}
	}

	async #answered(answer: Promise<Speakers>, timeout: number | undefined): Promise<Speakers> {
		if (timeout === undefined) return answer;
		const speakers = await within(this.#clock, timeout, answer);
		if (speakers === undefined) {
			throw new TimeoutError(`The service did not tell the speakers in ${timeout / 1000} s`);
		}
		return speakers;
	}
}
