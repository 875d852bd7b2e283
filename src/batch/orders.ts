/** From recordings to orders: what is to be made of each, and where it goes. */
import {dirname, resolve} from 'node:path';
import type {JobConfig} from '../speechmatics/config.ts';
import type {Delivery, Rendering} from './delivery.ts';
import type {Order} from './ledger/records.ts';
import {DEFAULT_TEMPLATE, stemsOf} from './names.ts';
import {configHash} from './reference.ts';
import type {Source} from './sources.ts';

export type OutputPlan = Rendering &
	(
		| {readonly to: 'print'}
		| {
				readonly to: 'files';
				/** `undefined`: beside each recording; for an address the folder of the process. */
				readonly folder: string | undefined;
				readonly template?: string | undefined;
		  }
	);

export interface OrderOptions {
	readonly account: string;
	readonly config: JobConfig;
	readonly output: OutputPlan;
	/** Whole header lines with which the service fetches addresses. */
	readonly fetchHeaders?: readonly string[];
	/** Sent before those with a lower one. */
	readonly priority?: number;
}

/**
 * @param others recordings whose outputs may meet those of `sources` under one name
 */
export function ordersOf(
	sources: readonly Source[],
	{account, config, output, fetchHeaders = [], priority = 0}: OrderOptions,
	others: readonly Source[] = [],
): Order[] {
	const hash = configHash(config);
	const stems = stemsOf(
		[...new Set([...others, ...sources])].map((source) => ({
			file: source.file,
			name: source.name,
			folder: output.to === 'files' ? folderOf(source, output.folder) : '',
		})),
	);
	return sources.map((source) => {
		const {file, name} = source;
		const isFile = source.kind === 'file';
		return {
			account,
			source: isFile ? resolve(source.path) : source.url,
			kind: source.kind,
			file,
			name,
			size: isFile ? source.size : undefined,
			seconds: isFile ? source.seconds : undefined,
			transcode: isFile && source.transcode,
			config: isFile ? config : fetching(config, source.url, fetchHeaders),
			configHash: hash,
			delivery: deliveryOf(source, output, stems.get(file)!),
			priority,
		};
	});
}

function fetching(config: JobConfig, url: string, headers: readonly string[]): JobConfig {
	return {...config, fetch_data: {url, ...(headers.length > 0 && {auth_headers: [...headers]})}};
}

function deliveryOf(source: Source, output: OutputPlan, stem: string): Delivery {
	if (output.to === 'print') return output;
	const {template = DEFAULT_TEMPLATE} = output;
	return {...output, folder: folderOf(source, output.folder), stem, template};
}

function folderOf(source: Source, folder: string | undefined): string {
	if (folder !== undefined) return resolve(folder);
	return source.kind === 'file' ? dirname(resolve(source.path)) : process.cwd();
}
