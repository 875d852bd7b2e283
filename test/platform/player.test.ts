import {describe, expect, test} from 'bun:test';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {findPlayer, PLAYER_NAMES} from '../../src/platform/player.ts';
import {programPath} from '../../src/platform/programs.ts';

/** A player of that name that only notes how it was started. */
function player(name: string) {
	const started: string[] = [];
	const {promise, resolve: end} = Promise.withResolvers<number | undefined>();
	const found = findPlayer(
		(wanted) => (wanted === name ? `/bin/${name}` : undefined),
		(program, args) => {
			started.push([program, ...args].join(' '));
			return {ended: promise, kill: () => end(undefined)};
		},
	);
	return {player: found!, started, end};
}

describe('playing', () => {
	test('tells each player where to begin and how long', () => {
		for (const name of PLAYER_NAMES) {
			const {player: one, started} = player(name);
			one.play('talk.wav', 12.3456, 2);
			one.play('-rf.wav', -1);
			expect(started[0]).toContain('12.346');
			expect(started[0]).toContain('2.000');
			expect(started[1]).toContain(resolve('-rf.wav'));
			expect(started[1]).not.toContain('2.000');
			expect(started[1]).not.toContain('-1');
		}
	});

	test('takes the first that is there, or none', () => {
		const there = (...names: string[]) =>
			findPlayer((name) => (names.includes(name) ? name : undefined))?.name;
		expect(there('mpv', 'ffplay')).toBe('ffplay');
		expect(there('play', 'mpv')).toBe('mpv');
		expect(there()).toBeUndefined();
	});

	test('says nothing when it was stopped, and why when it failed', async () => {
		const stopped = player('mpv');
		const playback = stopped.player.play('a.wav', 0);
		playback.stop();
		expect(await playback.ended).toBeUndefined();
		const failed = player('mpv');
		const other = failed.player.play('a.wav', 0);
		failed.end(1);
		expect(await other.ended).toBe('mpv could not play it');
	});

	test('kills a player that runs', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
		try {
			const path = join(folder, 'ffplay');
			writeFileSync(path, '#!/bin/sh\nexec sleep 60\n');
			chmodSync(path, 0o755);
			expect(programPath('ffplay', `/nowhere:${folder}`, 'linux')).toBe(path);
			expect(programPath('ffplay', '/nowhere', 'linux')).toBeUndefined();
			const playback = findPlayer((name) => programPath(name, folder, 'linux'))!.play('a.wav', 0);
			const start = performance.now();
			playback.stop();
			expect(await playback.ended).toBeUndefined();
			expect(performance.now() - start).toBeLessThan(5000);
		} finally {
			rmSync(folder, {recursive: true});
		}
	});
});
