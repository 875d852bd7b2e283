import {describe, expect, test} from 'bun:test';
import type {Key} from 'ink';
import type {WatchedMicrophone} from '../../src/audio/watched-microphone.ts';
import {Heard} from '../../src/tui/controllers/heard.ts';
import {keyNames} from '../../src/tui/keys/key-names.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

/** Milliseconds: of an ordinary keyboard. */
const UNTIL_FIRST_REPEAT = 500;
const BETWEEN_REPEATS = 30;

function setUp() {
	const clock = new ManualClock();
	const heard = new Heard(clock, () => {});
	let isMuted = false;
	const microphone = {mute: (on: boolean) => (isMuted = on)} as unknown as WatchedMicrophone;
	heard.use(microphone);
	const {talk} = heard;
	/** The key is held for so long. */
	const hold = async (milliseconds: number) => {
		talk.press();
		await clock.advance(UNTIL_FIRST_REPEAT);
		for (let held = UNTIL_FIRST_REPEAT; held < milliseconds; held += BETWEEN_REPEATS) {
			talk.press();
			await clock.advance(BETWEEN_REPEATS);
		}
	};
	return {clock, heard, talk, microphone, hold, isMuted: () => isMuted};
}

describe('where the terminal tells that a key was let go', () => {
	test('who holds the key is heard, and nobody else', async () => {
		const {talk, hold, isMuted} = setUp();
		talk.toggle();
		talk.release(false);
		expect(isMuted()).toBe(true);
		await hold(3000);
		expect(isMuted()).toBe(false);
		talk.release(false);
		expect(isMuted()).toBe(false);
		talk.release(true);
		expect(isMuted()).toBe(true);
	});

	test('a key held without repeats is heard as long', async () => {
		const {talk, clock, isMuted} = setUp();
		talk.toggle();
		talk.release(false);
		talk.press();
		await clock.advance(60_000);
		expect(isMuted()).toBe(false);
	});

	test('a release that gets lost is noticed when the repeats cease', async () => {
		const {talk, clock, hold, isMuted} = setUp();
		talk.toggle();
		talk.release(false);
		await hold(2000);
		await clock.advance(900);
		expect(isMuted()).toBe(false);
		await clock.advance(200);
		expect(isMuted()).toBe(true);
		expect(talk.isTalking).toBe(false);
	});
});

describe('where it does not', () => {
	test('the key switches', async () => {
		const {talk, clock, isMuted} = setUp();
		talk.toggle();
		talk.press();
		expect(isMuted()).toBe(false);
		await clock.advance(400);
		talk.press();
		expect(isMuted()).toBe(true);
	});

	test('a key that is held all the same leaves nobody heard', async () => {
		const {talk, hold, isMuted} = setUp();
		talk.toggle();
		await hold(3000);
		expect(isMuted()).toBe(true);
	});
});

describe('whether somebody is heard', () => {
	test('nobody is where the terminal was given away, and after the session', () => {
		const {heard, talk, microphone, isMuted} = setUp();
		talk.toggle();
		talk.press();
		talk.lapse();
		expect(isMuted()).toBe(true);
		talk.press();
		heard.use(undefined);
		expect(talk.isTalking).toBe(false);
		heard.use(microphone);
		expect([talk.isOn, isMuted()]).toEqual([true, true]);
	});

	test('everybody is again when push to talk is switched off, unless muted by hand', () => {
		const {heard, talk, isMuted} = setUp();
		talk.press();
		expect(isMuted()).toBe(false);
		talk.toggle();
		talk.toggle();
		expect(isMuted()).toBe(false);
		heard.toggleMute();
		talk.toggle();
		talk.toggle();
		expect(isMuted()).toBe(true);
	});
});

describe('the names of keys', () => {
	const key = (more: Partial<Key> = {}) => ({eventType: undefined, ...more}) as Key;

	test('tell what was let go, whatever was held with it', () => {
		expect(keyNames('t', key({eventType: 'release'}))).toEqual(['release:t']);
		expect(keyNames('t', key({eventType: 'release', shift: true, ctrl: true}))).toEqual(['release:t']);
		expect(keyNames(' ', key({eventType: 'release'}))).toEqual(['release:space']);
		expect(keyNames('', key({eventType: 'release', upArrow: true}))).toEqual(['release:up']);
		expect(keyNames('', key({eventType: 'release', shift: true, tab: true}))).toEqual(['release:tab']);
	});

	test('are the same for a key that is held', () => {
		expect(keyNames('j', key({eventType: 'repeat'}))).toEqual(['j']);
		expect(keyNames('v', key({eventType: 'repeat', shift: true}))).toEqual(['V']);
	});
});
