import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ledger} from '../../src/batch/ledger/ledger.ts';
import type {HistoryPlaces} from '../../src/history/sources.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import type {AskedSession} from '../../src/realtime/session-info.ts';
import {transcriptOf} from '../../src/realtime/stored-sessions.ts';
import type {RecognitionResult} from '../../src/speechmatics/results.ts';
import {ASKED, final, over, started} from './kept-sessions.ts';
import {ACCOUNT, order, workAt} from './ledger-orders.ts';
import {mark, word} from './results.ts';

/** Where the program keeps everything below the folders of data and state. */
export function placesIn(data: string, state = data): HistoryPlaces {
	return {
		index: join(data, 'history.sqlite'),
		sessions: join(data, 'sessions'),
		transcripts: join(data, 'transcripts'),
		ledger: join(state, 'ledger.sqlite'),
	};
}

/** Words of sentences, each of one speaker and ten seconds after the other, a second a word. */
export function said(...sentences: Array<string | [speaker: string, text: string]>): RecognitionResult[] {
	return sentences.flatMap((sentence, index) => {
		const [speaker, text] = typeof sentence === 'string' ? [undefined, sentence] : sentence;
		const by = speaker === undefined ? {} : {speaker};
		const words = text.split(' ').map((content, at) => word(content, index * 10 + at, by));
		return [...words, mark('.', index * 10 + words.length, by)];
	});
}

/** A transcript as the batch engine saves it. */
export function saveTranscript(
	{transcripts}: HistoryPlaces,
	reference: string,
	results: readonly RecognitionResult[],
	{
		name = 'talk.wav',
		at = '2026-01-31T09:05:00Z',
		language = 'en',
		delimiter = ' ',
		simulated = false,
		changedAt = undefined as Date | undefined,
	} = {},
): string {
	mkdirSync(transcripts, {recursive: true});
	const path = join(transcripts, `${reference}.json`);
	const transcript = {
		format: '2.9',
		job: {id: `job-of-${reference}`, created_at: at, data_name: name, duration: 60},
		metadata: {
			created_at: at,
			type: 'transcription',
			transcription_config: {language},
			language_pack_info: {word_delimiter: delimiter},
			...(simulated && {orchestrator_version: 'speechdeck-emulator 1'}),
		},
		results,
	};
	writeFileSync(path, JSON.stringify(transcript));
	if (changedAt !== undefined) utimesSync(path, changedAt, changedAt);
	return path;
}

/** A session as it is kept. @returns its folder */
export async function keepSession(
	{sessions}: HistoryPlaces,
	results: readonly RecognitionResult[],
	{
		asked = ASKED,
		startedAt = new Date(2026, 1, 1, 10),
		more = [],
		isOver = true,
	}: {asked?: AskedSession; startedAt?: Date; more?: readonly RealtimeEvent[]; isOver?: boolean} = {},
): Promise<string> {
	const kept = SessionFolder.create(asked, {show: () => {}, startedAt, root: sessions});
	kept.emit(started());
	if (results.length > 0) kept.emit(final(...results));
	for (const event of more) kept.emit(event);
	if (isOver) {
		kept.emit(over());
		await kept.finish(await transcriptOf(kept));
	} else kept.close();
	return kept.path;
}

/** Notes in the ledger that a recording has the transcript of a job. */
export function noteRecording(
	{ledger: path}: HistoryPlaces,
	reference: string,
	name: string,
	outputs: readonly string[],
): void {
	using ledger = new Ledger(path);
	const [wanted] = ledger.recordings.want([order(name)]);
	ledger.jobs.submitting(workAt(name, {reference, base: reference}));
	ledger.jobs.submitted(ACCOUNT, reference, `job-of-${reference}`);
	ledger.recordings.assign(wanted!.id, reference);
	ledger.recordings.wrote(wanted!.id, new Map(outputs.map((output) => [output, 'hash'])));
	ledger.recordings.settle(wanted!.id, 'done');
}
