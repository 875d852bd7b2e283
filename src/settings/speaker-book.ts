/**
 * People whose voices the service knows again: their names with the identifiers it gave. An identifier is of use only to
 * the model, the customer and the project it was made with; with any other the service leaves it aside and warns of it
 * (`speaker_id`). Source: docs, "Speaker identification". Pure; where it is kept is in speaker-book-file.ts.
 */
import {hasSpeakers} from '../speechmatics/config.ts';
import type {SpeakerIdentity} from '../speechmatics/messages.ts';
import {keyFingerprint, placeOfService} from './account.ts';

/** What identifiers were made with. */
export interface VoiceOrigin {
	readonly model: string;
	/** As `placeOfService` says. */
	readonly place: string;
	/** Fingerprint of the key; absent where the service wants none. */
	readonly account?: string | undefined;
}

/** One person's voice as one model of one account knows it. */
export interface Voice extends VoiceOrigin {
	readonly name: string;
	/** The newest first. */
	readonly identifiers: readonly string[];
	/** RFC 3339: when the newest identifier was made. */
	readonly notedAt: string;
	/** The service did not take them when they were sent. */
	readonly isStale?: boolean | undefined;
}

/** The newest first. */
export type SpeakerBook = readonly Voice[];

/** A speaker as `speaker_diarization_config.speakers` takes one. */
export interface KnownSpeaker {
	readonly label: string;
	readonly speaker_identifiers: string[];
}

interface SpeakingConfig {
	readonly diarization?: string | undefined;
	readonly speaker_diarization_config?: {readonly speakers?: readonly KnownSpeaker[] | undefined} | undefined;
}

/** Of a session or a job, all speakers together. Source: docs, "Speaker identification". */
const MAX_IDENTIFIERS = 50;
/** Of one person: more samples make a voice surer, but only a few of them. */
const MAX_OF_ONE = 5;
/** What the service calls people it does not know. */
const GENERIC_LABEL = /^(S\d+(\.\d+)?|UU)$/;

/** What identifiers that a service gives are good for. @param authorization the value of the header, if any */
export function voiceOrigin(model: string, url: string, authorization: string | undefined): VoiceOrigin {
	const account = authorization === undefined ? undefined : keyFingerprint(authorization);
	return {model, place: placeOfService(url), ...(account !== undefined && {account})};
}

/** Whether a name can be a speaker's: the service keeps `S1`, `S2`, … and `UU` for those without one. */
export function isSpeakerName(name: string): boolean {
	return name !== '' && name === name.trim() && !GENERIC_LABEL.test(name);
}

/**
 * Notes a person's voice. What was noted before is added to, unless the service has refused it since.
 *
 * @param at when the identifiers were made
 */
export function remember(
	book: SpeakerBook,
	name: string,
	identifiers: readonly string[],
	about: VoiceOrigin,
	at: Date,
): SpeakerBook {
	if (!isSpeakerName(name) || identifiers.length === 0) return book;
	const before = book.find((voice) => voice.name === name && isOf(voice, about));
	const kept = before === undefined || before.isStale ? [] : before.identifiers;
	const all = [...new Set([...identifiers, ...kept])].slice(0, MAX_OF_ONE);
	const voice: Voice = {...originOf(about), name, identifiers: all, notedAt: at.toISOString()};
	return [voice, ...book.filter((other) => other !== before)];
}

/**
 * Whom the service can know again, for `speaker_diarization_config.speakers`: those noted last first, and everybody once
 * before anybody has a second identifier.
 *
 * @param room how many identifiers there may be
 */
export function known(book: SpeakerBook, about: VoiceOrigin, room = MAX_IDENTIFIERS): KnownSpeaker[] {
	const voices = book.filter((voice) => isOf(voice, about) && !voice.isStale);
	const chosen = new Map<string, string[]>();
	let left = room;
	for (let round = 0; round < MAX_OF_ONE; round++) {
		for (const {name, identifiers} of voices) {
			const identifier = identifiers[round];
			if (identifier === undefined || left === 0) continue;
			chosen.set(name, [...(chosen.get(name) ?? []), identifier]);
			left -= 1;
		}
	}
	return [...chosen].map(([label, speaker_identifiers]) => ({label, speaker_identifiers}));
}

/**
 * A transcription config of either service with the people of the book in it. Those it names already win, and without
 * speakers told apart it stays as it is.
 */
export function speakersToSend<Config extends SpeakingConfig>(
	book: SpeakerBook,
	about: VoiceOrigin,
	config: Config,
): Config {
	if (!hasSpeakers(config)) return config;
	const named = config.speaker_diarization_config?.speakers ?? [];
	const taken = named.reduce((sum, {speaker_identifiers: ids}) => sum + ids.length, 0);
	const others = book.filter(({name}) => !named.some(({label}) => label === name));
	const added = known(others, about, Math.max(0, MAX_IDENTIFIERS - taken));
	if (added.length === 0) return config;
	const speakers = [...named, ...added];
	return {...config, speaker_diarization_config: {...config.speaker_diarization_config, speakers}};
}

/**
 * Notes who spoke in a session or a recording, by the names they were given there or were known by; those without a name
 * are not noted. Not for what the demo made: it would fill the book with voices of nobody.
 *
 * @param names what the user called them, by the service's labels
 */
export function noteSpeakers(
	book: SpeakerBook,
	identities: readonly SpeakerIdentity[],
	names: ReadonlyMap<string, string>,
	about: VoiceOrigin,
	at: Date,
): SpeakerBook {
	return identities.reduce(
		(noted, {label, speaker_identifiers}) =>
			remember(noted, (names.get(label) ?? label).trim(), speaker_identifiers, about, at),
		book,
	);
}

/** After a warning `speaker_id`: what was sent is not sent again. */
export function markStale(
	book: SpeakerBook,
	about: VoiceOrigin,
	sent: readonly {readonly label: string}[],
): SpeakerBook {
	const names = new Set(sent.map(({label}) => label));
	return book.map((voice) =>
		isOf(voice, about) && names.has(voice.name) ? {...voice, isStale: true} : voice,
	);
}

/** Without a person. */
export function forget(book: SpeakerBook, name: string): SpeakerBook {
	return book.filter((voice) => voice.name !== name);
}

/** With another name for a person; where that one is in the book already, the two become one. */
export function rename(book: SpeakerBook, name: string, newName: string): SpeakerBook {
	if (name === newName) return book;
	return book.flatMap((voice) => {
		if (voice.name !== name && voice.name !== newName) return [voice];
		const other = book.find(
			(one) => one !== voice && (one.name === name || one.name === newName) && isOf(one, voice),
		);
		if (other === undefined) return [{...voice, name: newName}];
		// The first of the two stands for both.
		return book.indexOf(other) < book.indexOf(voice) ? [] : [joined(voice, other, newName)];
	});
}

function joined(newer: Voice, older: Voice, name: string): Voice {
	const usable = [newer, older].filter((voice) => !voice.isStale);
	const {isStale: _, ...kept} = newer;
	if (usable.length === 0) return {...newer, name};
	const identifiers = [...new Set(usable.flatMap((voice) => voice.identifiers))].slice(0, MAX_OF_ONE);
	return {...kept, name, identifiers, notedAt: usable[0]!.notedAt};
}

function isOf(voice: VoiceOrigin, about: VoiceOrigin): boolean {
	return voice.model === about.model && voice.place === about.place && voice.account === about.account;
}

function originOf({model, place, account}: VoiceOrigin): VoiceOrigin {
	return {model, place, ...(account !== undefined && {account})};
}
