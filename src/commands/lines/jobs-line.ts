import {type Command, Option} from 'commander';
import {JOB_STATUSES} from '../../speechmatics/jobs.ts';
import type {LineContext} from './context.ts';
import {moment, statuses} from './jobs-values.ts';
import {addOutputOptions} from './output-options.ts';
import {envFileOption} from './shared-options.ts';
import {profileOption} from './transcription-options.ts';
import {count} from './values.ts';

/** Few enough for one request, whatever is left out of it. */
const DEFAULT_LIMIT = 50;

const DEMO = 'ask a service inside this program, which has no jobs yet';

export function addJobsCommand(program: Command, context: LineContext): void {
	const jobs = program
		.command('jobs')
		.description('see, fetch and delete the jobs of your account')
		.addHelpText('after', JOBS_EXAMPLES);
	for (const add of JOBS_COMMANDS) add(jobs, context);
}

/** In the order of the help. */
const JOBS_COMMANDS = [addList, addShow, addGet, addSync, addDelete, addLog];

function addList(jobs: Command, {streams, end, withDemo}: LineContext): void {
	accountOptions(
		jobs
			.command('list')
			.description('list jobs, the newest first, and flag those that expire within a day')
			.addOption(
				new Option('--limit <n>', 'how many at most')
					.argParser(count)
					.default(DEFAULT_LIMIT)
					.conflicts('all'),
			)
			.option('--all', 'every job that the service keeps')
			.option('--status <list>', `comma-separated: ${JOB_STATUSES.join(', ')}`, statuses)
			.option('--since <when>', 'made since: 2d, 5h, or a day such as 2026-01-31', moment)
			.option('--reference <text>', 'only those whose tracking.reference has this text in it')
			.option('--deleted', 'deleted and expired ones too')
			.option('--json', 'one JSON object a line')
			.addHelpText('after', LIST_EXAMPLES),
	).action(async (flags) => {
		const {jobsListCommand} = await import('../jobs/list.ts');
		end(await jobsListCommand(withDemo(flags), streams));
	});
}

function addSync(jobs: Command, {streams, end}: LineContext): void {
	const command = envFileOption(jobs.command('sync'))
		.description('collect what was submitted with "batch --no-wait", here or on another machine')
		.addOption(profileOption())
		.option('--wait', 'wait for jobs that still run')
		.option('--json', 'events on stdout, one JSON object a line')
		.addHelpText('after', SYNC_EXAMPLES);
	addOutputOptions(command).action(async (flags) => {
		const {jobsSyncCommand} = await import('../jobs/sync.ts');
		end(await jobsSyncCommand(flags, streams));
	});
}

const SYNC_EXAMPLES = `
What this machine submitted goes where it was meant to go; what another one
submitted goes into --output-dir, or here.

Examples:
  speechdeck jobs sync
  speechdeck jobs sync --wait --format txt,srt --output-dir transcripts
`;

function addShow(jobs: Command, {streams, end, withDemo}: LineContext): void {
	accountOptions(
		jobs
			.command('show')
			.description('tell all about a job: settings, errors and what to do about them, expiry')
			.argument('<id>', 'id of the job')
			.option('--json', 'as a JSON object'),
	).action(async (id, flags) => {
		const {jobsShowCommand} = await import('../jobs/show.ts');
		end(await jobsShowCommand(id, withDemo(flags), streams));
	});
}

function addGet(jobs: Command, {streams, end, withDemo}: LineContext): void {
	const get = accountOptions(
		jobs
			.command('get')
			.description('fetch transcripts of jobs that are done; no file is written over')
			.argument('<id...>', 'ids of the jobs')
			.addHelpText('after', GET_EXAMPLES),
	);
	addOutputOptions(get);
	const folder = get.options.find(({long}) => long === '--output-dir');
	if (folder !== undefined) folder.description = 'where the transcripts go (default: this folder)';
	get
		.addOption(new Option('--output <->', 'print the transcript of a single job').helpGroup('Output:'))
		.action(async (ids, flags) => {
			const {jobsGetCommand} = await import('../jobs/get.ts');
			end(await jobsGetCommand(ids, withDemo(flags), streams));
		});
}

function addDelete(jobs: Command, {streams, end, withDemo}: LineContext): void {
	accountOptions(
		jobs
			.command('delete')
			.description('delete jobs, and what the service keeps of them')
			.argument('<id...>', 'ids of the jobs')
			.option('--force', 'end and delete jobs that still run, too')
			.option('--yes', 'do not ask')
			.addHelpText('after', DELETE_EXAMPLES),
	).action(async (ids, flags) => {
		const {jobsDeleteCommand} = await import('../jobs/delete.ts');
		end(await jobsDeleteCommand(ids, withDemo(flags), streams));
	});
}

function addLog(jobs: Command, {streams, end, withDemo}: LineContext): void {
	accountOptions(
		jobs
			.command('log')
			.description('print what the service noted while it worked on a job')
			.argument('<id>', 'id of the job'),
	).action(async (id, flags) => {
		const {jobsLogCommand} = await import('../jobs/log.ts');
		end(await jobsLogCommand(id, withDemo(flags), streams));
	});
}

/** Where the jobs are. They stand last in the help. */
export function accountOptions(command: Command): Command {
	return envFileOption(command).addOption(profileOption()).option('--demo', DEMO);
}

const JOBS_EXAMPLES = `
The service keeps jobs and transcripts for 7 days.

Examples:
  speechdeck jobs list --status rejected --since 2d
  speechdeck jobs get a1b2c3d4e5 --format srt
`;

const LIST_EXAMPLES = `
In a terminal it is a table. In a pipe, the columns are separated by tabs:
id, status, created (UTC), seconds, name, language, reference, note.

Examples:
  speechdeck jobs list --since 2d --reference newsroom/
  speechdeck jobs list --all --status done --json
  speechdeck jobs list --status done | cut -f1 | xargs speechdeck jobs get
`;

const GET_EXAMPLES = `
Examples:
  speechdeck jobs get a1b2c3d4e5 --format txt,srt --output-dir transcripts
  speechdeck jobs get a1b2c3d4e5 --output - | less
`;

const DELETE_EXAMPLES = `
What was used stays in the account's usage.

Examples:
  speechdeck jobs delete a1b2c3d4e5
  speechdeck jobs delete a1b2c3d4e5 f6g7h8i9j0 --force --yes
`;
