/** What can be changed while a session runs, step by step. Pure. */
import type {MidSessionConfig} from '../speechmatics/config.ts';

export type KnobName = 'maxDelay' | 'silence' | 'volume';

interface Knob {
	readonly steps: readonly number[];
	/** Of a config that says nothing. */
	readonly standard: number;
	readonly value: (config: MidSessionConfig) => number | undefined;
	readonly change: (value: number) => MidSessionConfig;
	readonly shown: (value: number) => string;
}

const seconds = (value: number) => `${value.toFixed(1)} s`;

/** Ranges and defaults of the service. Source: realtime AsyncAPI, `MidSessionTranscriptionConfig`. */
const KNOBS: Readonly<Record<KnobName, Knob>> = {
	maxDelay: {
		steps: [0.7, 1, 1.5, 2, 2.5, 3, 3.5, 4],
		standard: 4,
		value: (config) => config.max_delay,
		change: (value) => ({max_delay: value}),
		shown: (value) => `max delay ${seconds(value)}`,
	},
	silence: {
		steps: [0, 0.3, 0.5, 0.6, 0.7, 0.8, 1, 1.2, 1.5, 2],
		standard: 0,
		value: (config) => config.conversation_config?.end_of_utterance_silence_trigger,
		change: (value) => ({conversation_config: {end_of_utterance_silence_trigger: value}}),
		shown: (value) => (value === 0 ? 'silence off' : `silence ${seconds(value)}`),
	},
	volume: {
		steps: [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100],
		standard: 0,
		value: (config) => config.audio_filtering_config?.volume_threshold,
		change: (value) => ({audio_filtering_config: {volume_threshold: value}}),
		shown: (value) => (value === 0 ? 'volume all' : `volume > ${value}`),
	},
};

/** The change to the next step up or down; `undefined` where there is none. */
export function turned(name: KnobName, config: MidSessionConfig, by: 1 | -1): MidSessionConfig | undefined {
	const {steps, standard, value, change} = KNOBS[name];
	const now = value(config) ?? standard;
	const next = by === 1 ? steps.find((step) => step > now) : steps.findLast((step) => step < now);
	return next === undefined ? undefined : change(next);
}

/** Its value with its name, such as `max delay 2.0 s`. */
export function knobText(name: KnobName, config: MidSessionConfig): string {
	const {standard, value, shown} = KNOBS[name];
	return shown(value(config) ?? standard);
}

/** Whether it is at what the service does unless told otherwise. */
export function isStandard(name: KnobName, config: MidSessionConfig): boolean {
	const {standard, value} = KNOBS[name];
	return (value(config) ?? standard) === standard;
}

export const showsPartials = ({enable_partials: enabled}: MidSessionConfig) => enabled !== false;

export const partialsText = (config: MidSessionConfig) => `partials ${showsPartials(config) ? 'on' : 'off'}`;
