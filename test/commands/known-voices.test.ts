import {afterEach, beforeEach, expect, test} from 'bun:test';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {knownVoices} from '../../src/commands/known-voices.ts';
import {readSpeakerBook, speakerBookPath} from '../../src/settings/speaker-book-file.ts';
import {staticKey} from '../../src/speechmatics/auth.ts';
import {started, temporaryFolder} from '../helpers/kept-sessions.ts';

const SERVICE = {url: 'wss://eu.rt.speechmatics.com/v2', credentials: staticKey('key')};
const START = {transcriptionConfig: {language: 'en', model: 'enhanced', diarization: 'speaker'}} as const;
const TOLD = [
	{label: 'S1', speaker_identifiers: ['voice-1']},
	{label: 'S2', speaker_identifiers: ['voice-2']},
];
const before = process.env.XDG_DATA_HOME;
let home: ReturnType<typeof temporaryFolder>;
let problems: string[];

beforeEach(() => {
	home = temporaryFolder();
	process.env.XDG_DATA_HOME = home.path;
	problems = [];
});
afterEach(() => {
	if (before === undefined) delete process.env.XDG_DATA_HOME;
	else process.env.XDG_DATA_HOME = before;
	home[Symbol.dispose]();
});

const open = (start: Parameters<typeof knownVoices>[1] = START, demo = false) =>
	knownVoices(SERVICE, start, {demo, onProblem: (reason) => problems.push(reason)});
const names = () => readSpeakerBook().map(({name}) => name);
const sent = async () =>
	(await open()).start.transcriptionConfig.speaker_diarization_config?.speakers?.map(({label}) => label);

test('who is named is known in the next session, also when named after the end', async () => {
	const voices = await open();
	voices.hear(started());
	voices.hear({type: 'speaker', label: 'S1', name: 'Anna'});
	voices.onSpeakers?.(TOLD);
	expect(names()).toEqual(['Anna']);
	voices.hear({type: 'speaker', label: 'S2', name: 'Bea'});
	expect(await sent()).toEqual(['Bea', 'Anna']);
	expect(problems).toEqual([]);
});

test('after the service refused them, they are not sent again', async () => {
	const first = await open();
	first.hear({type: 'speaker', label: 'S1', name: 'Anna'});
	first.onSpeakers?.(TOLD);
	const second = await open();
	second.hear({type: 'warning', kind: 'speaker_id', reason: 'other model'});
	expect(await sent()).toBeUndefined();
	second.onSpeakers?.([{label: 'Anna', speaker_identifiers: ['voice-9']}]);
	expect(await sent()).toEqual(['Anna']);
});

test('labels of another connection are not taken for the same people', async () => {
	const voices = await open();
	voices.hear(started(1));
	voices.hear({type: 'speaker', label: 'S1', name: 'Anna'});
	voices.hear(started(2));
	const again = TOLD.map(({label, ...rest}) => ({...rest, label: `${label}.2`}));
	voices.onSpeakers?.([...again, {label: 'Carl', speaker_identifiers: ['voice-3']}]);
	expect(names()).toEqual(['Carl']);
});

test('the demo, and a session that tells nobody apart, leave the book alone', async () => {
	expect((await open(START, true)).onSpeakers).toBeUndefined();
	const plain = {transcriptionConfig: {language: 'en'}};
	const voices = await open(plain);
	expect([voices.start, voices.onSpeakers]).toEqual([plain, undefined]);
});

test('a broken book is told once, and the session goes on', async () => {
	mkdirSync(dirname(speakerBookPath()), {recursive: true});
	writeFileSync(speakerBookPath(), '{');
	const voices = await open();
	expect(voices.start).toBe(START);
	expect(problems).toEqual([expect.stringContaining('is no speaker book')]);
});
