import type {KnobName} from '../../realtime/knobs.ts';
import {type RealtimeController, TALK_KEY} from '../controllers/realtime-controller.ts';
import type {Binding, BindingGroup} from './bindings.ts';
import {movement} from './movement.ts';

/** @param window what is visible of the transcript, in rows and columns */
export function realtimeBindings(
	realtime: RealtimeController,
	window: {readonly rows: number; readonly columns: number},
	demo: boolean,
): BindingGroup {
	return {
		title: 'Realtime',
		bindings: [
			...sourceBindings(realtime, demo),
			...speechBindings(realtime),
			...microphoneBindings(realtime),
			...stageBindings(realtime),
			...knobBindings(realtime),
			...movement('row', window.rows, {
				by: (rows) => realtime.scroll(rows, window),
				toStart: () => realtime.scroll(Number.NEGATIVE_INFINITY, window),
				toEnd: () => realtime.follow(),
			}),
		],
	};
}

function sourceBindings(realtime: RealtimeController, demo: boolean): Binding[] {
	const {view} = realtime;
	const whileRunning = () => (view.isRunning ? 'stop the session first' : undefined);
	const sample: Binding = {
		keys: ['s'],
		label: 'sample',
		description: 'Stream the bundled sample',
		inFooter: true,
		disabled: whileRunning,
		run: () => realtime.streamSample(),
	};
	return [
		{
			keys: ['space'],
			label: view.isRunning ? 'stop' : 'start',
			description: 'Start, or stop and keep every word',
			inFooter: true,
			disabled: () => (view.state === 'finishing' ? 'the last words are on their way' : undefined),
			run: () => realtime.toggle(),
		},
		{
			keys: ['f'],
			label: 'stream a file',
			description: 'Stream a recording at its own speed',
			inFooter: true,
			disabled: whileRunning,
			run: () => void realtime.askForFile(),
		},
		...(demo ? [sample] : []),
		{
			keys: ['d'],
			label: 'device',
			description: 'Choose the microphone',
			inFooter: true,
			disabled: whileRunning,
			run: () => void realtime.source.chooseDevice(),
		},
		{
			keys: ['M'],
			label: realtime.source.choice.from === 'meeting' ? 'microphone' : 'meeting',
			description: 'Also caption what the computer plays',
			disabled: whileRunning,
			run: () => realtime.source.switch(),
		},
		{
			keys: ['o'],
			label: 'replay',
			description: 'Show a kept session once more',
			disabled: () =>
				whileRunning() ?? (realtime.stored.canReplay ? undefined : 'sessions are not kept here'),
			run: () => void realtime.stored.choose(),
		},
		{
			keys: ['e'],
			label: 'second pass',
			description: 'Send the recording again, show what changes',
			inFooter: realtime.last.whyNot === undefined && !view.isRunning,
			disabled: () => whileRunning() ?? realtime.last.whyNot,
			run: () => void realtime.last.passAgain(),
		},
		{
			keys: ['S'],
			label: 'for support',
			description: 'Save what support asks for, without secrets',
			run: () => void realtime.saveSupportBundle(),
		},
	];
}

function speechBindings(realtime: RealtimeController): Binding[] {
	const needsSession = () => (realtime.isLive ? undefined : 'no session is running');
	return [
		{
			keys: ['b'],
			label: 'mark',
			description: 'Mark this moment in the transcript',
			inFooter: true,
			disabled: needsSession,
			run: () => realtime.mark(),
		},
		{
			keys: ['n'],
			label: 'name',
			description: 'Give a speaker a name',
			inFooter: true,
			disabled: needsSession,
			run: () => void realtime.nameSpeaker(),
		},
		{
			keys: ['enter'],
			label: 'make final',
			description: 'Make final what was said until now',
			inFooter: true,
			disabled: needsSession,
			run: () => realtime.endUtterance(),
		},
	];
}

function microphoneBindings(realtime: RealtimeController): Binding[] {
	const {view, heard} = realtime;
	const {talk} = heard;
	const needsMicrophone = () => {
		if (!realtime.isLive) return 'no session is running';
		if (view.state === 'starting microphone') return 'the microphone is being opened';
		return heard.hasMicrophone ? undefined : 'it is no microphone that is captioned';
	};
	return [
		{
			keys: ['m'],
			label: view.muted ? 'unmute' : 'mute',
			description: 'Mute the microphone, or unmute it',
			inFooter: !talk.isOn,
			disabled: () => needsMicrophone() ?? (talk.isOn ? 'push to talk is on: T ends it' : undefined),
			run: () => heard.toggleMute(),
		},
		{
			keys: [TALK_KEY],
			label: talk.tellsReleases ? 'hold to talk' : talk.isTalking ? 'stop talking' : 'talk',
			description: 'Push to talk: hold, or press twice',
			inFooter: talk.isOn,
			disabled: () => (talk.isOn ? needsMicrophone() : 'T switches push to talk on'),
			run: () => talk.press(),
		},
		{
			keys: ['T'],
			label: 'push to talk',
			description: 'Push to talk on or off',
			run: () => talk.toggle(),
		},
		{
			keys: ['P'],
			label: view.paused ? 'resume' : 'pause',
			description: 'Pause: nothing is sent or recorded',
			inFooter: view.paused,
			disabled: needsMicrophone,
			run: () => realtime.togglePause(),
		},
	];
}

function stageBindings(realtime: RealtimeController): Binding[] {
	const {stage} = realtime.store.getState();
	return [
		{
			// Escape means nothing where there is nothing to leave.
			keys: stage ? ['z', 'escape'] : ['z'],
			label: 'stage',
			description: 'Two lines of large text, for a room',
			inFooter: true,
			run: () => realtime.toggleStage(),
		},
	];
}

/** They also work before a session, for the next one. */
function knobBindings(realtime: RealtimeController): Binding[] {
	const knob = (keys: readonly string[], label: string, description: string, name: KnobName, by: 1 | -1) => ({
		keys,
		label,
		description,
		run: () => realtime.turn(name, by),
	});
	return [
		knob(['+', '='], 'later', 'Wait longer for finals: surer words', 'maxDelay', 1),
		knob(['-', '_'], 'sooner', 'Finals sooner: less sure words', 'maxDelay', -1),
		{
			keys: ['p'],
			label: 'partials',
			description: 'Show words not final yet, or not',
			run: () => realtime.togglePartials(),
		},
		knob(['>', '.'], 'longer silence', 'Longer silence ends an utterance', 'silence', 1),
		knob(['<', ','], 'shorter silence', 'Shorter silence ends an utterance', 'silence', -1),
		knob(['V'], 'louder only', 'Caption only what is louder', 'volume', 1),
		knob(['v'], 'quieter too', 'Caption what is quieter too', 'volume', -1),
	];
}
