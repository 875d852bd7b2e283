/** What a realtime client is made with, and what it tells. */
import {type Credentials, credentialsFromEnvironment, staticKey} from './auth.ts';
import {type Clock, systemClock} from './clock.ts';
import {DEFAULT_REALTIME_URL, parseEndpoint} from './endpoints.ts';
import type {SpeechmaticsError} from './errors.ts';
import {type Log, noLog} from './log.ts';
import type {ServerMessages} from './messages.ts';
import {type Connect, connectOverNetwork} from './socket.ts';

export interface RealtimeClientOptions {
	/** Default: `SPEECHMATICS_API_KEY`. */
	readonly apiKey?: string | undefined;
	/** Instead of `apiKey`. */
	readonly credentials?: Credentials | undefined;
	/** Default: `SPEECHMATICS_RT_URL`, else the service in the EU. A path is kept, such as an appliance's `/v2/en`. */
	readonly url?: string | undefined;
	/** Names the program to the vendor's usage analytics (`sm-app`). */
	readonly app?: string | undefined;
	/** Certificates in PEM form to trust instead of the system's, for a service of one's own. */
	readonly ca?: string | readonly string[] | undefined;
	/**
	 * Milliseconds without an acknowledgement while audio waits for one, or without any message while the last words
	 * are awaited, after which the session fails. Default: 60 s.
	 */
	readonly silenceTimeout?: number | undefined;
	/** Follows what the session does; nothing secret can be in it. */
	readonly log?: Log | undefined;
	readonly connect?: Connect | undefined;
	readonly clock?: Clock | undefined;
}

/** The server's messages by name, and: */
export interface RealtimeEvents extends ServerMessages {
	/** A message this library does not know, or one that is not as the specification says. Never fatal. */
	Unknown: {readonly text: string};
	/**
	 * The session is over. `error` is absent only after `EndOfTranscript`. `closeCode` is the one the connection was
	 * closed with, and absent where this side gave up.
	 */
	Closed: {readonly error?: SpeechmaticsError; readonly closeCode?: number};
}

/** Milliseconds. */
const SILENCE_TIMEOUT = 60_000;

/**
 * What a client works with: as it was given, else by the environment.
 *
 * @throws AuthenticationError when there is no key, ConfigurationError when the address is none
 */
export function withDefaults(options: RealtimeClientOptions) {
	const {apiKey, app, ca} = options;
	const address = options.url ?? process.env.SPEECHMATICS_RT_URL ?? DEFAULT_REALTIME_URL;
	return {
		url: parseEndpoint(address, ['wss:', 'ws:']),
		credentials:
			options.credentials ??
			(apiKey === undefined ? credentialsFromEnvironment(process.env) : staticKey(apiKey)),
		connect: options.connect ?? connectOverNetwork,
		clock: options.clock ?? systemClock,
		app,
		ca,
		log: options.log ?? noLog,
		silenceTimeout: options.silenceTimeout ?? SILENCE_TIMEOUT,
	};
}
