/** A finished job in the three forms the service gives transcripts in. Pure. */
import type {JobDetails, Transcript, TranscriptFormat} from '../speechmatics/jobs.ts';
import type {RecognitionResult} from '../speechmatics/results.ts';
import {attachesToPrevious, joinResults, speakerOf, turnsOf} from '../speechmatics/transcript.ts';
import {addOnsOf, type Shape} from './add-ons.ts';
import {languagePackInfo, ORCHESTRATOR_VERSION, TRANSCRIPT_FORMAT_VERSION} from './identity.ts';
import type {Job} from './jobs.ts';
import {identificationOf, languageOf} from './language.ts';
import {type Spoken, toResult} from './recogniser/spoken.ts';

/** The job as `GET /v2/jobs/{id}` shows it. */
export function jobDetails(job: Job): JobDetails {
	return {
		config: job.alignment?.config ?? job.config,
		created_at: new Date(job.createdAt).toISOString(),
		data_name: job.dataName,
		duration: Math.ceil(job.duration),
		...(job.errors.length === 0 ? {} : {errors: job.errors}),
		id: job.id,
		status: job.status,
		...(job.alignment === undefined ? {} : {text_name: job.alignment.textName}),
	};
}

/** The transcript of a job that is done: text for `txt` and `srt`, else the json-v2 object. */
export function transcriptAs(format: TranscriptFormat, job: Job, shape: Shape = 'spec'): string | Transcript {
	if (format === 'json-v2') return transcriptOf(job, shape);
	return format === 'txt' ? textOf(job) : srtOf(job);
}

function transcriptOf(job: Job, shape: Shape): Transcript {
	const results = resultsOf(job);
	const addOns = addOnsOf(job.config, results, job.duration, shape);
	const identification = identificationOf(job.config, results.at(-1)?.end_time ?? 0);
	const {id, created_at, data_name, duration} = jobDetails(job);
	const {type, transcription_config, tracking, fetch_data, ...otherConfigs} = job.config;
	return {
		format: TRANSCRIPT_FORMAT_VERSION,
		job: {created_at, data_name, duration, id, ...(tracking === undefined ? {} : {tracking})},
		metadata: {
			...otherConfigs,
			created_at: new Date(job.finishedAt ?? job.createdAt).toISOString().replace('Z', '000Z'),
			language_pack_info: languagePackInfo(languageOf(job.config)),
			...(identification === undefined ? {} : {language_identification: identification}),
			...addOns.errors,
			orchestrator_version: ORCHESTRATOR_VERSION,
			transcription_config,
			type,
		},
		results,
		...addOns.results,
	};
}

/** Without diarization batch labels every speaker as unknown. */
function resultsOf({config, spoken}: Job): RecognitionResult[] {
	const {diarization, channel_diarization_labels: labels} = config.transcription_config;
	const speaker = (label: string) => (diarization === 'speaker' ? label : 'UU');
	const named: readonly unknown[] = Array.isArray(labels) ? labels : [];
	const channelOf = ({channel = 0}: Spoken) => String(named[channel] ?? `channel_${channel + 1}`);
	const language = languageOf(config);
	return spoken.map((item) => ({
		...toResult(item, {language, speaker: () => speaker(item.speaker)}),
		...(diarization === 'channel' ? {channel: channelOf(item)} : {}),
	}));
}

function textOf(job: Job): string {
	const results = resultsOf(job);
	if (job.config.transcription_config.diarization !== 'speaker') return joinResults(results);
	return turnsOf(results)
		.map(({speaker, results}) => `SPEAKER: ${speaker}\n${joinResults(results)}`)
		.join('\n');
}

/** Source: batch OpenAPI, `srt_overrides`. */
const SRT_COLUMNS = 37;
const SRT_LINES = 2;

interface Caption {
	readonly start: number;
	end: number;
	readonly lines: string[];
}

function srtOf(job: Job): string {
	const {max_line_length: columns = SRT_COLUMNS, max_lines: lines = SRT_LINES} =
		job.config.output_config?.srt_overrides ?? {};
	return captionsOf(resultsOf(job), columns, lines)
		.map(
			({start, end, lines}, index) =>
				`${index + 1}\n${clock(start)} --> ${clock(end)}\n${lines.join('\n')}\n`,
		)
		.join('\n');
}

/** Fills lines word by word; a sentence's end and another speaker begin a new caption. */
function captionsOf(results: readonly RecognitionResult[], columns: number, maxLines: number): Caption[] {
	const captions: Caption[] = [];
	let caption: Caption | undefined;
	let speaker: string | undefined;
	for (const {text, start, end, speaker: next, last} of writtenWords(results)) {
		if (next !== speaker) caption = undefined;
		speaker = next;
		const line = caption?.lines.at(-1);
		const fits = line !== undefined && line.length + 1 + text.length <= columns;
		if (caption !== undefined && fits) {
			caption.lines[caption.lines.length - 1] = `${line} ${text}`;
		} else if (caption !== undefined && caption.lines.length < maxLines) {
			caption.lines.push(text);
		} else {
			caption = {start, end, lines: [text]};
			captions.push(caption);
		}
		caption.end = end;
		if (last) caption = undefined;
	}
	return captions;
}

/** Words with the marks that are written against them. */
function writtenWords(results: readonly RecognitionResult[]) {
	const groups: RecognitionResult[][] = [];
	for (const result of results) {
		if (attachesToPrevious(result) && groups.length > 0) groups.at(-1)!.push(result);
		else groups.push([result]);
	}
	return groups.map((group) => ({
		text: joinResults(group),
		start: group[0]!.start_time,
		end: Math.max(...group.map(({end_time}) => end_time)),
		speaker: speakerOf(group[0]!),
		last: group.some(({is_eos}) => is_eos),
	}));
}

function clock(seconds: number): string {
	const milliseconds = Math.round(seconds * 1000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const time = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60].map(two);
	return `${time.join(':')},${String(milliseconds % 1000).padStart(3, '0')}`;
}
