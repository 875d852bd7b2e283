import {expect, test} from 'bun:test';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {folder} from '../../src/platform/folders.ts';
import {logPath, openLog} from '../../src/platform/log-file.ts';

test.skipIf(process.platform !== 'linux')('folders follow the XDG variables, then the home folder', () => {
	expect(folder('state', {XDG_STATE_HOME: '/x', HOME: '/home/ann'})).toBe('/x/speechdeck');
	expect(folder('state', {HOME: '/home/ann'})).toBe('/home/ann/.local/state/speechdeck');
	expect(folder('data', {HOME: '/home/ann'})).toBe('/home/ann/.local/share/speechdeck');
	expect(folder('config', {HOME: '/home/ann'})).toBe('/home/ann/.config/speechdeck');
	expect(folder('cache', {HOME: '/home/ann'})).toBe('/home/ann/.cache/speechdeck');
});

test('a relative path in an XDG variable is ignored', () => {
	expect(folder('cache', {XDG_CACHE_HOME: 'x', HOME: '/home/ann'})).toBe(
		folder('cache', {HOME: '/home/ann'}),
	);
});

test.skipIf(process.platform !== 'linux')("an empty HOME means the user's own home folder", () => {
	expect(folder('cache', {HOME: ''})).toStartWith(userInfo().homedir);
});

test('the log is private, is appended to, and is moved aside when it is large', () => {
	const state = mkdtempSync(join(tmpdir(), 'state-'));
	const before = process.env.XDG_STATE_HOME;
	process.env.XDG_STATE_HOME = state;
	try {
		writeSync(openLog()!, 'one\n');
		writeSync(openLog()!, 'two\n');
		expect(readFileSync(logPath(), 'utf8')).toBe('one\ntwo\n');
		expect(statSync(logPath()).mode & 0o777).toBe(0o600);

		writeFileSync(logPath(), Buffer.alloc(5_000_001));
		writeSync(openLog()!, 'three\n');
		expect(readFileSync(logPath(), 'utf8')).toBe('three\n');
		expect(statSync(`${logPath()}.1`).size).toBe(5_000_001);

		process.env.XDG_STATE_HOME = '/dev/null';
		expect(openLog()).toBeUndefined();
	} finally {
		if (before === undefined) delete process.env.XDG_STATE_HOME;
		else process.env.XDG_STATE_HOME = before;
		rmSync(state, {recursive: true, force: true});
	}
});
