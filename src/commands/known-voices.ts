/** The speaker book in a live session: who is in it is known by name, and who is named goes into it. */
import type {RealtimeEvent} from '../realtime/events.ts';
import type {SessionStart} from '../realtime/session.ts';
import type {ServiceSettings} from '../settings/settings.ts';
import {
	markStale,
	noteSpeakers,
	type SpeakerBook,
	speakersToSend,
	voiceOrigin,
} from '../settings/speaker-book.ts';
import {changeSpeakerBook, readSpeakerBook} from '../settings/speaker-book-file.ts';
import {DEFAULT_MODEL, hasSpeakers} from '../speechmatics/config.ts';
import type {SpeakerIdentity} from '../speechmatics/messages.ts';

export interface KnownVoices {
	/** What is asked of the service, with the people of the book. */
	readonly start: SessionStart;
	/** For `SessionOptions.onSpeakers`; absent where nobody is to be noted. */
	readonly onSpeakers: ((speakers: readonly SpeakerIdentity[]) => void) | undefined;
	/** Is told every event of the session. */
	hear(event: RealtimeEvent): void;
}

export interface VoicesOptions {
	/** What the demo makes is nobody's voice. */
	readonly demo: boolean;
	/** One sentence, where the book cannot be read or written. The session goes on without. */
	readonly onProblem: (reason: string) => void;
	readonly now?: () => Date;
}

/** Reads the book for a session that is about to begin. Does not throw for a book that is broken. */
export async function knownVoices(
	{url, credentials}: Pick<ServiceSettings, 'url' | 'credentials'>,
	start: SessionStart,
	{demo, onProblem, now = () => new Date()}: VoicesOptions,
): Promise<KnownVoices> {
	const {transcriptionConfig: config} = start;
	const without: KnownVoices = {start, onSpeakers: undefined, hear: () => {}};
	if (demo || !hasSpeakers(config)) return without;
	const about = voiceOrigin(config.model ?? DEFAULT_MODEL, url, await credentials.authorization());
	const guarded = <Result>(work: () => Result): Result | undefined => {
		try {
			return work();
		} catch (error) {
			onProblem((error as Error).message);
			return undefined;
		}
	};
	const book = guarded(() => readSpeakerBook());
	if (book === undefined) return without;
	const change = (changed: (book: SpeakerBook) => SpeakerBook) => guarded(() => changeSpeakerBook(changed));

	const asked = speakersToSend(book, about, config);
	// The warning does not say whose identifiers are meant: it may be those that the config names itself.
	const hasOwn = (config.speaker_diarization_config?.speakers ?? []).length > 0;
	const refusable = hasOwn ? [] : (asked.speaker_diarization_config?.speakers ?? []);
	const names = new Map<string, string>();
	let identities: readonly SpeakerIdentity[] = [];
	const note = () => {
		if (identities.length > 0) change((book) => noteSpeakers(book, identities, names, about, now()));
	};
	return {
		start: {...start, transcriptionConfig: asked},
		onSpeakers: (speakers) => {
			identities = speakers;
			note();
		},
		hear(event) {
			if (event.type === 'speaker') {
				names.set(event.label, event.name);
				// Somebody may be named after the session has ended.
				note();
			} else if (event.type === 'warning' && event.kind === 'speaker_id') {
				change((book) => markStale(book, about, refusable));
			}
		},
	};
}
