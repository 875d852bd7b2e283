/** What is asked of the next jobs, as the app's form shows and changes it. */
import {withoutSecrets} from '../batch/shown-config.ts';
import {PRESET_NAMES} from '../captions/rules.ts';
import {problemOf} from '../settings/check-value.ts';
import {DEFAULTS} from '../settings/job-config.ts';
import {optionOf, settingOf} from '../settings/load.ts';
import {originText, type Sourced} from '../settings/origin.ts';
import {PROGRAM_SETTINGS} from '../settings/program-settings.ts';
import {
	flagOf,
	optionsOf,
	type TranscriptionOption,
	valueSchemas,
} from '../settings/transcription-options.ts';
import {fromText, toText, type ValueKind} from '../settings/value-kinds.ts';
import type {SheetGroup, SheetRow} from '../tui/controllers/option-sheet.ts';
import type {JobOptionServices} from '../tui/services.ts';
import {UsageError} from './failure.ts';
import {choicesOf} from './option-choices.ts';
import {meaningOf} from './option-meaning.ts';
import type {OutputFlags} from './output-plan.ts';
import {shellWord} from './shell-word.ts';
import type {AppRequests} from './tui-requests.ts';

const THIS_RUN = 'this run';

/** Those a person asks for first; the rest follows by its group. */
const FIRST = [
	'language',
	'model',
	'diarization',
	'dictionary',
	'translate',
	'summarize',
	'chapters',
	'topics',
	'sentiment',
	'audio_events',
	'entities',
];

interface OutputRow {
	readonly name: keyof OutputFlags;
	readonly setting: keyof typeof PROGRAM_SETTINGS;
	readonly flag: string;
	readonly choices: readonly string[];
}

const OUTPUT_ROWS: readonly OutputRow[] = [
	{name: 'format', setting: 'output.formats', flag: '--format', choices: []},
	{name: 'outputDir', setting: 'output.dir', flag: '--output-dir', choices: []},
	{name: 'name', setting: 'output.name', flag: '--name', choices: []},
	{name: 'timestamps', setting: 'output.timestamps', flag: '--timestamps', choices: ['on', 'off']},
	{
		name: 'captionPreset',
		setting: 'output.caption_preset',
		flag: '--caption-preset',
		choices: PRESET_NAMES.filter((name) => name !== 'default'),
	},
	{name: 'captionColumns', setting: 'output.caption_columns', flag: '--caption-columns', choices: []},
];

export function jobOptionServices(requests: AppRequests): JobOptionServices {
	const options = optionsOf('batch');
	const change = async (name: string, text: string | undefined) => {
		const {values, flags} = requests.current.changes;
		const output = OUTPUT_ROWS.find((row) => row.name === name);
		if (output !== undefined) {
			const value = text === undefined ? undefined : outputValue(output, text);
			await requests.change({values, flags: {...flags, [name]: value}});
		} else {
			const option = options.find((one) => one.name === name)!;
			const value = text === undefined ? undefined : optionValue(option, text);
			await requests.change({values: {...values, [name]: value}, flags});
		}
		return undefined;
	};
	return {
		groups: () => groupsOf(requests, options),
		set: (name, text) => change(name, text),
		unset: (name) => change(name, undefined),
		request: () => withoutSecrets(requests.current.job.config),
		commandLine: () => commandLine(requests, options),
	};
}

function groupsOf(requests: AppRequests, options: readonly TranscriptionOption[]): SheetGroup[] {
	const first = FIRST.map((name) => options.find((option) => option.name === name)!);
	const rest = Map.groupBy(
		options.filter((option) => !first.includes(option)),
		({group}) => group.replace(/:$/, ''),
	);
	return [
		{title: 'What is asked most', rows: first.map((option) => optionRow(requests, option))},
		{title: 'Output', rows: OUTPUT_ROWS.map((row) => outputRow(requests, row))},
		...[...rest].map(([title, members]) => ({
			title,
			rows: members.map((option) => optionRow(requests, option)),
		})),
	];
}

function optionRow(requests: AppRequests, option: TranscriptionOption): SheetRow {
	const {name, kind} = option;
	const {settings, changes} = requests.current;
	const given = requests.given.values[name];
	const found = optionOf(settings, 'batch', option);
	const fallback = DEFAULTS.batch[name];
	// What only realtime knows is no choice here.
	const schemas = valueSchemas({...option, services: ['batch']});
	return {
		name,
		label: name.replaceAll('_', ' '),
		description: meaningOf(name, {...option, schemas}),
		choices: choicesOf({name, kind, schemas}),
		fallback: fallback === undefined ? undefined : toText(kind, fallback),
		...counting(kind, given, changes.values[name] === undefined ? flagOf(option) : THIS_RUN, found),
	};
}

/** The value that counts, and where it comes from; what the settings say cannot be taken away for one run. */
function counting(
	kind: ValueKind,
	given: unknown,
	by: string,
	found: Sourced<unknown> | undefined,
): Pick<SheetRow, 'value' | 'origin' | 'kept'> {
	if (given !== undefined) return {value: toText(kind, given), origin: by};
	if (found === undefined) return {value: undefined, origin: ''};
	const origin = originText(found.origin);
	return {value: toText(kind, found.value), origin, kept: `${origin} has it, see Settings`};
}

function outputRow(requests: AppRequests, {name, setting, flag, choices}: OutputRow): SheetRow {
	const {kind, description, schema} = PROGRAM_SETTINGS[setting];
	const {settings, changes} = requests.current;
	const by = changes.flags[name] === undefined ? flag : THIS_RUN;
	return {
		name,
		label: name === 'outputDir' ? 'folder' : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
		description: meaningOf(name, {kind, description, schemas: [schema]}),
		choices,
		...counting(kind, requests.outputFlags[name], by, settingOf(settings, setting)),
	};
}

/** @throws UsageError that begins with the name */
function optionValue(option: TranscriptionOption, text: string): unknown {
	const value =
		option.kind === 'paths' || option.kind === 'items'
			? text.split(/\s*;\s*/).filter(Boolean)
			: fromText(option.kind, text);
	const problem = problemOf(valueSchemas(option), value);
	if (problem !== undefined) throw new UsageError(`${option.name}${problem}`);
	return value;
}

/** @throws UsageError that begins with the name */
function outputValue({name, setting}: OutputRow, text: string): unknown {
	const {kind, schema} = PROGRAM_SETTINGS[setting];
	const value = fromText(kind, text);
	const problem = problemOf([schema], value);
	if (problem !== undefined) throw new UsageError(`${name}${problem}`);
	return value;
}

/** What would make the same jobs without the app. */
function commandLine(requests: AppRequests, options: readonly TranscriptionOption[]): string {
	const {values, config} = requests.given;
	const {profile} = requests.current.settings;
	const flags = [
		...(requests.demo ? ['--demo'] : []),
		...(profile === undefined ? [] : ['--profile', shellWord(profile)]),
		...(config === undefined ? [] : ['--config', shellWord(config)]),
		...options.flatMap((option) => flagWords(flagOf(option), option.kind, values[option.name])),
		...OUTPUT_ROWS.flatMap(({name, flag, setting}) =>
			flagWords(flag, PROGRAM_SETTINGS[setting].kind, requests.outputFlags[name]),
		),
	];
	return ['speechdeck batch', ...flags, 'FILE…'].join(' ');
}

function flagWords(flag: string, kind: TranscriptionOption['kind'], value: unknown): string[] {
	if (value === undefined) return [];
	if (value === true) return [flag];
	if (value === false) return [flag.replace('--', '--no-')];
	if (Array.isArray(value) && (kind === 'items' || kind === 'paths'))
		return value.flatMap((one) => [flag, shellWord(String(one))]);
	return [flag, shellWord(toText(kind, value).replaceAll(', ', ','))];
}
