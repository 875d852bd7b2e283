import {describe, expect, test} from 'bun:test';
import {LiveView} from '../../src/realtime/live-view.ts';
import {TranscriptLines} from '../../src/realtime/transcript-lines.ts';
import {mark, word} from '../helpers/results.ts';

const piece = (text: string, ...results: ReturnType<typeof word>[]) => ({
	text,
	startTime: 0,
	endTime: 1,
	results,
});

describe('lines', () => {
	test('end with the sentence, even when its mark comes later, and with the speaker', () => {
		const lines = new TranscriptLines();
		lines.add([word('Good', 0, {speaker: 'S1'}), word('morning', 1, {speaker: 'S1'})]);
		lines.add([mark('.', 1.5, {speaker: 'S1'})]);
		lines.add([word('Yes', 2, {speaker: 'S1'}), word('No', 3, {speaker: 'S2'})]);
		expect(lines.lines).toEqual([
			{start: 0, speaker: 'S1', text: 'Good morning.'},
			{start: 2, speaker: 'S1', text: 'Yes'},
			{start: 3, speaker: 'S2', text: 'No'},
		]);
	});
});

describe('a live view', () => {
	test('joins words as their language does', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		const languagePack = {word_delimiter: ''};
		view.apply(
			{type: 'started', sessionId: 'x', model: 'm', language: 'cmn', simulated: false, languagePack},
			1,
		);
		view.apply({type: 'final', ...piece('你好', word('你', 0), word('好', 1))}, 2);
		expect(view.lines.map(({text}) => text)).toEqual(['你好']);
	});

	test('replaces the partial, and clears it when its words are final', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		view.apply({type: 'state', state: 'listening'}, 500);
		view.apply({type: 'partial', ...piece('Good mourning')}, 600);
		view.apply({type: 'partial', ...piece('Good morning')}, 700);
		expect([view.partial, view.isRunning, view.listeningSince]).toEqual(['Good morning', true, 500]);
		view.apply({type: 'final', ...piece('Good', word('Good', 0))}, 800);
		expect(view.partial).toBe('');
		expect(view.lines.map(({text}) => text)).toEqual(['Good']);
	});

	test('keeps the text after the end, and begins anew with the next session', () => {
		const view = new LiveView();
		view.apply({type: 'state', state: 'connecting'}, 0);
		view.apply({type: 'final', ...piece('Kept', word('Kept', 0))}, 1);
		view.apply({type: 'error', reason: 'it broke'}, 2);
		view.apply({type: 'state', state: 'ended'}, 3);
		expect([view.lines.length, view.problem, view.isRunning]).toEqual([1, 'it broke', false]);
		view.apply({type: 'state', state: 'starting microphone'}, 4);
		expect([view.lines.length, view.problem, view.isRunning]).toEqual([0, undefined, true]);
	});
});
