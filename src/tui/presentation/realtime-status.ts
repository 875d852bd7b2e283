/** The two lines above a live transcript. Each thing has its place, and what comes and goes moves nothing else. */
import {clockTime} from '../../platform/units.ts';
import {clip, fit, widthOf} from '../../platform/width.ts';
import type {SessionState} from '../../realtime/events.ts';
import {isStandard, knobText, partialsText, showsPartials} from '../../realtime/knobs.ts';
import type {LiveView} from '../../realtime/live-view.ts';
import type {MidSessionConfig} from '../../speechmatics/config.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import {clipLine, type Line, lineWidth, type Span, span, spread} from './line.ts';
import {meterSpans} from './meter.ts';

export interface RealtimeStatusModel {
	readonly view: LiveView;
	/** What is being captioned: a device or a file. */
	readonly sourceName: string;
	/** What the session works with, or the next one will. */
	readonly config: MidSessionConfig;
	/** Milliseconds by the clock of the view's times. */
	readonly now: number;
	/** Push to talk, where there is a microphone that it could mute. */
	readonly talk?: TalkModel | undefined;
}

export interface TalkModel {
	readonly isOn: boolean;
	readonly isTalking: boolean;
	/** Whether the terminal tells when a key is let go. */
	readonly tellsReleases: boolean;
}

export const STATE_WORDS: Readonly<Record<SessionState, string>> = {
	'starting microphone': 'starting microphone…',
	'opening audio': 'opening…',
	connecting: 'connecting…',
	listening: 'listening',
	reconnecting: 'reconnecting…',
	'rolling over': 'listening',
	'recording only': 'recording only',
	finishing: 'finishing…',
	ended: 'stopped',
};

/** From so many columns on there is room for a long meter. */
const ROOMY = 80;
/** Below this there is none. */
const CRAMPED = 50;
const ELAPSED = 9;
/** Columns of a source's name that facts leave to it. */
const SOURCE = 12;
const GAP = 2;
/** Columns before the state. */
const INDENT = 3;

/** The state; how loud it is, whether it is recorded, and for how long it goes on. */
export function stateLine({view, now}: RealtimeStatusModel, glyphs: Glyphs, columns: number): Line {
	const {isRunning, state, paused, listeningSince, endedAt, recording} = view;
	const isWarning = isTrouble(state) || paused;
	const left = [
		span(isRunning ? ` ${glyphs.recording} ` : '   ', state === 'listening' && !paused ? 'ok' : 'warn'),
		span(stateText(view, now), isRunning ? (isWarning ? 'warn' : 'strong') : 'muted'),
	];
	const elapsed = listeningSince === undefined ? '' : clockTime(((endedAt ?? now) - listeningSince) / 1000);
	const meter = columns < CRAMPED ? [] : meterSpans(view, glyphs, columns < ROOMY ? 8 : 16);
	const named: Span[] = columns < ROOMY || view.level === undefined ? [] : [span('level ', 'muted')];
	const right = [
		...named,
		...meter,
		span('  '),
		span(isRunning && recording !== undefined ? 'REC' : '   ', 'error'),
		span(`${fit(elapsed, ELAPSED, 'right')} `),
	];
	return spread(clipLine(left, columns - lineWidth(right) - 1), right, columns);
}

/** What is wrong, or what is captioned; what was measured, and what can be changed. */
export function detailLine(model: RealtimeStatusModel, columns: number): Line {
	const trouble = troubleText(model);
	const text = trouble ?? model.sourceName;
	const needed = trouble === undefined ? Math.min(widthOf(text), SOURCE) : widthOf(text);
	const facts = [...chosen(factsOf(model), columns - INDENT - needed - GAP), span(' ')];
	const left = clip(text, columns - INDENT - lineWidth(facts) - GAP);
	const style = trouble === undefined ? 'muted' : 'warn';
	return spread([span(' '.repeat(INDENT)), span(left, style)], facts, columns);
}

function isTrouble(state: SessionState | undefined): boolean {
	return state === 'reconnecting' || state === 'recording only';
}

/** Such as `reconnecting, try 3 in 4 s`. */
function stateText({state, paused, attempt, retryAt}: LiveView, now: number): string {
	if (state === undefined) return 'ready';
	if (paused && !isTrouble(state) && state !== 'finishing') return 'paused';
	if (attempt === undefined || (state !== 'reconnecting' && state !== 'connecting'))
		return STATE_WORDS[state];
	const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
	return `${state}, try ${attempt}${seconds > 0 ? ` in ${seconds} s` : ''}`;
}

function troubleText({view, talk}: RealtimeStatusModel): string | undefined {
	const {isRunning, microphone, muted, paused, reason} = view;
	if (!isRunning) return undefined;
	if (microphone === 'lost') return 'The microphone is gone: it is opened again when it is back';
	if (reason !== undefined) return reason;
	if (paused) return 'Nothing is sent or recorded';
	if (talk?.isOn) return talkText(talk);
	if (microphone === 'silent' && !muted) return 'Only silence comes: permission or mute?';
	return undefined;
}

function talkText({isTalking, tellsReleases}: TalkModel): string {
	if (tellsReleases) return isTalking ? 'You are heard' : 'Hold t to talk';
	return isTalking ? 'You are heard until t' : 'Press t to talk';
}

interface Fact {
	readonly text: string;
	readonly style: StyleName;
	/** What matters less goes first where room is short. */
	readonly weight: number;
}

/** What comes and goes stands to the left of what stays. */
function factsOf({view, config, now}: RealtimeStatusModel): Fact[] {
	const {connections, usage, isRunning} = view;
	const latency = view.latency(now);
	const facts: Array<Fact | undefined> = [
		latency && {
			text: `latency ${latency.p50.toFixed(1)}/${latency.p95.toFixed(1)} s`,
			style: 'plain',
			weight: 6,
		},
		isRunning && connections > 1
			? {text: `connection ${connections}`, style: 'accent', weight: 4}
			: undefined,
		usage && {text: `quota ${usage.usage}/${usage.quota}`, style: 'muted', weight: 5},
		knobFact('volume'),
		knobFact('silence'),
		{text: partialsText(config), style: 'muted', weight: showsPartials(config) ? 1 : 3},
		{text: knobText('maxDelay', config), style: 'muted', weight: 4.5},
	];
	return facts.filter((fact) => fact !== undefined);

	function knobFact(name: 'silence' | 'volume'): Fact | undefined {
		return isStandard(name, config) ? undefined : {text: knobText(name, config), style: 'muted', weight: 3};
	}
}

function chosen(facts: readonly Fact[], columns: number): Line {
	let left = columns;
	const kept = new Set<Fact>();
	for (const fact of [...facts].sort((one, other) => other.weight - one.weight)) {
		left -= widthOf(fact.text) + GAP;
		if (left < 0) break;
		kept.add(fact);
	}
	return facts.filter((fact) => kept.has(fact)).flatMap(({text, style}) => [span('  '), span(text, style)]);
}
