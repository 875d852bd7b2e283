/** `speechdeck sessions recover`. */
import {timeSpan} from '../../platform/units.ts';
import {recoverSession} from '../../realtime/recover.ts';
import {SessionBusyError} from '../../realtime/session-lock.ts';
import {crashedSessions, type StoredSession} from '../../realtime/stored-sessions.ts';
import {loadSettings, type Settings} from '../../settings/load.ts';
import {systemClock} from '../../speechmatics/clock.ts';
import {RealtimeClient} from '../../speechmatics/realtime-client.ts';
import {EXIT, ended, exitCodeOf, UsageError} from '../failure.ts';
import {type Interrupts, listenForInterrupts} from '../interrupts.ts';
import {realtimeReporter} from '../realtime-report.ts';
import {openService, type Service} from '../service.ts';
import type {Streams} from '../streams.ts';
import {findSession} from './find.ts';

export interface SessionsRecoverFlags {
	/** `false`: nothing is sent, and only what was final is saved. */
	readonly send: boolean;
	readonly profile?: string;
	readonly json?: boolean;
}

/**
 * @param id all that broke off where it is left out
 * @returns the exit code
 */
export async function sessionsRecoverCommand(
	id: string | undefined,
	flags: SessionsRecoverFlags,
	streams: Streams,
): Promise<number> {
	const {err} = streams;
	const found = id === undefined ? (await crashedSessions()).reverse() : [await findSession(id)];
	const sessions = found.filter(({state}) => state === 'crashed' || state === 'failed');
	for (const {id, state} of found.filter((session) => !sessions.includes(session))) {
		if (state === 'running') throw new UsageError(`Session ${id} is still running`);
		err.line(`Session ${id} is complete.`);
	}
	if (found.length === 0) err.line('No session broke off.');
	if (sessions.length === 0) return EXIT.ok;
	const settings = loadSettings({environment: process.env, profile: flags.profile});
	using interrupts = listenForInterrupts(() => err.line('Stopping: what was final is saved.'));
	let code: number = EXIT.ok;
	for (const session of sessions) {
		if (interrupts.signal.aborted) break;
		await using service = flags.send && maySend(session) ? await opened(session, settings, err) : undefined;
		const outcome = await recover(session, service, flags, streams, interrupts);
		if (code === EXIT.ok) code = outcome;
	}
	return interrupts.signal.aborted ? EXIT.interrupted : code;
}

function maySend({untranscribedSeconds, info}: StoredSession): boolean {
	return untranscribedSeconds > 0 || info.file !== undefined;
}

/** What the demo made is completed by the demo. */
async function opened({info}: StoredSession, settings: Settings, err: Streams['err']): Promise<Service> {
	try {
		return await openService('realtime', {demo: info.simulated, settings});
	} catch (error) {
		err.line('With --no-send, what was final is saved, and nothing is sent.');
		throw error;
	}
}

async function recover(
	{id, path, info}: StoredSession,
	service: Service | undefined,
	{json}: SessionsRecoverFlags,
	streams: Streams,
	{signal}: Interrupts,
): Promise<number> {
	const {err} = streams;
	err.line(`Session ${id}:`);
	const reporter = realtimeReporter(streams, {
		json: json === true,
		simulated: info.simulated,
		source: 'the rest of the recording',
		receivedSamples: undefined,
	});
	try {
		const {error, outputs, untranscribedSeconds} = await recoverSession(path, {
			show: reporter.report,
			send: service && {
				newClient: () => new RealtimeClient(service.settings),
				clock: systemClock,
				stop: signal,
			},
		});
		if (outputs.length === 0) err.line('There was no word in it.');
		if (untranscribedSeconds >= 1) {
			err.line(
				`${timeSpan(untranscribedSeconds)} at its end are recorded and not transcribed: "speechdeck sessions recover ${id}" sends them.`,
			);
		}
		return error === undefined || signal.aborted ? EXIT.ok : exitCodeOf(error);
	} catch (error) {
		if (!(error instanceof SessionBusyError)) throw error;
		err.line(ended(`It cannot be recovered now: ${error.message}`));
		return EXIT.failed;
	}
}
