import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {noCredentials} from '../../src/speechmatics/auth.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {AppController} from '../../src/tui/controllers/app-controller.ts';
import type {RealtimeController} from '../../src/tui/controllers/realtime-controller.ts';
import {dispatch} from '../../src/tui/keys/bindings.ts';
import {press} from '../../src/tui/keys/press.ts';
import {realtimeBindings} from '../../src/tui/keys/realtime-bindings.ts';
import {windowOf} from '../../src/tui/presentation/window.ts';
import type {Services, SessionServices} from '../../src/tui/services.ts';
import {lookOf} from '../../src/tui/theme/look.tsx';
import {word} from '../helpers/results.ts';
import {scriptedSession} from '../helpers/scripted-session.ts';

const SAMPLE = join(import.meta.dir, '../../src/emulator/sample.wav');
const folder = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
const dataHome = process.env.XDG_DATA_HOME;
process.env.XDG_DATA_HOME = join(folder, 'data');
afterAll(() => {
	if (dataHome === undefined) delete process.env.XDG_DATA_HOME;
	else process.env.XDG_DATA_HOME = dataHome;
	rmSync(folder, {recursive: true});
});

function start({url = '', sessions = stored().sessions}: {url?: string; sessions?: SessionServices}) {
	const services = {
		demo: false,
		batch: {
			takeOver: () => [],
			engine: {limits: {uploads: 1, running: 1}, rates: {submissions: 1, reads: 1}, clock: systemClock},
			order: {},
		},
		newRealtimeClient: () => new RealtimeClient({url, credentials: noCredentials}),
		realtimeStart: {transcriptionConfig: {language: 'en', max_delay: 2}},
		formats: ['txt'],
		outputDir: join(folder, 'out'),
		samplePath: SAMPLE,
		warnings: [],
		sessions,
	} as unknown as Services;
	return new AppController(services, () => performance.now());
}

const crashed = [
	{id: 'new', startedAt: new Date(2026, 0, 2, 14, 2), seconds: 4320},
	{id: 'old', startedAt: new Date(2026, 0, 1, 9), seconds: 60},
];

const said: RealtimeEvent = {
	type: 'final',
	text: 'Kept',
	startTime: 0,
	endTime: 1,
	results: [word('Kept', 0)],
};

function stored(overrides: Partial<SessionServices> = {}) {
	const recovered: string[] = [];
	const sessions: SessionServices = {
		crashed: async () => crashed,
		list: async () => crashed,
		async recover(id, emit) {
			recovered.push(id);
			emit(said);
			emit({type: 'saved', outputs: ['kept.txt']});
			return ['kept.txt'];
		},
		replay: async () => {},
		...overrides,
	};
	return {sessions, recovered};
}

const WINDOW = {rows: 24, columns: 80};
const look = lookOf({LANG: 'C.UTF-8'}, 'linux');
const shown = (app: AppController) =>
	windowOf(app, WINDOW, look)
		.lines.map((line) => line.map(({text}) => text).join(''))
		.join('\n');

/** Lets promises that are done be seen as such. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('sessions that broke off', () => {
	test('are asked about at the start, and the one chosen is completed on the screen', async () => {
		const {sessions, recovered} = stored();
		const app = start({sessions});
		app.begin();
		await settled();
		expect(shown(app)).toContain('the session of 2026-01-02 14:02');
		press(app, 'n', WINDOW);
		expect(shown(app)).toContain('the session of 2026-01-01 09:00');
		press(app, 'y', WINDOW);
		expect(app.store.getState()).toMatchObject({dialog: undefined, tab: 'realtime'});
		await app.realtime.end();
		expect(recovered).toEqual(['old']);
		const {view} = app.realtime;
		expect([view.state, view.lines[0]?.text, view.saved]).toEqual(['ended', 'Kept', ['kept.txt']]);
	});

	test('say why they could not be completed', async () => {
		const fails = async () => {
			throw new Error('The service refuses the key');
		};
		const app = start({sessions: stored({recover: fails}).sessions});
		app.realtime.stored.recover(crashed[0]!);
		await settled();
		expect(app.notices.store.getState().notice).toEqual({
			text: 'The service refuses the key',
			kind: 'problem',
		});
		expect(app.realtime.view.isRunning).toBe(false);
	});

	test('hold nothing up where they cannot be read', async () => {
		const app = start({
			sessions: stored({crashed: () => Promise.reject(new Error('Permission denied'))}).sessions,
		});
		app.begin();
		await settled();
		expect(app.store.getState().dialog).toBeUndefined();
		expect(app.notices.store.getState().notice?.text).toBe('Permission denied');
	});
});

describe('before a session', () => {
	const window = {rows: 20, columns: 80};
	const key = (realtime: RealtimeController, name: string) => {
		let why: string | undefined;
		const known = dispatch(name, [realtimeBindings(realtime, window, false)], (reason) => {
			why = reason;
		});
		return known ? why : 'no such key';
	};

	test('every key means one thing', () => {
		const {realtime} = start({});
		realtime.toggleStage();
		const keys = realtimeBindings(realtime, window, true).bindings.flatMap((binding) => binding.keys);
		expect(keys.filter((name, index) => keys.indexOf(name) !== index)).toEqual([]);
	});

	test('the stage is entered by one key, and left by it or Escape', () => {
		const {realtime} = start({});
		expect(key(realtime, 'escape')).toBe('no such key');
		key(realtime, 'z');
		expect(realtime.store.getState().stage).toBe(true);
		key(realtime, 'escape');
		expect(realtime.store.getState().stage).toBe(false);
	});

	test('what the computer plays is captioned too where that is wanted', () => {
		const {realtime} = start({});
		const names = [realtime.store.getState().sourceName];
		for (const _ of [1, 2]) {
			key(realtime, 'M');
			names.push(realtime.store.getState().sourceName);
		}
		expect(names).toEqual([
			'default microphone',
			'default microphone and what the computer plays',
			'default microphone',
		]);
	});

	test('push to talk is switched on for later, and says what it needs', () => {
		const {realtime} = start({});
		expect(key(realtime, 't')).toBe('T switches push to talk on');
		expect(key(realtime, 'T')).toBeUndefined();
		expect(key(realtime, 't')).toBe('no session is running');
		realtime.released('x');
		expect(realtime.heard.talk).toMatchObject({isOn: true, isTalking: false, tellsReleases: true});
		expect(realtime.talk).toBeUndefined();
		expect(key(realtime, 'P')).toBe('no session is running');
	});
});

describe('a session', () => {
	test('begins with what was changed before, takes changes, marks and names, and is saved', async () => {
		await using service = await scriptedSession([['S2', 'Happy to be here.']], 'and more');
		const {realtime} = start({url: service.url});
		realtime.turn('maxDelay', -1);
		expect(realtime.config.max_delay).toBe(1.5);
		realtime.streamSample();
		while (realtime.view.partial === '') await new Promise((resolve) => setTimeout(resolve, 5));
		realtime.turn('maxDelay', -1);
		realtime.togglePartials();
		expect(realtime.view.changed).toEqual({max_delay: 1, enable_partials: false});
		realtime.mark();
		expect(realtime.view.lines.map(({kind, text}) => [kind, text])).toContainEqual(['mark', 'mark 1']);
		expect(realtime.heard.hasMicrophone).toBe(false);
		await realtime.end();
		expect(realtime.isLive).toBe(false);
		expect(readdirSync(join(folder, 'out')).sort()).toEqual(['sample.json', 'sample.srt', 'sample.txt']);
		realtime.mark();
		expect(realtime.view.lines.filter(({kind}) => kind === 'mark')).toHaveLength(1);
	}, 10_000);
});
