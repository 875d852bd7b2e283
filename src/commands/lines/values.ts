/** What the values of options mean. Each throws commander's error, which becomes one sentence and exit code 2. */
import {InvalidArgumentError} from 'commander';
import {OUTPUT_FORMATS, type OutputFormat} from '../../captions/render.ts';

export function formats(list: string): OutputFormat[] {
	const names = list.split(',').map((name) => name.trim());
	const unknown = names.find((name) => !(OUTPUT_FORMATS as readonly string[]).includes(name));
	if (unknown !== undefined) {
		throw new InvalidArgumentError(`"${unknown}" is none of ${OUTPUT_FORMATS.join(', ')}.`);
	}
	return [...new Set(names)] as OutputFormat[];
}

export function count(text: string): number {
	if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
	return Number(text);
}

export function port(text: string): number {
	if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
	return Number(text);
}
