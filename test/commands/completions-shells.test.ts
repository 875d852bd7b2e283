/** The completions in real shells, with the compiled program found on PATH as a user's is. */
import {afterAll, beforeAll, describe, expect, test} from 'bun:test';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {Program} from '../helpers/program.ts';
import {TestTerminal} from '../helpers/terminal.ts';

const program = new Program();
afterAll(() => program.remove());
const environment = {...program.environment, PATH: `${program.folder}:${program.environment.PATH}`};

beforeAll(() => {
	mkdirSync(program.at('talks', 'deep'), {recursive: true});
	writeFileSync(program.at('talks', 'my file.wav'), '');
	writeFileSync(program.at('settings.env'), '');
});

const READY = "echo rea''dy";
const SHELLS = {
	bash: {
		command: ['bash', '--norc', '--noprofile', '-i'],
		setup: `PS1='$ '; source <(speechdeck completions bash); ${READY}`,
	},
	zsh: {
		command: ['zsh', '-f', '-i'],
		setup: `PS1='$ '; autoload -Uz compinit; compinit -u -D; source <(speechdeck completions zsh); ${READY}`,
	},
	fish: {
		command: ['fish', '--no-config', '-i'],
		setup: `function fish_prompt; echo '$ '; end; speechdeck completions fish | source; ${READY}`,
	},
} as const;

describe.each(Object.entries(SHELLS))('in %s', (shell, {command, setup}) => {
	const isThere = Bun.which(shell) !== null;
	const title = (what: string) =>
		isThere ? what : `${what} (not tried: there is no ${shell} on this machine)`;

	test.skipIf(!isThere)(
		title('Tab finishes commands, options, values and paths'),
		async () => {
			await using terminal = TestTerminal.start(command, {cwd: program.folder, env: environment});
			terminal.type(`${setup}\r`);
			await terminal.waitFor(/^ready/m);
			for (const [typed, finished] of [
				['speechdeck ba', 'speechdeck batch'],
				['speechdeck jobs sh', 'speechdeck jobs show'],
				['speechdeck batch --form', 'speechdeck batch --format'],
				['speechdeck batch --format txt,s', 'speechdeck batch --format txt,srt'],
				['speechdeck batch --format=s', 'speechdeck batch --format=srt'],
				['speechdeck batch --diarization sp', 'speechdeck batch --diarization speaker'],
				['speechdeck batch talks/my', 'speechdeck batch talks/my\\ file.wav'],
				[
					'speechdeck batch "talks/my file.wav" --output-d',
					'speechdeck batch "talks/my file.wav" --output-dir',
				],
				['speechdeck batch --output-dir talks/', 'speechdeck batch --output-dir talks/deep/'],
				['speechdeck batch --env-file=set', 'speechdeck batch --env-file=settings.env'],
			] as const) {
				terminal.type(`${typed}\t`);
				await terminal.waitFor((screen) =>
					screen.split('\n').some((line) => line.trimEnd() === `$ ${finished}`),
				);
				// Gives the line up, for the next one.
				terminal.press('ctrl+u');
			}
		},
		30_000,
	);

	test.skipIf(!isThere)(title('what was typed is not run'), async () => {
		await using terminal = TestTerminal.start(command, {cwd: program.folder, env: environment});
		terminal.type(`${setup}\r`);
		await terminal.waitFor(/^ready/m);
		terminal.type('speechdeck batch $(touch run) --form\t');
		await terminal.waitFor(/--format$/m);
		expect(existsSync(program.at('run'))).toBe(false);
	});
});

test('bash finishes commands without a terminal, and without the bash-completion package', () => {
	const script = `
		source <(speechdeck completions bash)
		complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _speechdeck; echo "\${COMPREPLY[*]}"; }
		complete_line speechdeck ba
		complete_line speechdeck batch --format = s
		complete_line speechdeck batch --format =
		complete_line speechdeck jobs l
	`;
	const {stdout, stderr} = Bun.spawnSync(['bash', '--norc', '--noprofile', '-c', script], {env: environment});
	expect({stdout: stdout.toString(), stderr: stderr.toString()}).toEqual({
		stdout: 'batch\nsrt\ntxt srt json\nlist log\n'.replace('txt srt json', formatsOffered()),
		stderr: '',
	});
});

function formatsOffered(): string {
	const {stdout} = Bun.spawnSync([program.path, '__complete', '--', 'batch', '--format', '']);
	return stdout.toString().trim().split('\n').slice(1).join(' ');
}
