/** The settings of this program itself; what is asked of the service is in transcription-options.ts. */
import {z} from 'zod';
import {parseEndpoint} from '../speechmatics/endpoints.ts';
import type {ValueKind} from './value-kinds.ts';

/** Formats that transcripts can be written in. The captions room makes them; a test compares the two lists. */
const FORMATS = ['txt', 'json', 'srt', 'vtt', 'csv', 'md'] as const;
const THEMES = ['auto', 'dark', 'light'] as const;
const NOTIFYING = ['off', 'bell', 'notification'] as const;
const CAPTION_PRESETS = ['netflix', 'bbc', 'server'] as const;
/** The most that `--concurrency` takes too. */
const MAX_COUNT = 999_999;

interface ProgramSetting {
	readonly kind: ValueKind;
	readonly schema: z.ZodType;
	readonly description: string;
	/** An environment variable that wins over the file. */
	readonly variable?: string;
}

const count = z.int().min(1).max(MAX_COUNT);
const address = (...protocols: string[]) =>
	z.string().check((context) => {
		try {
			parseEndpoint(context.value, protocols);
		} catch (error) {
			context.issues.push({code: 'custom', message: (error as Error).message, input: context.value});
		}
	});

/** By their names in config.toml, `section.key`. */
export const PROGRAM_SETTINGS = {
	'service.batch_url': {
		kind: 'text',
		schema: address('https:', 'http:'),
		description: 'address of the batch service',
		variable: 'SPEECHMATICS_BATCH_URL',
	},
	'service.realtime_url': {
		kind: 'text',
		schema: address('wss:', 'ws:'),
		description: 'address of the realtime service',
		variable: 'SPEECHMATICS_RT_URL',
	},
	'service.ca_file': {
		kind: 'path',
		schema: z.string().min(1),
		description: 'PEM certificates to trust, for a service with one of its own',
	},
	'batch.concurrency': {kind: 'number', schema: count, description: 'recordings under way at once'},
	'batch.uploads': {kind: 'number', schema: count, description: 'uploads at once'},
	'batch.transcode': {
		kind: 'switch',
		schema: z.boolean(),
		description: 'have ffmpeg make a file the service reads of one it does not',
	},
	'realtime.device': {kind: 'text', schema: z.string().min(1), description: 'which microphone'},
	'compare.batch_rate': {
		kind: 'number',
		schema: z.number().min(0),
		description: 'what an hour of audio costs you in batch, for "speechdeck compare"',
	},
	'compare.realtime_rate': {
		kind: 'number',
		schema: z.number().min(0),
		description: 'what an hour of audio costs you in realtime',
	},
	'compare.currency': {
		kind: 'text',
		schema: z.string().min(1).max(8),
		description: 'what these rates are in, such as EUR',
	},
	'output.formats': {
		kind: 'list',
		schema: z.array(z.enum(FORMATS)).min(1),
		description: 'what transcripts are written as',
	},
	'output.dir': {kind: 'path', schema: z.string().min(1), description: 'where transcripts go'},
	'output.name': {
		kind: 'text',
		schema: z.string().min(1),
		description: 'how files are named, such as {stem}.{lang}.{ext}',
	},
	'output.timestamps': {kind: 'switch', schema: z.boolean(), description: 'times in txt'},
	'output.caption_preset': {
		kind: 'text',
		schema: z.enum(CAPTION_PRESETS),
		description: 'the rules captions keep to',
	},
	'output.caption_columns': {
		kind: 'number',
		schema: z.int().min(10).max(200),
		description: 'columns of a caption line',
	},
	'app.notify': {
		kind: 'text',
		schema: z.enum(NOTIFYING),
		description: 'what tells that a long batch has ended: off, bell or notification',
	},
	'app.progress': {
		kind: 'switch',
		schema: z.boolean(),
		description: "progress in the window's title and in the taskbar",
	},
	'app.mouse': {kind: 'switch', schema: z.boolean(), description: 'clicks and the wheel in the app'},
	'app.theme': {
		kind: 'text',
		schema: z.enum(THEMES),
		description: 'colours for a dark or a light terminal; auto asks it',
	},
	'app.animations': {
		kind: 'switch',
		schema: z.boolean(),
		description: 'things that move to say that something goes on',
	},
} as const satisfies Record<string, ProgramSetting>;

export type ProgramSettingName = keyof typeof PROGRAM_SETTINGS;
export type ProgramSettingValue<Name extends ProgramSettingName> = z.output<
	(typeof PROGRAM_SETTINGS)[Name]['schema']
>;
