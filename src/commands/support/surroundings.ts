/** What a program runs on and in. */
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {arch, cpus, platform, release, totalmem} from 'node:os';
import {fileSize} from '../../platform/units.ts';
import {runtimeName, VERSION} from '../../platform/version.ts';
import type {Environment} from '../../settings/settings.ts';

/** Told as they are; nothing in them is secret. */
const TOLD_VARIABLES = [
	'TERM',
	'COLORTERM',
	'TERM_PROGRAM',
	'TERM_PROGRAM_VERSION',
	'LANG',
	'LC_ALL',
	'LC_CTYPE',
	'NO_COLOR',
	'FORCE_COLOR',
	'SPEECHMATICS_BATCH_URL',
	'SPEECHMATICS_RT_URL',
	'SPEECHDECK_PROFILE',
	'SPEECHDECK_KEYCHAIN',
];
/** Of these only that they are set. */
const NAMED_VARIABLES = [
	'SPEECHMATICS_API_KEY',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'ALL_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'NODE_EXTRA_CA_CERTS',
	'TMUX',
	'STY',
	'SSH_CONNECTION',
	'WSL_DISTRO_NAME',
	'CI',
];
/** Bytes of the log's end. */
const LOG_TAIL = 32 * 1024;
const LOG_LINES = 200;

export function programFacts(): object {
	return {name: 'speechdeck', version: VERSION, runtime: runtimeName()};
}

export function systemFacts(): object {
	return {
		platform: platform(),
		release: release(),
		architecture: arch(),
		processors: cpus().length,
		memory: fileSize(totalmem()),
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}

export function terminalFacts(environment: Environment): object {
	const {stdin, stdout} = process;
	const told = TOLD_VARIABLES.filter((name) => environment[name] !== undefined);
	return {
		input: stdin.isTTY === true ? 'terminal' : 'none',
		output: stdout.isTTY === true ? 'terminal' : 'none',
		...(stdout.isTTY === true && {columns: stdout.columns, rows: stdout.rows}),
		variables: Object.fromEntries(told.map((name) => [name, environment[name]])),
		alsoSet: NAMED_VARIABLES.filter((name) => environment[name] !== undefined),
	};
}

/** The last lines of a log; none where there is no log. */
export function tailLines(path: string): string[] {
	let file: number;
	try {
		file = openSync(path, 'r');
	} catch {
		return [];
	}
	try {
		const start = Math.max(0, fstatSync(file).size - LOG_TAIL);
		const bytes = new Uint8Array(LOG_TAIL);
		const length = readSync(file, bytes, 0, LOG_TAIL, start);
		const lines = Buffer.from(bytes.subarray(0, length)).toString('utf8').trimEnd().split('\n');
		// The first one may be half a line.
		return (start > 0 ? lines.slice(1) : lines).filter((line) => line !== '').slice(-LOG_LINES);
	} finally {
		closeSync(file);
	}
}
