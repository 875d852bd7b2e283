import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
	known,
	markStale,
	noteSpeakers,
	remember,
	rename,
	type SpeakerBook,
	speakersToSend,
	voiceOrigin,
} from '../../src/settings/speaker-book.ts';
import {changeSpeakerBook, readSpeakerBook} from '../../src/settings/speaker-book-file.ts';
import {RealtimeTranscriptionConfig} from '../../src/speechmatics/config.ts';
import {ConfigurationError} from '../../src/speechmatics/errors.ts';

const HERE = voiceOrigin('enhanced', 'wss://eu.rt.speechmatics.com/v2', 'Bearer key');
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const folder = mkdtempSync(join(tmpdir(), 'speechdeck-book-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** People with so many identifiers each, the last one noted last. */
const bookOf = (count: number, each: number): SpeakerBook =>
	Array.from({length: count}).reduce<SpeakerBook>((book, _, person) => {
		const identifiers = Array.from({length: each}, (_, index) => `id-${person}-${index}`);
		return remember(book, `Person ${person}`, identifiers, HERE, at(person));
	}, []);

describe('a voice', () => {
	test('is known to batch and realtime of one area, and to no other model, area or key', () => {
		const book = remember([], 'Anna', ['a'], HERE, at(0));
		const anna = [{label: 'Anna', speaker_identifiers: ['a']}];
		const from = (model: string, url: string, key: string) => known(book, voiceOrigin(model, url, key));
		expect(from('enhanced', 'https://eu1.asr.api.speechmatics.com/v2', 'Bearer key')).toEqual(anna);
		expect(from('standard', 'https://eu1.asr.api.speechmatics.com/v2', 'Bearer key')).toEqual([]);
		expect(from('enhanced', 'https://us1.asr.api.speechmatics.com/v2', 'Bearer key')).toEqual([]);
		expect(from('enhanced', 'https://eu1.asr.api.speechmatics.com/v2', 'Bearer other')).toEqual([]);
		expect(from('enhanced', 'https://eu.example.com/v2', 'Bearer key')).toEqual([]);
		expect(JSON.stringify(book)).not.toContain('Bearer key');
	});

	test('gains identifiers, the newest first, and drops those that were refused', () => {
		let book = remember([], 'Anna', ['a'], HERE, at(0));
		book = remember(book, 'Anna', ['b', 'a'], HERE, at(1));
		expect(known(book, HERE)[0]?.speaker_identifiers).toEqual(['b', 'a']);
		book = markStale(book, HERE, [{label: 'Anna'}]);
		expect(known(book, HERE)).toEqual([]);
		book = remember(book, 'Anna', ['c'], HERE, at(2));
		expect(known(book, HERE)[0]?.speaker_identifiers).toEqual(['c']);
		expect(book).toHaveLength(1);
	});

	test('is noted by the name the user gave, or the one it was known by; nobody is noted as S1', () => {
		const identities = [
			{label: 'S1', speaker_identifiers: ['a']},
			{label: 'S2', speaker_identifiers: ['b']},
			{label: 'Bea', speaker_identifiers: ['c']},
			{label: 'UU', speaker_identifiers: ['d']},
		];
		const book = noteSpeakers([], identities, new Map([['S1', ' Anna ']]), HERE, at(0));
		expect(book.map(({name, identifiers}) => [name, ...identifiers])).toEqual([
			['Bea', 'c'],
			['Anna', 'a'],
		]);
	});
});

describe('what is sent', () => {
	test('is at most 50 identifiers, the newest people first, everybody once before anybody twice', () => {
		const crowd = known(bookOf(60, 2), HERE);
		expect(crowd).toHaveLength(50);
		expect(crowd[0]).toEqual({label: 'Person 59', speaker_identifiers: ['id-59-0']});
		const few = known(bookOf(30, 2), HERE);
		expect(few.flatMap(({speaker_identifiers}) => speaker_identifiers)).toHaveLength(50);
		expect(few.map(({speaker_identifiers}) => speaker_identifiers.length)).toEqual([
			...Array(20).fill(2),
			...Array(10).fill(1),
		]);
	});

	test('goes beside what the config names itself, within the limit of the service', () => {
		const own = [
			{label: 'Person 3', speaker_identifiers: Array.from({length: 47}, (_, index) => `own-${index}`)},
		];
		const config = {
			language: 'en',
			diarization: 'speaker' as const,
			speaker_diarization_config: {speaker_sensitivity: 0.7, speakers: own},
		};
		const sent = speakersToSend(bookOf(6, 1), HERE, config);
		expect(sent.speaker_diarization_config.speakers.map(({label}) => label)).toEqual([
			'Person 3',
			'Person 5',
			'Person 4',
			'Person 2',
		]);
		expect(sent.speaker_diarization_config.speaker_sensitivity).toBe(0.7);
		expect(RealtimeTranscriptionConfig.safeParse(sent).success).toBe(true);
	});

	test('is nothing where speakers are not told apart, or nobody is known', () => {
		const none = {language: 'en', diarization: 'none'};
		expect(speakersToSend(bookOf(2, 1), HERE, none)).toBe(none);
		const speaker = {language: 'en', diarization: 'speaker'};
		expect(speakersToSend([], HERE, speaker)).toBe(speaker);
	});
});

test('a new name that somebody has already makes one person of two', () => {
	const other = {...HERE, model: 'standard'};
	let book = remember([], 'Anna', ['a'], HERE, at(0));
	book = remember(book, 'Ana', ['b'], HERE, at(1));
	book = remember(book, 'Ana', ['c'], other, at(2));
	book = rename(book, 'Ana', 'Anna');
	expect(known(book, HERE)).toEqual([{label: 'Anna', speaker_identifiers: ['b', 'a']}]);
	expect(known(book, other)).toEqual([{label: 'Anna', speaker_identifiers: ['c']}]);
	expect(book).toHaveLength(2);
});

describe('the file', () => {
	test('is this user’s alone, and keeps what another process noted', () => {
		const path = join(folder, 'data', 'speakers.json');
		changeSpeakerBook((book) => remember(book, 'Anna', ['a'], HERE, at(0)), path);
		changeSpeakerBook((book) => remember(book, 'Bea', ['b'], HERE, at(1)), path);
		expect(readSpeakerBook(path).map(({name}) => name)).toEqual(['Bea', 'Anna']);
		if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
	});

	test('that is none is not written over', () => {
		const path = join(folder, 'broken.json');
		for (const text of ['{', '{"version": 2, "voices": []}']) {
			writeFileSync(path, text);
			expect(() => changeSpeakerBook((book) => [...book], path)).toThrow(ConfigurationError);
			expect(readFileSync(path, 'utf8')).toBe(text);
		}
	});
});
