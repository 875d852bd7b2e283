/** All that support asks for, in one object, and nothing secret: no key, no word that was said, no name of anybody. */
import {existsSync} from 'node:fs';
import {recentJobs} from '../../batch/ledger/recent-jobs.ts';
import {logPath} from '../../platform/log-file.ts';
import {messageOf} from '../../platform/message-of.ts';
import {listSessions, type StoredSession} from '../../realtime/stored-sessions.ts';
import {openKeyStore} from '../../settings/key-store.ts';
import {listSettings} from '../../settings/list.ts';
import {homeOf, loadSettings, type Settings} from '../../settings/load.ts';
import {originText} from '../../settings/origin.ts';
import type {Environment} from '../../settings/settings.ts';
import {readSpeakerBook} from '../../settings/speaker-book-file.ts';
import {ledgerPath} from '../batch-work.ts';
import {knownSecrets} from './known-secrets.ts';
import {redactor, under} from './redaction.ts';
import {sessionFacts} from './session-facts.ts';
import {programFacts, systemFacts, tailLines, terminalFacts} from './surroundings.ts';

const LAST_SESSIONS = 5;
const LAST_JOBS = 50;

export interface BundleOptions {
	readonly environment: Environment;
	readonly profile?: string | undefined;
	/** The one it is about; the last one where it is left out. */
	readonly session?: StoredSession | undefined;
	readonly now?: Date;
}

/**
 * Collects what is there. A part that cannot be read tells why in its place: a bundle is made when things are broken.
 *
 * @returns an object for JSON
 */
export async function supportBundle({
	environment,
	profile,
	session,
	now = new Date(),
}: BundleOptions): Promise<object> {
	const settings = tried(() => loadSettings({environment, profile}));
	const usable = 'problem' in settings ? undefined : settings;
	const secrets = await knownSecrets(environment, usable);
	const redacted = redactor({secrets, home: homeOf(environment)});
	return redacted({
		bundle: 'support',
		madeAt: now.toISOString(),
		program: programFacts(),
		system: systemFacts(),
		terminal: terminalFacts(environment),
		settings: usable === undefined ? settings : await settled(() => settingFacts(usable)),
		speakerBook: tried(speakerFacts),
		sessions: await settled(() => sessionsFacts(session)),
		jobs: tried(jobFacts),
		log: tailLines(logPath()),
	});
}

async function settingFacts(settings: Settings): Promise<object> {
	const listed = await listSettings(settings, openKeyStore(settings.environment));
	return {
		profile: settings.profile,
		warnings: settings.warnings,
		values: listed.map(({name, value, origin}) => ({
			name,
			value: value === undefined ? '[not shown]' : (under(name.replace(/^.*\./, ''), value) ?? value),
			origin: originText(origin),
		})),
	};
}

function speakerFacts(): object {
	const book = readSpeakerBook();
	return {voices: book.length, refused: book.filter(({isStale}) => isStale).length};
}

async function sessionsFacts(about: StoredSession | undefined): Promise<object[]> {
	const last = (await listSessions()).slice(0, LAST_SESSIONS);
	const main = about ?? last[0];
	const others = last.filter(({id}) => id !== main?.id);
	const sessions = main === undefined ? [] : [main, ...others];
	return Promise.all(sessions.map((session) => settled(() => sessionFacts(session, session === main))));
}

function jobFacts(): object {
	const path = ledgerPath();
	if (!existsSync(path)) return [];
	return recentJobs(path, LAST_JOBS).map(({reference: _, submittingAt, submittedAt, fetchedAt, ...job}) => ({
		...job,
		submittingAt: timeOf(submittingAt),
		submittedAt: timeOf(submittedAt),
		fetchedAt: timeOf(fetchedAt),
	}));
}

const timeOf = (milliseconds: number | undefined) =>
	milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

interface Problem {
	readonly problem: string;
}

function tried<Result extends object>(read: () => Result): Result | Problem {
	try {
		return read();
	} catch (error) {
		return problemOf(error);
	}
}

async function settled<Result extends object>(read: () => Promise<Result>): Promise<Result | Problem> {
	return read().catch(problemOf);
}

function problemOf(error: unknown): Problem {
	return {problem: messageOf(error)};
}
