import {type CaptionRules, type PresetName, presetRules} from './rules.ts';

/** What a person may ask of captions. */
export interface CaptionWishes {
	readonly preset?: PresetName | undefined;
	readonly maxColumns?: number | undefined;
	readonly maxLines?: number | undefined;
}

/** The rules that a person asked for, for each language: those of the preset, but for what was set apart. */
export function captionStyle({preset = 'default', maxColumns, maxLines}: CaptionWishes) {
	return (language: string | undefined): CaptionRules => ({
		...presetRules(preset, language),
		...(maxColumns !== undefined && {maxColumns}),
		...(maxLines !== undefined && {maxLines}),
	});
}
