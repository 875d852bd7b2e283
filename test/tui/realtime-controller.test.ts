import {afterAll, describe, expect, test} from 'bun:test';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import {noCredentials} from '../../src/speechmatics/auth.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {AppController} from '../../src/tui/controllers/app-controller.ts';
import type {Services, SessionServices} from '../../src/tui/services.ts';
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

/** Lets promises that are done be seen as such. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('sessions that broke off', () => {
	test('are asked about at the start, and the one chosen is completed on the screen', async () => {
		const {sessions, recovered} = stored();
		const app = start({sessions});
		app.begin();
		await settled();
		expect(app.store.getState().overlay).toBe('recover');
		app.answerRecover(false);
		expect(app.store.getState().crashed.map(({id}) => id)).toEqual(['old']);
		app.answerRecover(true);
		expect(app.store.getState()).toMatchObject({overlay: undefined, tab: 'realtime'});
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
		expect(app.store.getState().notice).toEqual({text: 'The service refuses the key', kind: 'problem'});
		expect(app.realtime.view.isRunning).toBe(false);
	});

	test('hold nothing up where they cannot be read', async () => {
		const app = start({
			sessions: stored({crashed: () => Promise.reject(new Error('Permission denied'))}).sessions,
		});
		app.begin();
		await settled();
		expect(app.store.getState()).toMatchObject({overlay: undefined, notice: {text: 'Permission denied'}});
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
		expect(realtime.hasMicrophone).toBe(false);
		await realtime.end();
		expect(realtime.isLive).toBe(false);
		expect(readdirSync(join(folder, 'out')).sort()).toEqual(['sample.json', 'sample.srt', 'sample.txt']);
		realtime.mark();
		expect(realtime.view.lines.filter(({kind}) => kind === 'mark')).toHaveLength(1);
	}, 10_000);
});
