import {type Command, InvalidArgumentError, Option} from 'commander';
import {ENTRY_KINDS} from '../../history/entry.ts';
import {positionFrom} from '../history/position.ts';
import type {LineContext} from './context.ts';
import {moment} from './jobs-values.ts';
import {count} from './values.ts';

export function addHistoryCommand(program: Command, context: LineContext): void {
	const history = program
		.command('history')
		.description('list, search and read everything that was transcribed here')
		.addHelpText('after', HISTORY_EXAMPLES);
	for (const add of HISTORY_COMMANDS) add(history, context);
}

/** In the order of the help. */
const HISTORY_COMMANDS = [addList, addSearch, addShow, addRebuild];

function addList(history: Command, {streams, end}: LineContext): void {
	filterOptions(
		history
			.command('list', {isDefault: true})
			.description('list recordings and sessions, the newest first (default)'),
		20,
	)
		.addHelpText('after', LIST_EXAMPLES)
		.action(async (flags) => {
			const {historyListCommand} = await import('../history/list.ts');
			end(await historyListCommand(flags, streams));
		});
}

function addSearch(history: Command, {streams, end}: LineContext): void {
	filterOptions(
		history
			.command('search')
			.description('find words in all transcripts')
			.argument('<words...>', 'words, "phrases" or beginnings*'),
		10,
	)
		.addHelpText('after', SEARCH_EXAMPLES)
		.action(async (words, flags) => {
			const {historySearchCommand} = await import('../history/search.ts');
			end(await historySearchCommand(words, flags, streams));
		});
}

function addShow(history: Command, {streams, end}: LineContext): void {
	history
		.command('show')
		.description('read a transcript, from a moment on where one is named')
		.argument('<id>', 'id of the entry, of its session or job, its beginning, or "last"')
		.option('--at <time>', 'where to begin, such as 12:03, 1:02:03 or 90', position)
		.option('--around <seconds>', 'only so many seconds before and after --at', count)
		.option('--json', 'one JSON object a line')
		.addHelpText('after', SHOW_EXAMPLES)
		.action(async (id, flags) => {
			const {historyShowCommand} = await import('../history/show.ts');
			end(await historyShowCommand(id, flags, streams));
		});
}

function addRebuild(history: Command, {streams, end}: LineContext): void {
	history
		.command('rebuild')
		.description('make the index anew from what is kept; nothing is lost')
		.addHelpText('after', REBUILD_EXAMPLES)
		.action(async () => {
			const {historyRebuildCommand} = await import('../history/rebuild.ts');
			end(await historyRebuildCommand(streams));
		});
}

function filterOptions(command: Command, limit: number): Command {
	return command
		.addOption(new Option('--limit <n>', 'recordings and sessions at most').argParser(count).default(limit))
		.addOption(new Option('--kind <kind>', 'only those of a kind').choices([...ENTRY_KINDS]))
		.option('--since <moment>', 'only those from then on: 2026-01-31, 2d, 5h', moment)
		.option('--name <part>', 'only those with this in their name')
		.option('--json', 'one JSON object a line');
}

function position(text: string): number {
	const seconds = positionFrom(text);
	if (seconds === undefined) {
		throw new InvalidArgumentError('It must be a time such as 12:03 or 1:02:03, or a number of seconds.');
	}
	return seconds;
}

const HISTORY_EXAMPLES = `
Recordings of "batch" and sessions of "realtime", as they are kept on this
computer. Nothing of the demo is among them.

Examples:
  speechdeck history
  speechdeck history search budget zurich
  speechdeck history show last
`;

const LIST_EXAMPLES = `
In a terminal it is a table. In a pipe, the columns are separated by tabs:
id, kind, time (UTC), seconds, language, speakers, words, state, name.

Examples:
  speechdeck history list --since 7d
  speechdeck history list --kind live --json | jq -r .folder
`;

const SEARCH_EXAMPLES = `
All words must be said in the same recording or session, in whatever order;
passages that have more of them come first. Case and accents do not count.
Names and marks are searched too. In a pipe, each passage is a line, with tabs:
id, time (UTC), name, seconds, speaker, where it was found, text.

Examples:
  speechdeck history search budget zurich
  speechdeck history search "next quarter" --since 30d
  speechdeck history search 'transcri*' --limit 50
`;

const SHOW_EXAMPLES = `
Examples:
  speechdeck history show 3f9a2c
  speechdeck history show 3f9a2c --at 12:03 --around 30
`;

const REBUILD_EXAMPLES = `
The index is made from the folders of sessions and the saved transcripts, and
can be made again at any time.

Example:
  speechdeck history rebuild
`;
