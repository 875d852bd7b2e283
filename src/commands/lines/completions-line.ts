import {Argument, type Command} from 'commander';
import {SHELLS} from '../completions/scripts.ts';
import {EXIT} from '../failure.ts';
import type {LineContext} from './context.ts';

export function addCompletionsCommand(program: Command, {streams, end}: LineContext): void {
	program
		.command('completions')
		.description('print a script that teaches your shell to complete commands')
		.addArgument(new Argument('<shell>', 'the shell it is for').choices(SHELLS))
		.addHelpText('after', HOW_TO_INSTALL)
		.action(async (shell) => {
			const {completionScript} = await import('../completions/scripts.ts');
			streams.out.write(completionScript(shell));
			end(EXIT.ok);
		});
	// What the scripts ask.
	program
		.command('__complete', {hidden: true})
		.description('tell a shell what can stand next on a command line')
		.option('--new-word', 'the word under the cursor has no letter yet')
		.argument('[words...]', 'all after the name of the program')
		.action(async (words: string[], {newWord}) => {
			const {answerText, completionsFor} = await import('../completions/answer.ts');
			const asked = newWord === true ? [...words, ''] : words;
			streams.out.write(answerText(completionsFor(program, asked)));
			end(EXIT.ok);
		});
}

const HOW_TO_INSTALL = `
To have it in every new shell:
  bash        echo 'source <(speechdeck completions bash)' >> ~/.bashrc
  zsh         echo 'source <(speechdeck completions zsh)' >> ~/.zshrc
  fish        speechdeck completions fish \\
                > ~/.config/fish/completions/speechdeck.fish
  PowerShell  speechdeck completions powershell >> $PROFILE

In zsh, "autoload -Uz compinit && compinit" must stand before it.
`;
