/** Where transcripts go and in which form, by flags and settings. */
import {stat} from 'node:fs/promises';
import {parseNameTemplate} from '../batch/names.ts';
import type {OutputPlan} from '../batch/orders.ts';
import type {OutputFormat} from '../captions/render.ts';
import type {PresetName} from '../captions/rules.ts';
import {type Settings, settingOf} from '../settings/load.ts';
import {UsageError} from './failure.ts';

const DEFAULT_FORMATS: readonly OutputFormat[] = ['txt'];

export interface OutputFlags {
	readonly format?: readonly OutputFormat[];
	readonly outputDir?: string;
	/** `-` prints the transcript. */
	readonly output?: string;
	readonly name?: string;
	readonly timestamps?: boolean;
	readonly captionPreset?: Exclude<PresetName, 'default'>;
	readonly captionColumns?: number;
}

/**
 * The demo writes nothing beside a person's recordings: without a folder it prints.
 *
 * @throws UsageError
 */
export async function outputPlan(flags: OutputFlags, settings: Settings, demo: boolean): Promise<OutputPlan> {
	const formats = settingOf(settings, 'output.formats', given('--format', flags.format && [...flags.format]));
	const timestamps = settingOf(settings, 'output.timestamps', given('--timestamps', flags.timestamps));
	const preset = settingOf(settings, 'output.caption_preset', given('--caption-preset', flags.captionPreset));
	const columns = settingOf(
		settings,
		'output.caption_columns',
		given('--caption-columns', flags.captionColumns),
	);
	const folder = settingOf(settings, 'output.dir', given('--output-dir', flags.outputDir))?.value;
	const template = settingOf(settings, 'output.name', given('--name', flags.name))?.value;
	const rendering = {
		formats: formats?.value ?? DEFAULT_FORMATS,
		timestamps: timestamps?.value,
		captionPreset: preset?.value,
		captionColumns: columns?.value,
	};
	if (template !== undefined) parseNameTemplate(template);
	if (flags.output !== undefined) {
		if (flags.output !== '-') {
			throw new UsageError(
				`--output takes only "-", for the terminal or a pipe: use --output-dir to name a folder`,
			);
		}
		if (flags.outputDir !== undefined) throw new UsageError('--output - and --output-dir exclude each other');
		if (rendering.formats.length > 1)
			throw new UsageError('--output - prints one format: name one with --format');
		return {...rendering, to: 'print'};
	}
	if (demo && flags.outputDir === undefined) return {...rendering, to: 'print'};
	if (folder !== undefined) {
		const info = await stat(folder).catch(() => undefined);
		if (info?.isDirectory() === false) throw new UsageError(`--output-dir ${folder} is a file, not a folder`);
	}
	return {...rendering, to: 'files', folder, template};
}

const given = <Value>(name: string, value: Value) => ({name, value});
